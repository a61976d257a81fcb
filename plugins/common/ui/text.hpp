// text.hpp - between the contract's UTF-8 and Qt's strings.
#pragma once

#include <nlohmann/json.hpp>

#include <QString>
#include <string>
#include <string_view>

namespace keycare::ui {

/// What crosses the contract is UTF-8.
[[nodiscard]] inline QString from_utf8(std::string_view text) {
  return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}
[[nodiscard]] inline std::string to_utf8(const QString& text) {
  return text.toStdString();
}
/// A member that is a text; empty when it is absent or is none.
[[nodiscard]] inline QString text_of(const nlohmann::json& object, const char* member) {
  if (!object.is_object()) return {};
  const auto found = object.find(member);
  return found != object.end() && found->is_string() ? from_utf8(found->get_ref<const std::string&>()) : QString();
}
/// A member that is a whole number; @p otherwise when it is absent or is none.
[[nodiscard]] inline std::int64_t number_of(const nlohmann::json& object, const char* member,
                                            std::int64_t otherwise = 0) {
  if (!object.is_object()) return otherwise;
  const auto found = object.find(member);
  return found != object.end() && found->is_number_integer() ? found->get<std::int64_t>() : otherwise;
}
/// A member that is true; false when it is absent or is none.
[[nodiscard]] inline bool flag_of(const nlohmann::json& object, const char* member) {
  if (!object.is_object()) return false;
  const auto found = object.find(member);
  return found != object.end() && found->is_boolean() && found->get<bool>();
}
/// A member of any kind; null when it is absent.
[[nodiscard]] inline const nlohmann::json& part_of(const nlohmann::json& object, const char* member) {
  static const nlohmann::json none;
  if (!object.is_object()) return none;
  const auto found = object.find(member);
  return found == object.end() ? none : *found;
}
/// The lines of a reply's "text", or of any array of texts, one under another.
[[nodiscard]] inline QString lines_of(const nlohmann::json& lines) {
  QString out;
  if (lines.is_array())
    for (const auto& line : lines)
      if (line.is_string())
        out += (out.isEmpty() ? QString() : QStringLiteral("\n")) + from_utf8(line.get_ref<const std::string&>());
  return out;
}

}  // namespace keycare::ui
