// unlock_places.cpp - which panel, step, words and buttons each place of the unlock page has; see unlock_page.hpp.
#include "plugins/common/ui/notice.hpp"
#include "plugins/common/ui/step_bar.hpp"
#include "plugins/common/ui/text.hpp"
#include "plugins/unlock/ui/applicant_panel.hpp"
#include "plugins/unlock/ui/code_panel.hpp"
#include "plugins/unlock/ui/message_panel.hpp"
#include "plugins/unlock/ui/token_panel.hpp"
#include "plugins/unlock/ui/unlock_page.hpp"

#include <QLabel>
#include <QScrollArea>
#include <QScrollBar>
#include <QStackedWidget>

namespace keycare::unlock {

panel* unlock_page::panel_of(place where) const {
  switch (where) {
    case place::loading:
      return nullptr;
    case place::choose:
      return tokens_;
    case place::form:
      return form_;
    case place::code:
      return code_;
    default:
      return message_;
  }
}

int unlock_page::step_of(place where) const {
  switch (where) {
    case place::loading:
    case place::choose:
    case place::unsupported:
      return 0;
    case place::form:
      return 1;
    case place::submitted:
      return 2;
    case place::ready:
    case place::code:
      return first_code_ ? 2 : 4;
    case place::review:
    case place::rejected:
    case place::expired:
      return 3;
    case place::plug_in:
    case place::set_pin:
    case place::working:
    case place::limit:
      return 4;
    case place::done:
      return 6;
  }
  return 0;
}

void unlock_page::go(place where) {
  const bool elsewhere = where != at_;
  at_ = where;
  present();
  if (!elsewhere) return;
  scroll_->verticalScrollBar()->setValue(0);
  // The cursor begins where the user does; a button that is being waited for gets it when it is enabled again.
  if (auto* shown = panel_of(at_); shown != nullptr && isVisible()) shown->focus_first();
}

void unlock_page::present() {
  steps_->set_steps({tr("PIN state"), tr("Apply"), tr("Code"), tr("Review"), tr("New PIN"), tr("Done")}, step_of(at_));
  number_->setText(tr("Application number: %1").arg(unlock_.left(36)));
  number_->setVisible(!unlock_.isEmpty() && at_ != place::choose && at_ != place::form);
  auto* shown = panel_of(at_);
  stack_->setVisible(shown != nullptr);
  if (shown == nullptr) return;
  if (shown == message_) present_message();
  stack_->setCurrentWidget(shown);
}

/// In its own words, which need no network: it is shown because there is none.
void unlock_page::present_working() {
  const message_panel::action go_on{tr("Go on"), [this] {
                                      flow_.look_now();
                                      if (!flow_.busy()) look();  // nothing waited
                                    }};
  const auto outcome = tr("The answer did not come, so the outcome is not known. Nothing is lost.");
  if (flow_.waiting())
    return message_->show_message(ui::tone::warning, tr("The network was interrupted"),
                                  outcome + "\n" +
                                      tr("The same request is repeated by itself, and is not counted twice. \"Go on\" "
                                         "repeats it at once."),
                                  go_on, {tr("Cancel"), [this] {
                                            flow_.cancel();
                                            notice_->clear();
                                            present();
                                          }});
  message_->show_message(ui::tone::warning, tr("The network was interrupted"), outcome, go_on,
                         {tr("Home page"), [this] { home(); }});
}

void unlock_page::present_message() {
  const auto unlock = ui::to_utf8(unlock_);
  const message_panel::action again{tr("Look again"), [this] { look(); }};
  const message_panel::action to_home{tr("Home page"), [this] { home(); }};
  const message_panel::action from_start{tr("Apply again"), [this] { load(); }};
  const message_panel::action ask{tr("Send me the code"), [this, unlock] {
                                    run(doing::ask, "continue", {{"unlock", unlock}});
                                  }};
  switch (at_) {
    case place::submitted:
      return message_->show_message(ui::tone::notice, tr("Applied"), said_, {tr("Go on"), [this] { look(); }});
    case place::ready:
      return message_->show_message(first_code_ ? ui::tone::notice : ui::tone::good,
                                    first_code_ ? tr("Prove that it is you") : tr("Approved"), said_, ask);
    case place::review:
      return message_->show_message(ui::tone::notice, tr("Under review"),
                                    said_ + "\n" +
                                        tr("You may close this page or the program: it goes on from here. This page "
                                           "looks again by itself."),
                                    again, to_home);
    case place::plug_in:
      return message_->show_message(ui::tone::warning, tr("Plug in the right token"), said_, again, to_home);
    case place::set_pin:
      return message_->show_message(
          ui::tone::warning, tr("The new PIN is not set yet"),
          tr("The dialog was closed before a new PIN was set. Open it again within five minutes; later another code is "
             "needed."),
          {tr("Set a new PIN"), [this, unlock] {
             run(doing::set_pin, "continue", {{"unlock", unlock}});
           }});
    case place::working:
      return present_working();
    case place::done:
      return message_->show_message(ui::tone::good, tr("Unlocked"), said_, to_home);
    case place::rejected:
      return message_->show_message(ui::tone::bad, tr("Not approved"), said_, from_start, to_home);
    case place::expired:
      return message_->show_message(ui::tone::warning, tr("The application has expired"), said_, from_start, to_home);
    case place::limit:
      return message_->show_message(ui::tone::bad, tr("The limit is reached"), said_, to_home, again);
    case place::unsupported:
      return message_->show_message(ui::tone::bad, tr("This token cannot be unlocked online"), said_, to_home,
                                    {tr("Choose another token"), [this] { load(); }});
    default:
      return;
  }
}

}  // namespace keycare::unlock
