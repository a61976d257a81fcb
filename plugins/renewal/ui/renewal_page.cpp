// renewal_page.cpp - the small pages, and what the user does on them; renewal_talk.cpp has what the core says to it.
#include "plugins/renewal/ui/renewal_page.hpp"

#include "plugins/common/ui/busy_line.hpp"
#include "plugins/common/ui/notice.hpp"
#include "plugins/common/ui/text.hpp"
#include "plugins/renewal/ui/agreement_page.hpp"
#include "plugins/renewal/ui/form_page.hpp"
#include "plugins/renewal/ui/payment_page.hpp"
#include "plugins/renewal/ui/start_page.hpp"

#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace keycare::renewal {

renewal_page::renewal_page(const ui::page_links& links, std::shared_ptr<kept_entries> kept,
                           std::shared_ptr<wanted_order> wanted)
    : links_(links),
      kept_(std::move(kept)),
      wanted_(std::move(wanted)),
      notice_(new ui::notice(this)),
      stack_(new QStackedWidget(this)),
      busy_(new ui::busy_line(this)),
      listed_(links.commands) {
  setObjectName("renewalPage");
  auto* column = new QVBoxLayout(this);
  column->addWidget(notice_);
  column->addWidget(stack_, 1);
  column->addWidget(busy_);
  make_talk();
  make_pages();
  if (const auto client = links_.shell.client())
    order_page_->set_hotline(ui::from_utf8(client->hotline), ui::from_utf8(client->qq));
  reload_soon_.setSingleShot(true);
  reload_soon_.callOnTimeout([this] { reload_now(); });
  retranslate();
}

void renewal_page::make_pages() {
  start_ = new start_page({.apply = [this] { ask_eligible(); },
                           .chosen = [this](const auto& one) { choose(one); },
                           .go_on = [this](const auto& order) { go_on(order); },
                           .elsewhere =
                               [this](const auto& one) {
                                 nlohmann::json input = {{"remote", true}};
                                 if (one.is_object()) {
                                   input["certificate"] = one["sha256"];
                                   input["token"] = one["token"]["serial"];
                                 }
                                 talk(about::elsewhere, "orders", input);
                               }},
                          stack_);
  agreement_ = new agreement_page({.back = [this] { show_start(); },
                                   .next =
                                       [this](const auto& accepted) {
                                         clear_notice();
                                         consents_ = accepted;
                                         turn_to(form_);
                                         form_->begin(certificate_);
                                       }},
                                  stack_);
  form_ = new form_page(links_, kept_,
                        {.back = [this] { choose(nlohmann::json(certificate_)); },
                         .submit = [this](const auto& application) { submit(application); },
                         .failed =
                             [this](const error& why, const QString& sentence) {
                               change_notice([&] {
                                 notice_->say(why, sentence);
                                 notice_->add_button(tr("Try again"), [this] {
                                   clear_notice();
                                   form_->ask_quote();
                                 });
                               });
                             }},
                        stack_);
  order_page_ = new order_page(links_.commands,
                               {.pressed = [this](auto what) { pressed(what); },
                                .correct =
                                    [this](const auto& form) {
                                      auto input = this_order();
                                      input["form"] = form;
                                      talk(about::correct, "correct", input);
                                    }},
                               stack_);
  const auto back_to_order = [this] {
    clear_notice();  // of a payment that is not made now
    turn_to(order_page_);
    look();
  };
  way_ = new payment_way_page({.back = back_to_order,
                               .next =
                                   [this](const std::string& kind) {
                                     kind_of_payment_ = kind;
                                     payment_->show_methods(methods_, kind);
                                     turn_to(payment_);
                                   }},
                              stack_);
  payment_ = new payment_page(links_.commands, kept_,
                              {.back = [this] { turn_to(way_); },
                               .submit =
                                   [this](const auto& payment) {
                                     auto input = this_order();
                                     input.update(payment);
                                     talk(about::pay, "pay", input);
                                   }},
                              stack_);
  for (QWidget* one : std::initializer_list<QWidget*>{start_, agreement_, form_, order_page_, way_, payment_})
    stack_->addWidget(one);
}

