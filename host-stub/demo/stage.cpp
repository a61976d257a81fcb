// stage.cpp - see stage.hpp.
#include "host-stub/demo/stage.hpp"

#include "host-stub/cli/console_client.hpp"
#include "host-stub/cli/conversation.hpp"
#include "host-stub/demo/cast.hpp"
#include "host-stub/demo/interruption.hpp"
#include "keycare/sdk/json.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <thread>

namespace keycare::demo {
namespace {

constexpr int most_looks = 20;

services::console_options console_of(const demo_options& how, narrator& told) {
  services::console_options out;
  out.assume_yes = true;
  out.language = how.language;
  out.print = [&told](std::string_view text) { told.shown(std::string(text)); };
  return out;
}

/// The input as it would be typed. Personal data stay out of what is shown.
std::string as_typed(const std::string& plugin, const std::string& command, const nlohmann::json& input) {
  std::string out = "keycare-host run " + plugin + " " + command;
  for (const auto& [name, value] : input.items()) {
    if (value.is_object()) {
      out += " --input -";
      continue;
    }
    auto flag = name;
    std::replace(flag.begin(), flag.end(), '_', '-');
    const auto text = value.is_string() ? value.get<std::string>() : json_text(value);
    out += " --" + flag + (value == true ? "" : " " + (text.size() > 20 ? text.substr(0, 12) + "…" : text));
  }
  return out;
}

nlohmann::json without_secrets(nlohmann::json input) {
  for (const char* name : {"id_number", "name", "phone", "code"}) input.erase(name);
  return input;
}

std::string joined(const nlohmann::json& lines) {
  std::string out;
  if (lines.is_array())
    for (const auto& line : lines)
      if (line.is_string()) out += line.get<std::string>() + "\n";
  return out;
}

}  // namespace

stage::stage(const demo_options& how)
    : how_(how), told_(how.language == "en", how.json), clerk_(told_), shell_(console_of(how, told_), time_) {}

stage::~stage() {
  client_.reset();
  office_.reset();
  std::error_code ignored;
  if (how_.keep.empty() && !folder_.empty()) std::filesystem::remove_all(folder_, ignored);
}

result<std::unique_ptr<stage>> stage::set(const demo_options& how) {
  std::unique_ptr<stage> out(new stage(how));
  if (auto ok = out->build(); !ok) return ok.error();
  return out;
}

result<void> stage::build() {
  folder_ = how_.keep;
  if (how_.keep.empty()) {
    std::error_code none;
    const auto temporary = std::filesystem::temp_directory_path(none);
    std::string pattern = ((none ? "/tmp" : temporary) / "keycare-demo.XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) return fail(KC_E_FAILED, "KC-FILE-UNWRITABLE", errno);
    folder_ = pattern;
  }
  auto opened = office::open(folder_, how_.language, {"--review-by-hand", "--step-delay", "0", "--provider-delay", "0"},
                             how_.tokens);
  if (!opened) return opened.error();
  office_ = *std::move(opened);

  const auto interrupted = fail(KC_E_CANCELLED, "KC-CALL-CANCELLED");
  if (interruption::asked()) return interrupted;
  auto order = office_->clerk_order("clerk", 25);
  order.serial = "4B43000000000001";
  auto first = office_->hand_over(order);
  if (!first) return first.error();
  token_ = *std::move(first);
  if (interruption::asked()) return interrupted;
  order = office_->clerk_order("late", -35);
  order.serial = "4B43000000000002";
  order.organisation = cast::other_company;
  order.account = cast::other_account;
  auto second = office_->hand_over(order);
  if (!second) return second.error();
  ended_ = *std::move(second);
  return restart();
}

result<void> stage::restart() {
  client_.reset();
  auto settings = services::read_config(office_->config_file());
  if (!settings) return settings.error();
  auto opened = host::client::open(*std::move(settings), {clerk_, shell_, time_});
  if (!opened) return opened.error();
  client_ = *std::move(opened);
  return {};
}

result<nlohmann::json> stage::run(const std::string& plugin, const std::string& command, const nlohmann::json& input,
                                  const std::function<std::string(const std::string&)>& answers) {
  const auto interrupted = [this]() -> keycare::error {
    told_.fall_silent();
    return fail(KC_E_CANCELLED, "KC-CALL-CANCELLED");
  };
  if (interruption::asked()) return interrupted();
  const auto shown = without_secrets(input);
  told_.typed(as_typed(plugin, command, shown) + (shown == input ? "" : " --input -"));
  auto* session = client_->find(plugin);
  if (session == nullptr) {
    told_.expect(false, "插件已加载: " + plugin, "the plugin is loaded: " + plugin);
    return fail(KC_E_NOT_FOUND, "KC-PLUGIN-NOT-CONFIGURED");
  }
  cli::conversation_hooks hooks;
  hooks.replied = [&](const std::string& name, const nlohmann::json& reply) {
    if (name != command) told_.remark("→ " + name, "→ " + name);
    told_.shown(joined(reply.value("text", nlohmann::json::array())));
  };
  if (answers) hooks.ask = [&](const std::string& member) -> result<std::string> { return answers(member); };
  auto reply = cli::converse(*session, command, input, how_.language, hooks);
  // A Ctrl-C reaches the RA as well: what failed now failed because of it.
  if (interruption::asked()) return interrupted();
  if (!reply) told_.shown(session->explain(reply.error(), how_.language) + "  [" + reply.error().code + "]");
  return reply;
}

result<nlohmann::json> stage::go_on(const std::string& plugin, const nlohmann::json& input,
                                    const std::function<bool(const nlohmann::json& data)>& arrived,
                                    const std::function<std::string(const std::string&)>& answers) {
  for (int look = 0;; ++look) {
    auto reply = run(plugin, "continue", input, answers);
    if (!reply || arrived(reply->at("data")) || look == most_looks) return reply;
    // The RA says when to come back; nobody in a demo waits longer than a few seconds for a machine.
    const auto after = reply->value("next", nlohmann::json::object()).value("after_seconds", std::int64_t{1});
    const auto moments = 10 * std::clamp<std::int64_t>(after, 1, 3);
    for (int moment = 0; moment < moments && !interruption::asked(); ++moment)
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
}

nlohmann::json stage::desk(std::string_view name, const nlohmann::json& body) {
  const auto answer = office_->ra().desk(name, body);
  if (answer) return *answer;
  if (interruption::asked()) told_.fall_silent();
  const auto sentence = std::string(name) + ": " + answer.error().code + " " + answer.error().args;
  told_.expect(false, "网证通一方的操作成功: " + sentence, "the RA's own part succeeds: " + sentence);
  return nlohmann::json::object();
}

}  // namespace keycare::demo
