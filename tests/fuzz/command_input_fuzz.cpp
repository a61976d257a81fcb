// command_input_fuzz.cpp - a command's input against its schema, and options made from a schema that a plugin gave.
#include "host-stub/cli/schema_options.hpp"
#include "host-stub/services/commands/input_check.hpp"
#include "promises.hpp"

#include <algorithm>

using namespace keycare;
using nlohmann::json;

namespace {

constexpr std::string_view fixed = R"({"type":"object","additionalProperties":false,"required":["id"],"properties":{
  "id":{"type":"string","maxLength":36,"pattern":"^[0-9a-f-]+$"},"months":{"type":"integer","minimum":1,"maximum":120},
  "form":{"type":"object","properties":{"name":{"type":"string","minLength":1}}},"code":{"type":"string","writeOnly":true},
  "kind":{"enum":["a","b"]},"list":{"type":"array","maxItems":4,"uniqueItems":true,"items":{"type":"string"}}}})";

}  // namespace

FUZZ(command_input) {
  fuzz::input in(data);
  const auto schema = in.line();
  const auto input = text_of(in.rest());
  static const auto known = *services::input_check::compile("known", fixed);
  (void)fuzz::good(known.check(input));
  // A pattern of the plugin's own may take for ever; that is the plugin's to answer for, it runs in this process
  // anyway.
  const auto own = services::input_check::compile("own", schema);
  const auto parsed = json::parse(schema, nullptr, false);
  if (fuzz::good(own) && parsed.dump().find("attern") == std::string::npos) (void)fuzz::good(own->check(input));
  const auto typed = json::parse(input, nullptr, false);
  for (const auto& option : cli::options_of(parsed, "zh-CN")) {
    fuzz::must(option.flag.starts_with("--") && !option.path.empty(), "an option has a name");
    auto target = json::object();
    (void)fuzz::good(cli::put_option(target, option, {std::string(input)}));
  }
  (void)cli::members_to_ask(parsed, typed.is_object() ? typed : json::object());
}