void renewal_page::talk(about what, const char* command, nlohmann::json input) {
  // What a person asked for is not stopped by a timer or a language.
  if (acting()) return;
  if (what != about::orders) listed_.stop();
  if (what != about::look && what != about::orders) {
    // A button of the notice may be what was pressed.
    if (stack_->isEnabled()) before_ = stance_now();
    change_notice([this] { notice_->clear(); });
  }
  // Who has begun something else is not taken to the order that is under way any more.
  if (what != about::orders) first_ = false;
  about_ = last_about_ = what;
  wants_certificates_ = what == about::eligible;
  last_command_ = command;
  last_input_ = std::move(input);
  talk_->start(last_command_, last_input_);
}

void renewal_page::look() {
  if (!order_.is_object()) return;
  auto input = this_order();
  input["without_pin"] = true;
  talk(about::look, "continue", input);
}

void renewal_page::choose(const nlohmann::json& certificate) {
  certificate_ = certificate;
  talk(about::agreement, "agreement");
}

void renewal_page::go_on(const nlohmann::json& order) {
  clear_notice();
  order_ = order;
  order_page_->show_order(order_, ui::lines_of(ui::part_of(order_, "say")), false);
  turn_to(order_page_);
  look();
}

void renewal_page::submit(const nlohmann::json& application) {
  auto input = application;
  input.update(consents_);
  input["certificate"] = ui::to_utf8(ui::text_of(certificate_, "sha256"));
  input["token"] = ui::to_utf8(ui::text_of(ui::part_of(certificate_, "token"), "serial"));
  talk(about::apply, "apply", input);
}

void renewal_page::pressed(order_page::act what) {
  switch (what) {
    case order_page::act::back:
      return show_start();
    case order_page::act::main:
      return main_act();
    case order_page::act::look:
      clear_notice();
      return look();
    case order_page::act::pay_again:
      return talk(about::methods, "payment-methods", this_order());
    case order_page::act::open_page: {
      clear_notice();
      const auto url = ui::to_utf8(ui::text_of(open_payment(order_), "pay_url"));
      const auto opened = links_.shell.open_url("ra", url);
      if (!opened) notice_->say(opened.error(), tr("The browser could not be opened. Scan the code instead."));
      return;
    }
    case order_page::act::withdraw:
      return talk(about::withdraw, "withdraw", this_order());
  }
}

void renewal_page::main_act() {
  switch (order_page_->shown()) {
    case stand::fill:
      return choose({{"sha256", ui::part_of(order_, "certificate_sha256")},
                     {"subject", ui::part_of(order_, "subject")},
                     {"token", ui::part_of(order_, "token")},
                     {"not_after", ui::number_of(order_, "old_not_after")}});
    case stand::sign:
      return talk(about::apply, "continue", this_order());
    case stand::pay:
      return talk(about::methods, "payment-methods", this_order());
    case stand::paying:
      // 【支付成功】 is a refresh and nothing more: only the provider's word counts.
      clear_notice();
      asked_whether_paid_ = true;
      return look();
    case stand::withdraw:
      return talk(about::withdraw, "continue", this_order());
    case stand::locked:
      return show_unlock();
    case stand::install:
      return talk(about::install, "continue", this_order());
    case stand::complete:
      return show_start();
    case stand::ended:
      show_start();
      return;
    default:
      clear_notice();
      return look();
  }
}

void renewal_page::show_start() {
  clear_notice();
  order_ = nullptr;
  start_->show_certificates(nullptr);
  turn_to(start_);
  look_follows_ = true;
  list_orders();
}

void renewal_page::show_unlock() {
  const auto shown = links_.shell.show_page("unlock");
  if (!shown) notice_->say(shown.error(), tr("Please choose \"Forgotten PIN\" in this client."));
}

