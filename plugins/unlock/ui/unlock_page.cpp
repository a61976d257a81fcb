// unlock_page.cpp - the page's parts, and what its buttons do; see unlock_page.hpp.
#include "plugins/unlock/ui/unlock_page.hpp"

#include "plugins/common/ui/busy_line.hpp"
#include "plugins/common/ui/harmless.hpp"
#include "plugins/common/ui/notice.hpp"
#include "plugins/common/ui/step_bar.hpp"
#include "plugins/common/ui/text.hpp"
#include "plugins/unlock/ui/applicant_panel.hpp"
#include "plugins/unlock/ui/code_panel.hpp"
#include "plugins/unlock/ui/message_panel.hpp"
#include "plugins/unlock/ui/token_panel.hpp"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QScrollArea>
#include <QShowEvent>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <utility>

namespace keycare::unlock {

using namespace std::chrono_literals;
using nlohmann::json;

unlock_page::unlock_page(const ui::page_links& links)
    : links_(links),
      back_(make_button(this, "back")),
      title_(new QLabel(this)),
      steps_(new ui::step_bar(this)),
      notice_(new ui::notice),
      scroll_(new QScrollArea(this)),
      stack_(new QStackedWidget),
      tokens_(new token_panel(stack_)),
      form_(new applicant_panel(stack_)),
      code_(new code_panel(stack_)),
      message_(new message_panel(stack_)),
      busy_(new ui::busy_line(this)),
      number_(new QLabel(this)),
      hotline_(new QLabel(this)),
      state_(links.commands, {
                                 .replied = [this](const json& reply) { tokens_came(reply); },
                                 .failed =
                                     [this](const error& why, const QString& sentence) {
                                       if (std::exchange(loading_, false)) complain(why, sentence, doing::nothing);
                                     },
                                 .busy_changed = [this] { busy_changed(); },
                             }),
      check_(links.commands, {
                                 .replied = [this](const json& reply) { checked(reply); },
                                 .failed =
                                     [this](const error& why, const QString& sentence) {
                                       submitting_ = false;
                                       complain(why, sentence, doing::apply);
                                     },
                             }),
      flow_(links.commands,
            {.replied = [this](const json& reply) { replied(reply); },
             .asks = {},  // replied() has shown it
             .failed = [this](const error& why, const QString& sentence) { failed(why, sentence); },
             .busy_changed = [this] { busy_changed(); },
             .progress = [this](int done, int total,
                                const QString& phase) { busy_->set_progress(done, total, ui::harmless(phase)); }}) {
  build();
  connect_panels();
  again_.setSingleShot(true);
  again_.callOnTimeout([this] {
    if (at_ == place::review) look();
  });
  if (auto heard = links_.commands.subscribe([this](std::string_view kind, std::string_view) {
        // A token came or went: what waits for one looks again.
        if (kind != "pin-state-changed" || !isVisible()) return;
        if (at_ == place::choose) load();
        if (at_ == place::plug_in) look();
      });
      heard)
    events_ = std::move(*heard);
  retranslate();
  present();
}

void unlock_page::build() {
  setObjectName("unlockPage");
  auto* column = new QVBoxLayout(this);
  auto* top = new QHBoxLayout;
  top->addWidget(back_);
  top->addWidget(title_, 1);
  column->addLayout(top);
  column->addWidget(steps_);
  auto* inside = new QWidget;
  auto* content = new QVBoxLayout(inside);
  content->addWidget(notice_);
  content->addWidget(stack_, 1);
  content->addStretch(0);  // without a panel, the notice stays as high as its text
  scroll_->setWidget(inside);
  scroll_->setWidgetResizable(true);
  scroll_->setFrameShape(QFrame::NoFrame);
  scroll_->setFocusPolicy(Qt::NoFocus);
  column->addWidget(scroll_, 1);
  column->addWidget(busy_);
  column->addWidget(number_);
  column->addWidget(hotline_);

  auto large = title_->font();
  large.setPointSizeF(large.pointSizeF() * 1.4);
  large.setBold(true);
  title_->setFont(large);
  title_->setTextFormat(Qt::PlainText);
  for (auto* label : {number_, hotline_}) {
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setForegroundRole(QPalette::PlaceholderText);
  }
  number_->setObjectName("unlockNumber");
  hotline_->setObjectName("hotline");
  for (QWidget* one : std::initializer_list<QWidget*>{tokens_, form_, code_, message_}) stack_->addWidget(one);
  QWidget::setTabOrder(scroll_, back_);
}

void unlock_page::connect_panels() {
  connect(back_, &QPushButton::clicked, this, [this] { home(); });
  busy_->on_cancel([this] {
    state_.cancel();
    flow_.cancel();
  });
  tokens_->on_again([this] { load(); });
  tokens_->on_chosen([this](const pin_view& one, bool forgotten) {
    loading_ = false;
    serial_ = one.serial;
    application_ = one.several ? one.application : QString();
    forgotten_ = forgotten;
    unlock_ = one.unlock;
    if (!unlock_.isEmpty()) return look();
    form_->set_pin(one);
    go(place::form);
  });
  form_->on_check([this] {
    if (!submitting_) check_.start("check", form_->form());
  });
  form_->on_submit([this] {
    if (flow_.busy()) return;
    submitting_ = true;
    notice_->clear();
    check_.start("check", form_->form());
  });
  form_->on_back([this] { load(); });
  code_->on_code([this](const std::string& code) {
    run(doing::code, "continue", {{"unlock", ui::to_utf8(unlock_)}, {"code", code}, {"look", true}});
    if (!first_code_) busy_->set_progress(0, 0, tr("Type your new PIN in the dialog that opens …"));
  });
  code_->on_resend([this] { run(doing::ask, "continue", {{"unlock", ui::to_utf8(unlock_)}}); });
}

void unlock_page::load() {
  if (flow_.busy()) return;
  flow_.cancel();  // what it waits for
  loading_ = true;
  state_.start("state");
}

void unlock_page::look() {
  if (flow_.busy()) return;
  run(doing::look, "continue", {{"unlock", ui::to_utf8(unlock_)}, {"look", true}});
}

void unlock_page::run(doing what, const std::string& command, const json& input) {
  again_.stop();
  doing_ = what;
  if (!keep_notice_) notice_->clear();
  flow_.start(command, input);
}

void unlock_page::submit() {
  auto input = form_->form();
  input["token"] = ui::to_utf8(serial_);
  if (!application_.isEmpty()) input["application"] = ui::to_utf8(application_);
  if (forgotten_) input["forgotten"] = true;
  run(doing::apply, "apply", input);
}

void unlock_page::busy_changed() {
  busy_->set_busy(state_.busy() || flow_.busy());
  // A look disturbs nobody; while something is done, nothing else can be begun.
  const bool acting = flow_.busy() && doing_ != doing::look;
  if (stack_->isEnabled() == acting) {
    stack_->setEnabled(!acting);
    if (auto* shown = panel_of(at_); !acting && shown != nullptr) shown->focus_first();
  }
  if (at_ == place::working && !flow_.busy()) present();  // what it waits for, or does no more
  if (!flow_.busy() && reload_later_) {
    reload_later_ = false;
    reload();
  }
}

void unlock_page::home() {
  if (auto shown = links_.shell.show_page("home"); !shown) notice_->say(shown.error(), {});
}

void unlock_page::retranslate() {
  set_button(back_, tr("Back"));
  back_->setAccessibleDescription(tr("Back to the home page; nothing is lost"));
  title_->setText(tr("Forgotten PIN"));
  const auto client = links_.shell.client();
  const auto number = client ? ui::from_utf8(client->hotline) : QString();
  hotline_->setText(tr("Service hotline: %1").arg(ui::harmless(number)));
  hotline_->setVisible(!number.isEmpty());
  tokens_->retranslate();
  form_->retranslate();
  code_->retranslate();
  present();
}

void unlock_page::reload() {
  if (!isVisible()) return;
  if (flow_.busy() && doing_ != doing::look) {
    reload_later_ = true;  // a dialog may be open: it is not disturbed for a word
    return;
  }
  notice_->clear();
  code_->set_error({});
  switch (at_) {
    case place::loading:
      if (!unlock_.isEmpty()) break;
      return load();
    case place::choose:
    case place::unsupported:
      return load();
    case place::form:
      if (form_->touched()) check_.start("check", form_->form());
      return;
    case place::ready:
    case place::review:
    case place::plug_in:
    case place::limit:
    case place::done:
    case place::rejected:
    case place::expired:
      break;
    case place::submitted:
    case place::code:
    case place::set_pin:
    case place::working:
      return;
  }
  run(doing::look, "continue", {{"unlock", ui::to_utf8(unlock_)}, {"look", true}});
}

void unlock_page::showEvent(QShowEvent* event) {
  ui::page::showEvent(event);
  const bool over = at_ == place::done || at_ == place::rejected || at_ == place::expired;
  if (event->spontaneous() || flow_.busy()) return;
  if (over || at_ == place::loading || at_ == place::choose || at_ == place::unsupported) load();
  if (at_ == place::plug_in) look();
}

void unlock_page::keyPressEvent(QKeyEvent* event) {
  auto* shown = panel_of(at_);
  if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
    if (auto* button = qobject_cast<QPushButton*>(focusWidget()); button != nullptr)
      button->click();  // of the kit's, which Enter does not press by itself
    else if (shown != nullptr && shown->primary()->isVisible() && shown->primary()->isEnabled())
      shown->primary()->click();
    return;
  }
  ui::page::keyPressEvent(event);
}

}  // namespace keycare::unlock
