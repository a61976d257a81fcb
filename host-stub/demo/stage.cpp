// stage.cpp - see stage.hpp.
#include "host-stub/demo/stage.hpp"

#include "host-stub/cli/console_client.hpp"
#include "host-stub/cli/conversation.hpp"
#include "host-stub/demo/cast.hpp"
#include "host-stub/services/secure/durable_file.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <thread>

namespace keycare::demo {
namespace {

constexpr std::int64_t day = 86'400;
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
    const auto text = value.is_string() ? value.get<std::string>() : value.dump();
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

built_files find_built_files() {
  const auto program = std::filesystem::read_symlink("/proc/self/exe");
  const auto build = program.parent_path().parent_path();
  return {program, build / "lib" / "libkeycare_softskf.so", build / "plugins"};
}

stage::stage(const demo_options& how)
    : how_(how),
      told_(how.language == "en", how.json),
      clerk_(told_),
      shell_(console_of(how, told_), time_),
      files_(find_built_files()) {}

stage::~stage() {
  client_.reset();
  ra_.reset();
  std::error_code ignored;
  if (how_.keep.empty() && !folder_.empty()) std::filesystem::remove_all(folder_, ignored);
}

result<std::unique_ptr<stage>> stage::set(const demo_options& how) {
  std::unique_ptr<stage> out(new stage(how));
  if (auto ok = out->build(); !ok) return ok.error();
  return out;
}

result<void> stage::build() {
  if (how_.keep.empty()) {
    std::string pattern = (std::filesystem::temp_directory_path() / "keycare-demo.XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) return fail(KC_E_FAILED, "KC-FILE-UNWRITABLE", errno);
    folder_ = pattern;
  } else {
    folder_ = std::filesystem::absolute(how_.keep);
    if (std::filesystem::exists(folder_ / "ra")) return fail(KC_E_CONFLICT, "KC-DEMO-FOLDER-USED");
  }
  for (const char* name : {"", "tokens", "client"})
    if (auto ok = services::make_private_folder(folder_ / name); !ok) return ok;
  // A path is no secret. Before any other thread is there.
  setenv("KEYCARE_SOFTSKF_DIR", (folder_ / "tokens").c_str(), 1);

  auto ra = ra_process::start(files_.program, folder_ / "ra",
                              {"--review-by-hand", "--step-delay", "0", "--provider-delay", "0"});
  if (!ra) return ra.error();
  ra_ = *std::move(ra);
  if (auto ok = make_tokens(); !ok) return ok;
  return restart();
}

result<void> stage::make_tokens() {
  const services::secret pin(cast::pin);
  const services::secret admin(cast::admin_pin);
  order_at_counter order;
  order.name = "clerk";
  order.serial = "4B43000000000001";
  order.organisation = cast::company;
  order.account = cast::account;
  // 25 days and some hours: "25 days left", whatever the time of day.
  order.not_before = now() - 340 * day;
  order.not_after = now() + 25 * day + 6 * 3600;
  order.applicant = {{"id_type", "resident-id"},
                     {"id_number", cast::id_number},
                     {"name", cast::clerk},
                     {"phone", cast::phone},
                     {"email", cast::email}};
  auto first = hand_over(*ra_, files_.soft_skf, folder_ / "tokens", folder_ / "client" / "counter", order, pin, admin);
  if (!first) return first.error();
  token_ = *std::move(first);

  order.name = "late";
  order.serial = "4B43000000000002";
  order.organisation = cast::other_company;
  order.account = cast::other_account;
  order.not_before = now() - 400 * day;
  order.not_after = now() - 35 * day;
  auto second = hand_over(*ra_, files_.soft_skf, folder_ / "tokens", folder_ / "client" / "counter", order, pin, admin);
  if (!second) return second.error();
  ended_ = *std::move(second);
  return {};
}

services::config stage::client_config() const {
  services::config out;
  out.client.language = how_.language;
  out.client.hotline = "020-89524338, 13352819801";
  out.client.qq = "4008301330";
  for (const char* name : {"validity", "renewal", "unlock"})
    out.plugins.push_back(files_.plugins / (std::string(name) + ".json"));
  out.skf.push_back({"soft-skf", files_.soft_skf, services::ulong_width::automatic});
  services::endpoint_config ra;
  ra.url = ra_->url();
  ra.pinned = ra_->pinned();
  ra.open_origins.push_back(ra_->url());
  out.endpoints.emplace("ra", ra);
  out.data_dir = folder_ / "client";
  return out;
}

result<void> stage::restart() {
  client_.reset();
  auto opened = cli::client::open(client_config(), {clerk_, shell_, time_});
  if (!opened) return opened.error();
  client_ = *std::move(opened);
  return {};
}

result<nlohmann::json> stage::run(const std::string& plugin, const std::string& command, const nlohmann::json& input,
                                  const std::function<std::string(const std::string&)>& answers) {
  told_.typed(as_typed(plugin, command, without_secrets(input)));
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
    std::this_thread::sleep_for(std::chrono::seconds(std::clamp<std::int64_t>(after, 1, 3)));
  }
}

nlohmann::json stage::desk(std::string_view name, const nlohmann::json& body) {
  const auto answer = ra_->desk(name, body);
  if (answer) return *answer;
  const auto sentence = std::string(name) + ": " + answer.error().code + " " + answer.error().args;
  told_.expect(false, "网证通一方的操作成功: " + sentence, "the RA's own part succeeds: " + sentence);
  return {};
}

}  // namespace keycare::demo
