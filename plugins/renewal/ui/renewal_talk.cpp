// renewal_talk.cpp - what the core says to the renewal page: replies, failures, events.
#include "plugins/common/ui/busy_line.hpp"
#include "plugins/common/ui/notice.hpp"
#include "plugins/common/ui/text.hpp"
#include "plugins/renewal/ui/agreement_page.hpp"
#include "plugins/renewal/ui/form_page.hpp"
#include "plugins/renewal/ui/payment_page.hpp"
#include "plugins/renewal/ui/renewal_page.hpp"
#include "plugins/renewal/ui/start_page.hpp"

#include <QPushButton>
#include <QStackedWidget>
#include <QTime>

namespace keycare::renewal {

namespace {

bool may_pass(const error& why) {
  return why.status == KC_E_NETWORK || why.status == KC_E_TIMEOUT || why.status == KC_E_OUTCOME_UNKNOWN ||
         why.status == KC_E_BUSY || why.status == KC_E_TOKEN_BUSY || why.code.starts_with("KC-STORE-");
}

}  // namespace

void renewal_page::make_talk() {
  talk_ = std::make_unique<ui::conversation>(
      links_.commands,
      ui::conversation::hooks{
          .replied =
              [this](const nlohmann::json& reply) {
                const auto before = stance_now();
                replied(reply);
                settle(before);
              },
          .follows =
              [this](next_command& next) {
                if (next.then == follow_up::after_waiting && !isVisible()) next.then = follow_up::stop;
                // Only what a person has just begun may ask for the PIN; what waits may not.
                if (next.then != follow_up::at_once) about_ = about::look;
                if (about_ == about::look && next.command == "continue") next.input["without_pin"] = true;
              },
          .failed = [this](const error& why, const QString& sentence) { failed(why, sentence); },
          .busy_changed = [this] { show_busy(); },
          .progress = [this](int done, int total, const QString& phase) { busy_->set_progress(done, total, phase); }});
  busy_->on_cancel([this] { talk_->cancel(); });
  if (auto subscribed = links_.commands.subscribe([this](auto kind, auto key) { heard(kind, key); }))
    events_ = std::move(*subscribed);
}

void renewal_page::replied(const nlohmann::json& reply) {
  const auto& data = ui::part_of(reply, "data");
  const auto what = about_;
  switch (what) {
    case about::orders:
      return take_orders(data);
    case about::elsewhere:
      notice_->say(ui::tone::notice, ui::lines_of(ui::part_of(reply, "text")).section(QLatin1Char('\n'), 0, 0));
      return take_orders(data);
    case about::eligible: {
      const auto only = only_choice(ui::part_of(data, "certificates"));
      if (only.is_object()) return choose(only);
      return start_->show_certificates(data);
    }
    case about::agreement:
      agreement_->show_documents(data);
      return turn_to(agreement_);
    case about::methods:
      methods_ = data;
      order_ = ui::part_of(data, "order");
      way_->show_ways(methods_);
      payment_->show_order(order_);
      if (shows(payment_)) return payment_->show_methods(methods_, kind_of_payment_);
      return turn_to(way_);
    default:
      return take_order(data, what);
  }
}

void renewal_page::take_orders(const nlohmann::json& data) {
  start_->show_orders(data);
  if (std::exchange(look_follows_, false)) listed_.at_open_ones(data);
  const bool was_first = std::exchange(first_, false);
  if (!was_first && about_ != about::elsewhere) return;
  // The one order that is under way is what the user came for.
  const nlohmann::json* only = nullptr;
  for (const auto& one : ui::part_of(data, "orders")) {
    if (!ui::flag_of(one, "open")) continue;
    if (only != nullptr) return;
    only = &one;
  }
  if (only == nullptr || !shows(start_)) return;
  order_ = *only;
  order_page_->show_order(order_, ui::lines_of(ui::part_of(order_, "say")), false);
  turn_to(order_page_);
  about_ = about::look;
  auto input = this_order();
  input["without_pin"] = true;
  talk_->start("continue", input);
}

void renewal_page::take_order(const nlohmann::json& data, about why) {
  const auto& order = ui::part_of(data, "order");
  if (!order.is_object()) return;
  last_input_ = nlohmann::json::object();  // it may hold personal data, and was sent
  const auto before = order_page_->shown();
  auto say = ui::part_of(data, "say");
  const bool submitted = why == about::apply && ui::text_of(order, "state") == QLatin1String("awaiting-payment");
  order_ = order;
  if (why == about::apply) form_->forget();
  if (submitted) {
    // The notice says it; the page goes on with what comes next.
    if (say.is_array() && say.size() > 1) say.erase(0);
    notice_->say(ui::tone::good, tr("Your application has been submitted. Please press \"Pay now\" to pay the fee!"));
    add_ok();
  }
  const bool delayed = data.contains("delayed");
  order_page_->show_order(order_, ui::lines_of(say), delayed);
  settle_remark();
  const auto now = order_page_->shown();
  // What the page itself explains now needs no notice beside it.
  if (now == stand::locked || now == stand::token) notice_->clear();
  const bool browsing = shows(way_) || shows(payment_);
  if (!browsing || why == about::pay || now != stand::pay) turn_to(order_page_);
  const bool asked = std::exchange(asked_whether_paid_, false);
  if (asked && now == stand::paying && !delayed) {
    notice_->say(
        ui::tone::notice,
        tr("Looked up just now (%1): no payment has been reported yet. It can take a minute; please do not pay "
           "twice.")
            .arg(QTime::currentTime().toString(QStringLiteral("HH:mm:ss"))));
    remark_ = {notice_->text(), now, false, false};
  }
  const auto installed = [](stand one) { return one == stand::binding || one == stand::complete; };
  if (why == about::install && installed(now) && !installed(before)) {
    notice_->say(ui::tone::good, tr("The new certificate is installed."));
    add_ok();
  }
}

void renewal_page::add_ok() {
  auto* ok = notice_->add_button(tr("OK"), [this] { clear_notice(); });
  ok->setAutoDefault(true);  // Enter presses it, too
  ok->show();                // the layout would do so after this turn only, and what is hidden has no focus
  ok->setFocus(Qt::OtherFocusReason);
}

void renewal_page::failed(const error& why, const QString& sentence) {
  const auto what = about_;
  // A page that waits looks again, and is still only looking then.
  if (what != about::look) about_ = about::nothing;
  change_notice([&] {
    notice_->say(why, sentence);
    if (why.status != KC_E_CANCELLED) offer_help(why, what);
  });
  wants_certificates_ = what == about::eligible;
  // Something may have happened all the same: the page shows what stands.
  const bool changes =
      what == about::install || what == about::withdraw || what == about::correct || what == about::pay;
  const bool look_follows = changes && shows(order_page_);
  remark_ = {notice_->text(), order_page_->shown(), what == about::look || may_pass(why), look_follows};
  if (look_follows) look();
}

void renewal_page::settle_remark() {
  if (!remark_) return;
  const auto now = order_page_->shown();
  const bool moved = std::exchange(remark_->at, now) != now;
  const bool passing = remark_->passing;
  const bool over = std::exchange(remark_->look_follows, false) ? moved && passing : moved || passing;
  if (notice_->text() != remark_->text) return remark_.reset();  // something else was said since
  if (!over) return;
  remark_.reset();
  notice_->clear();
}

void renewal_page::offer_help(const error& why, about what) {
  const auto is = [&](auto... codes) { return ((why.code == codes) || ...); };
  if (why.status == KC_E_PIN_LOCKED || is("KC-RENEWAL-PIN-LOCKED", "KC-RENEWAL-PIN-LAST", "KC-PIN-LOCKED")) {
    notice_->add_button(tr("Forgotten PIN"), [this] { show_unlock(); });
    return;
  }
  if (is("KC-RENEWAL-AGREEMENT-CHANGED", "KC-RENEWAL-NOT-SHOWN", "KC-RA-CONSENT-MISMATCH")) {
    notice_->add_button(tr("Read the agreement"), [this] { choose(nlohmann::json(certificate_)); });
    return;
  }
  if (is("KC-RENEWAL-FEE-CHANGED", "KC-RENEWAL-QUOTE-EXPIRED")) {
    notice_->add_button(tr("Ask for the fee again"), [this] {
      clear_notice();
      form_->ask_quote();
    });
    return;
  }
  if (is("KC-RENEWAL-UNDER-WAY")) {
    notice_->add_button(tr("Show the orders"), [this] { show_start(); });
    return;
  }
  if (what == about::look) {  // a page that waits does so without having been asked
    notice_->add_button(tr("Try again"), [this] { pressed(order_page::act::look); });
    return;
  }
  notice_->add_button(tr("Try again"), [this, what = last_about_, command = last_command_, input = last_input_] {
    talk(what, command.c_str(), input);
  });
}

void renewal_page::heard(std::string_view kind, std::string_view key) {
  if (talk_->busy() || !isVisible()) return;
  if (kind == "tokens-changed") {
    if (shows(start_) && (wants_certificates_ || start_->lists_certificates())) ask_eligible();
    return;
  }
  if (shows(start_)) return kind == "order-due" ? listed_.at({std::string(key)}) : list_orders();
  const bool ours = key == ui::to_utf8(ui::text_of(order_, "uuid"));
  if (shows(order_page_) && ours && order_page_->shown() != stand::complete) look();
}

void renewal_page::show_busy() {
  const bool busy = talk_->busy();
  busy_->set_busy(busy);
  if (busy) {
    const auto phase = about_ == about::install
                           ? tr("The new certificate is being installed. Do not unplug the token …")
                       : about_ == about::apply ? tr("The application is being signed and submitted …")
                                                : QString();
    busy_->set_progress(0, 0, phase);
  }
  const bool closed = acting();
  if (closed == !stack_->isEnabled()) return;
  stack_->setEnabled(!closed);
  if (!closed) settle(before_);
}

}  // namespace keycare::renewal