void renewal_page::turn_to(sheet* page) {
  if (shows(page)) return;
  const auto before = stance_now();
  stack_->setCurrentWidget(page);
  page->scroll_to_top();
  settle(before);
}

void renewal_page::clear_notice() {
  const auto before = stance_now();
  change_notice([this] { notice_->clear(); });
  settle(before);
}

void renewal_page::change_notice(const std::function<void()>& change) {
  const int before = stack_->y();
  change();
  auto* shown = static_cast<sheet*>(stack_->currentWidget());
  if (!isVisible() || !(shows(form_) || shows(payment_))) return;
  layout()->activate();
  shown->stay(stack_->y() - before);
}

renewal_page::stance renewal_page::stance_now() const {
  // The window's own, for the PIN window may be the active one.
  auto* on = window()->focusWidget();
  const auto* shown = static_cast<const sheet*>(stack_->currentWidget());
  return {on != nullptr && isAncestorOf(on), on, on != nullptr && on == shown->first_stop(), shown,
          order_page_->shown()};
}

void renewal_page::settle(const stance& before) {
  if (!before.here || !isVisible() || !stack_->isEnabled()) return;
  const auto now = stance_now();
  // A button of the notice that has taken the focus is what is to be pressed next.
  if (qobject_cast<QPushButton*>(now.on) != nullptr && notice_->isAncestorOf(now.on)) return;
  const bool same = now.page == before.page && now.order == before.order;
  const bool usable = before.on != nullptr && before.on->isVisible() && before.on->isEnabled();
  // Who had not moved yet begins where the page now begins.
  const bool begins_elsewhere = before.at_beginning && before.on != static_cast<const sheet*>(now.page)->first_stop();
  if (!same || !usable || begins_elsewhere) return static_cast<sheet*>(stack_->currentWidget())->focus_first();
  if (now.on != before.on) before.on->setFocus(Qt::OtherFocusReason);
}

nlohmann::json renewal_page::this_order() const {
  return {{"order", ui::to_utf8(ui::text_of(order_, "uuid"))}};
}

bool renewal_page::shows(const QWidget* page) const {
  return stack_->currentWidget() == page;
}

bool renewal_page::acting() const {
  return talk_->busy() && about_ != about::look && about_ != about::orders && about_ != about::nothing;
}

void renewal_page::showEvent(QShowEvent* event) {
  page::showEvent(event);
  const auto wanted = std::exchange(wanted_->order, nullptr);
  const bool at_it = !shows(start_) && !shows(agreement_) && !shows(form_) &&
                     ui::text_of(wanted, "uuid") == ui::text_of(order_, "uuid");
  if (wanted.is_object() && !at_it && !acting()) return go_on(wanted);
  look_follows_ = true;
  // Whatever happened meanwhile, elsewhere or after an unlock, is seen at once.
  if (first_ || shows(start_)) return list_orders();
  if (shows(order_page_)) look();
}

void renewal_page::hideEvent(QHideEvent* event) {
  page::hideEvent(event);
  // What nobody sees asks nobody: the card on 主页 looks while it is shown, and this page when it comes back.
  if (!talk_->busy()) talk_->cancel();
  listed_.stop();
}

void renewal_page::retranslate() {
  setAccessibleName(tr("Certificate renewal"));
}

void renewal_page::reload() {
  // One choice of a language comes as several events.
  reload_soon_.start(0);
}

void renewal_page::reload_now() {
  if (acting()) return;
  clear_notice();
  if (shows(start_)) return start_->lists_certificates() ? ask_eligible() : list_orders();
  if (shows(agreement_)) return talk(about::agreement, "agreement");
  if (shows(order_page_)) return look();
  if (shows(way_) || shows(payment_)) return talk(about::methods, "payment-methods", this_order());
}

}  // namespace keycare::renewal
