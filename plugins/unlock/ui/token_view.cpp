// token_view.cpp - see token_view.hpp.
#include "plugins/unlock/ui/token_view.hpp"

#include "plugins/common/ui/text.hpp"

#include <QCoreApplication>

#include <algorithm>

namespace keycare::unlock {

using nlohmann::json;
using ui::flag_of;
using ui::part_of;
using ui::text_of;

namespace {

pin_view read_pin(const json& from) {
  pin_view out;
  const auto& pin = part_of(from, "pin");
  out.application = text_of(from, "application");
  out.text = harmless(text_of(from, "text"));
  out.locked = flag_of(pin, "locked");
  const auto& left = part_of(pin, "remaining");
  if (out.locked)
    out.tone = ui::tone::bad;
  else if (flag_of(pin, "final_try") || left == 1)
    out.tone = ui::tone::warning;
  else if (left.is_number_integer())
    out.tone = ui::tone::good;
  return out;
}

}  // namespace

bool token_view::locked() const {
  return std::any_of(pins.begin(), pins.end(), [](const auto& one) { return one.locked; });
}

std::vector<token_view> read_tokens(const json& data) {
  std::vector<token_view> out;
  for (const auto& from : part_of(data, "tokens")) {
    token_view one{text_of(from, "serial"),     text_of(from, "label"), {}, true,
                   flag_of(from, "can_unlock"), flag_of(from, "busy"),  {}};
    for (const auto& pin : part_of(from, "applications")) one.pins.push_back(read_pin(pin));
    out.push_back(std::move(one));
  }
  for (const auto& from : part_of(data, "unlocks")) {
    const auto serial = text_of(part_of(from, "token"), "serial");
    auto found = std::find_if(out.begin(), out.end(), [&](const auto& one) { return one.serial == serial; });
    if (found == out.end()) found = out.insert(out.end(), {serial, {}, {}, false, true, false, {}});
    found->unlock = text_of(from, "uuid");
  }
  return out;
}

QString harmless(const QString& text, int most) {
  QString out;
  int run = 0;
  for (const char32_t one : text.toStdU32String()) {
    const auto kind = QChar::category(one);
    if (kind == QChar::Other_Format || (kind == QChar::Other_Control && one != U'\n')) continue;
    if (out.size() >= most) return out + QChar(0x2026);
    run = QChar::isSpace(one) ? 0 : run + 1;
    if (run % 24 == 0 && run > 0) out += QChar(0x200b);  // zero width space: a line may end here
    out += QString::fromUcs4(&one, 1);
  }
  return out;
}

QString serial_text(const QString& serial) {
  return QCoreApplication::translate("token_view", "Token serial number: %1").arg(harmless(serial, 32));
}

}  // namespace keycare::unlock
