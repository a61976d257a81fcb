// unlock_replies.cpp - where each answer of the core leads; see unlock_page.hpp.
#include "plugins/common/ui/harmless.hpp"
#include "plugins/common/ui/notice.hpp"
#include "plugins/common/ui/text.hpp"
#include "plugins/unlock/ui/applicant_panel.hpp"
#include "plugins/unlock/ui/code_panel.hpp"
#include "plugins/unlock/ui/token_panel.hpp"
#include "plugins/unlock/ui/unlock_page.hpp"

#include <QPushButton>

#include <algorithm>
#include <array>
#include <string_view>

namespace keycare::unlock {

using namespace std::chrono_literals;
using nlohmann::json;
using ui::part_of;
using ui::text_of;

namespace {

/// What is said beside the code's own field.
constexpr std::array code_errors = {std::string_view("KC-RA-CODE-WRONG"), std::string_view("KC-RA-CODE-EXPIRED"),
                                    std::string_view("KC-UNLOCK-CODE-FORMAT")};
constexpr std::array limits = {std::string_view("KC-UNLOCK-LIMIT"), std::string_view("KC-RA-UNLOCK-LIMIT"),
                               std::string_view("KC-RA-UNLOCK-LIMIT-APPROVAL")};

/// The RA has not said anything to the code: it is as good as it was, and may be given once more. Whoever gives one
/// that was taken after all is told where it led.
constexpr std::array not_heard = {std::string_view("KC-NET-"),        std::string_view("KC-CALL-"),
                                  std::string_view("KC-STORE-"),      std::string_view("KC-PLUGIN-BUSY"),
                                  std::string_view("KC-UNLOCK-BUSY"), std::string_view("KC-RA-UNAVAILABLE")};

bool keeps_code(const error& why) {
  return std::any_of(not_heard.begin(), not_heard.end(), [&](auto code) { return why.code.starts_with(code); });
}

template <class Codes>
bool is_one_of(const Codes& codes, const error& why) {
  return std::find(codes.begin(), codes.end(), why.code) != codes.end();
}

}  // namespace

void unlock_page::tokens_came(const json& reply) {
  if (!std::exchange(loading_, false)) return;
  auto pins = read_pins(part_of(reply, "data"));
  notice_->clear();
  form_->clear();
  if (pins.size() == 1 && !pins.front().unlock.isEmpty() && at_ != place::choose) {
    // There is nothing to choose: it goes on from where it was.
    unlock_ = pins.front().unlock;
    serial_ = pins.front().serial;
    return look();
  }
  tokens_->set_pins(std::move(pins));
  go(place::choose);
}

void unlock_page::checked(const json& reply) {
  const auto& problems = part_of(part_of(reply, "data"), "problems");
  if (!submitting_) {
    form_->show_problems(problems);
    return;
  }
  submitting_ = false;
  if (form_->show_all_problems(problems)) submit();
}

void unlock_page::replied(const json& reply) {
  const auto& data = part_of(reply, "data");
  const auto& unlock = part_of(data, "unlock");
  const auto next = read_next(reply);
  const auto state = text_of(unlock, "state");
  unlock_ = text_of(unlock, "uuid");
  serial_ = text_of(part_of(unlock, "token"), "serial");
  said_ = ui::harmless(ui::lines_of(part_of(reply, "text")), ui::breaks::at_lines, 2000);
  first_code_ = state == "awaiting-code" || state == "unasked";
  if (!std::exchange(keep_notice_, false)) notice_->clear();
  if (doing_ == doing::apply) {
    form_->clear();
    // Who applies is asked to prove it at once: that is what the press of the button was for.
    doing_ = doing::ask;
  }
  if (next.then == follow_up::at_once) return;
  if (next.then == follow_up::after_asking) {
    code_->set_sent(part_of(data, "code_sent"), static_cast<int>(ui::number_of(unlock, "redemptions_left")),
                    first_code_);
    go(place::code);
    return code_->focus_first();
  }
  if (state == "done") return go(place::done);
  if (state == "rejected") return go(place::rejected);
  if (state == "expired") return go(place::expired);
  if (state == "under-review") {
    doing_ = doing::look;  // what is repeated from here on disturbs nobody
    return go(place::review);
  }
  if (next.wait == "token") return go(place::plug_in);
  if (next.then == follow_up::after_waiting) return go(place::working);
  if (ui::flag_of(data, "authorised")) return go(place::set_pin);
  if (at_ == place::code && code_->holds_code()) return go(place::code);  // it only has to be given once more
  go(state == "unasked" ? place::submitted : place::ready);
}

void unlock_page::failed(const error& why, const QString& sentence) {
  // It is asked again by itself: a look now would take the place of what waits, and the redemption with it.
  if (flow_.waiting()) return notice_->say(why, said(sentence));
  const auto what = std::exchange(doing_, doing::nothing);
  if (what == doing::code && !keeps_code(why)) code_->forget_code();
  if (is_one_of(code_errors, why) && at_ == place::code) return code_->set_error(said(sentence));
  if (is_one_of(limits, why)) {
    said_ = said(sentence);
    return go(place::limit);
  }
  if (why.code == "KC-UNLOCK-UNSUPPORTED") {
    said_ = said(sentence);
    return go(place::unsupported);
  }
  if (what == doing::apply) {
    if (why.code == "KC-UNLOCK-OPEN") {
      unlock_ = text_of(json::parse(why.args, nullptr, false), "unlock");
      form_->clear();
      return look();
    }
    return complain(why, sentence, what);
  }
  const bool dialog_closed = why.code != "KC-CALL-CANCELLED" && why.code != "KC-UNLOCK-BUSY" &&
                             (why.status == KC_E_CANCELLED || why.status == KC_E_BUSY || why.status == KC_E_PIN_POLICY);
  if ((what == doing::code || what == doing::set_pin) && !first_code_ && dialog_closed) {
    if (why.code != "KC-PIN-CANCELLED") notice_->say(why, said(sentence));
    return go(place::set_pin);
  }
  complain(why, sentence, what);
}

void unlock_page::complain(const error& why, const QString& sentence, doing what) {
  notice_->say(why, said(sentence));
  const auto offer = [this](const QString& text, std::function<void()> pressed) {
    auto* button = notice_->add_button(text, std::move(pressed));
    if (panel_of(at_) == nullptr) button->setFocus(Qt::OtherFocusReason);  // there is nothing else to do
  };
  switch (what) {
    case doing::nothing:
      offer(tr("Try again"), [this] { load(); });
      return;
    case doing::apply:
      return;  // the form's own button is it
    case doing::look:
      keep_notice_ = false;
      offer(tr("Try again"), [this] { look(); });
      if (at_ == place::review && why.status != KC_E_CANCELLED) again_.start(60s);
      return;
    case doing::ask:
    case doing::code:
    case doing::set_pin:
      // What was given may be used up: the RA says where it is now, and what was said stays.
      keep_notice_ = true;
      return look();
  }
}

}  // namespace keycare::unlock
