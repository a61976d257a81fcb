// pin_view.cpp - see pin_view.hpp.
#include "plugins/unlock/ui/pin_view.hpp"

#include "plugins/common/ui/harmless.hpp"
#include "plugins/common/ui/text.hpp"

#include <QCoreApplication>

#include <algorithm>

namespace keycare::unlock {

using nlohmann::json;
using ui::flag_of;
using ui::part_of;
using ui::text_of;

namespace {

constexpr int longest_name = 32, longest_label = 64, longest_sentence = 600;

/// What is said of the token itself.
pin_view read_token(const json& from) {
  pin_view out;
  out.serial = text_of(from, "serial");
  out.label = ui::harmless(text_of(from, "label"), ui::breaks::anywhere, longest_label);
  out.there = true;
  out.can_unlock = flag_of(from, "can_unlock");
  out.busy = flag_of(from, "busy");
  return out;
}

void read_pin(pin_view& out, const json& from) {
  const auto& pin = part_of(from, "pin");
  out.application = text_of(from, "application");
  out.text = said(text_of(from, "text"));
  out.locked = flag_of(pin, "locked");
  const auto& left = part_of(pin, "remaining");
  if (out.locked)
    out.tone = ui::tone::bad;
  else if (flag_of(pin, "final_try") || left == 1)
    out.tone = ui::tone::warning;
  else if (left.is_number_integer())
    out.tone = ui::tone::good;
}

/// The PIN that an unlock is of; one of its own when the token did not speak of it.
pin_view& pin_of(std::vector<pin_view>& pins, const QString& serial, const QString& application) {
  const auto of_token = [&](const auto& one) { return one.serial == serial; };
  const auto first = std::find_if(pins.begin(), pins.end(), of_token);
  const auto behind = std::find_if_not(first, pins.end(), of_token);
  auto found = std::find_if(first, behind, [&](const auto& one) { return one.application == application; });
  if (found != behind) return *found;
  if (first != behind && first->application.isEmpty() && first->unlock.isEmpty()) return *first;
  auto unheard = first != behind ? *first : pin_view{};
  unheard.serial = serial;
  unheard.application = application;
  unheard.can_unlock = true;
  unheard.locked = false;
  unheard.text.clear();
  unheard.tone = ui::tone::notice;
  unheard.unlock.clear();
  return *pins.insert(behind, std::move(unheard));
}

}  // namespace

QString pin_view::name() const {
  return token_text(serial, several ? application : QString());
}

std::vector<pin_view> read_pins(const json& data) {
  std::vector<pin_view> out;
  for (const auto& from : part_of(data, "tokens")) {
    const auto token = read_token(from);
    const auto before = out.size();
    for (const auto& pin : part_of(from, "applications")) {
      out.push_back(token);
      read_pin(out.back(), pin);
    }
    if (out.size() == before) out.push_back(token);
  }
  for (const auto& from : part_of(data, "unlocks")) {
    auto& of = pin_of(out, text_of(part_of(from, "token"), "serial"), text_of(from, "application"));
    of.unlock = text_of(from, "uuid");
  }
  for (auto& one : out)
    one.several = std::any_of(out.begin(), out.end(), [&](const auto& other) {
      return other.serial == one.serial && other.application != one.application;
    });
  return out;
}

QString token_text(const QString& serial, const QString& application) {
  const auto name = ui::harmless(serial, ui::breaks::anywhere, longest_name);
  if (application.isEmpty()) return QCoreApplication::translate("pin_view", "Token serial number: %1").arg(name);
  return QCoreApplication::translate("pin_view", "Token serial number: %1, application: %2")
      .arg(name, ui::harmless(application, ui::breaks::anywhere, longest_name));
}

QString said(const QString& sentence) {
  return ui::harmless(sentence, ui::breaks::at_lines, longest_sentence);
}

}  // namespace keycare::unlock
