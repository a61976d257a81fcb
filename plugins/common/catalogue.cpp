// catalogue.cpp - see catalogue.hpp.
#include "plugins/common/catalogue.hpp"

#include "keycare/sdk/json.hpp"
#include "plugins/common/utf8.hpp"

namespace keycare::common {

bool is_english(std::string_view language) {
  return language == "en" || language.starts_with("en-");
}

std::string fill(std::string_view form, const nlohmann::json& args) {
  std::string text;
  while (true) {
    const auto open = form.find('{');
    const auto close = open == std::string_view::npos ? open : form.find('}', open);
    text += form.substr(0, close == std::string_view::npos ? form.size() : open);
    if (close == std::string_view::npos) return text;
    const std::string name(form.substr(open + 1, close - open - 1));
    const auto it = args.is_object() ? args.find(name) : args.end();
    if (!args.is_object() || it == args.end())
      text += "…";
    else if (it->is_string())
      text += showable(it->get_ref<const std::string&>());
    else
      text += showable(json_text(*it));
    form.remove_prefix(close + 1);
  }
}

std::optional<std::string> catalogue::find(std::string_view code, std::string_view language,
                                           const nlohmann::json& args) const {
  for (const auto table : tables()) {
    for (const auto& one : table) {
      if (one.code == code) return fill(is_english(language) ? one.en : one.zh, args);
    }
  }
  return std::nullopt;
}

std::string catalogue::text(std::string_view code, std::string_view language, const nlohmann::json& args) const {
  return find(code, language, args).value_or(std::string(code));
}

std::optional<std::string> catalogue::explain(const keycare::error& what, std::string_view language) const {
  return find(what.code, language, nlohmann::json::parse(what.args, nullptr, /*allow_exceptions=*/false));
}

}  // namespace keycare::common
