// catalogue.hpp - codes and their arguments, put into sentences: one catalogue a plugin, in zh-CN and en.
#pragma once

#include "keycare/sdk/result.hpp"

#include <array>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace keycare::common {

/// One text. `code` is a support code ("KC-UNLOCK-LIMIT") or a text's own name ("validity.ended"); "{name}" in a
/// sentence stands for the argument of that name.
struct sentence {
  std::string_view code;
  std::string_view zh;
  std::string_view en;
};

/// True for English; every other language is answered in zh-CN, the language of the people who use this. [any-thread]
[[nodiscard]] bool is_english(std::string_view language);

/// @p form with each "{name}" replaced by the argument, made showable (utf8.hpp); an absent one by "…". [any-thread]
[[nodiscard]] std::string fill(std::string_view form, const nlohmann::json& args);

/// Several tables as one; the first table that knows a code wins. The tables are borrowed for the catalogue's life.
class catalogue {
public:
  static constexpr std::size_t max_tables = 8;
  catalogue(std::initializer_list<std::span<const sentence>> tables) {
    for (const auto table : tables) tables_.at(count_++) = table;
  }

  /// The text of @p code, or nothing for a code that is not here. [any-thread]
  [[nodiscard]] std::optional<std::string> find(std::string_view code, std::string_view language,
                                                const nlohmann::json& args = nlohmann::json::object()) const;
  /// The text of @p code; the code itself when it is not here, so that a person has something to quote. [any-thread]
  [[nodiscard]] std::string text(std::string_view code, std::string_view language,
                                 const nlohmann::json& args = nlohmann::json::object()) const;
  /// The sentence for an error, from its code and its args. [any-thread]
  [[nodiscard]] std::optional<std::string> explain(const keycare::error& what, std::string_view language) const;

  [[nodiscard]] std::span<const std::span<const sentence>> tables() const& { return {tables_.data(), count_}; }
  void tables() const&& = delete;  // it would outlive the catalogue

private:
  std::array<std::span<const sentence>, max_tables> tables_{};
  std::size_t count_ = 0;
};

}  // namespace keycare::common
