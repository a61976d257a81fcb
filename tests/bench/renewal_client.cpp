// renewal_client.cpp - see renewal_client.hpp.
#include "renewal_client.hpp"

#include "timed_services.hpp"

#include "host-stub/cli/conversation.hpp"
#include "host-stub/demo/cast.hpp"
#include "host-stub/loader/loader.hpp"
#include "host-stub/loader/version.hpp"
#include "host-stub/services/crypto/public_key.hpp"
#include "host-stub/services/secure/durable_file.hpp"
#include "host-stub/services/shell/console.hpp"
#include "host-stub/services/standard_services.hpp"
#include "host-stub/services/token/token_side.hpp"
#include "keycare/abi/all.h"

#include <thread>

namespace keycare::bench {

namespace {

using namespace services;
using nlohmann::json;

class typist final : public pin_prompt {
public:
  result<secret> ask(const kc_call*, const prompt_view&) override { return secret(demo::cast::pin); }
  result<secret> ask_new(const kc_call*, const prompt_view&, const new_pin_policy&) override {
    return fail(KC_E_CANCELLED, "KC-PIN-CANCELLED");
  }
  void tell(const prompt_view&) override {}
};

template <class T>
T must(result<T> outcome, const char* what) {
  if (!outcome) throw cannot_measure(std::string(what) + ": " + outcome.error().code + " " + outcome.error().args);
  return *std::move(outcome);
}

console_options quiet() {
  console_options out;
  out.assume_yes = true;
  out.print = [](std::string_view) {};
  return out;
}

loader::loaded_plugin load_renewal(const config& settings, const std::set<std::string, std::less<>>& granted) {
  loader::options how;
  how.host.abi = {KC_ABI_MAJOR, KC_ABI_MINOR};
  how.host.client_text = settings.client.version;
  how.host.client = loader::parse_version(settings.client.version).value();
  how.host.granted = granted;
  how.sha256 = [](std::span<const std::uint8_t> data) { return sha256(data); };
  return must(loader::load(demo::find_built_files().plugins / "renewal.json", how), "the renewal plugin");
}

}  // namespace

struct renewal_client::parts {
  explicit parts(const demo::office& office)
      : settings(must(read_config(office.config_file()), "the configuration")),
        log(must(open_log(settings.data_dir / "log", time), "the log")),
        records(must(database::open(settings.data_dir / "store"), "the store")),
        http(settings.endpoints, time, *log),
        side(settings, time, *log, clerk, shell.one_dialog) {
    if (!make_private_folder(settings.data_dir / "locks")) throw cannot_measure("no folder for locks");
    const auto plugin = load_renewal(settings, {"token.read", "token.sign", "token.write", "token.unlock", "net:ra"});
    const plugin_identity who{
        plugin.about.id, plugin.about.version, {plugin.about.permissions.begin(), plugin.about.permissions.end()}};
    session = must(plugin_session::start(plugin.table, who, offers(), time, *log), "the plugin's session");
  }

  std::vector<offered_service> offers() {
    const signed_content verify = [this](std::string_view endpoint, std::string_view role, octets_view cms) {
      return side.trust().verify_signed(endpoint, role, cms);
    };
    auto out = core_services({time, *log, *records, settings.data_dir / "locks", http, verify, shell});
    for (auto& one : out)
      if (one.id == KC_HTTP_SERVICE)
        one.make = [inner = one.make, this](const plugin_identity& of) { return timed_http(inner(of), asking); };
    out.push_back({KC_TOKEN_SERVICE, "token.read", [this](const auto& of) { return side.make_token(of); }});
    out.push_back({KC_SIGNING_SERVICE, "token.sign", [this](const auto& of) { return side.make_signing(of); }});
    out.push_back({KC_KEYS_SERVICE, "token.write",
                   [this](const auto& of) { return timed_keys(side.make_keys(of), generating); }});
    out.push_back({KC_CRYPTO_SERVICE, "", [this](const auto& of) { return side.make_crypto(of); }});
    return out;
  }

  /// A command, and what is due at once after it.
  json run(const char* command, const json& input) {
    result<json> reply = json();
    whole += seconds_of([&] { reply = cli::converse(*session, command, input, "zh-CN", {}); });
    return must(std::move(reply), command).at("data");
  }
  /// Comes back as often as it takes; the waiting is nobody's time.
  void go_on(const json& order, const char* state) {
    for (int look = 0; look < 100; ++look) {
      if (run("continue", {{"order", order}}).at("order").at("state") == state) return;
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    throw cannot_measure(std::string("the order never became ") + state);
  }

  stopwatch asking = 0;
  stopwatch generating = 0;
  double whole = 0;
  config settings;
  system_time time;
  typist clerk;
  console screen{quiet(), time};
  shell_context shell{screen, settings, {}};
  std::unique_ptr<log_sink> log;
  std::unique_ptr<database> records;
  services::http_client http;
  token_side side;
  std::unique_ptr<plugin_session> session;
};

renewal_client::renewal_client(const demo::office& office) : parts_(std::make_unique<parts>(office)) {}
renewal_client::~renewal_client() = default;

client_time renewal_client::renew(demo::office& office, const demo::handed_over& token, const std::string& account) {
  auto& all = *parts_;
  namespace cast = demo::cast;
  all.asking = 0;
  all.generating = 0;
  all.whole = 0;
  const auto documents = all.run("agreement", json::object());
  const auto applied = all.run("apply", {{"token", token.token.serial},
                                         {"account", account},
                                         {"months", 12},
                                         {"accept_agreement", documents.at("agreement").at("sha256")},
                                         {"accept_personal_data", documents.at("personal_data").at("sha256")},
                                         {"acknowledge_bids", true},
                                         {"form",
                                          {{"id_type", "resident-id"},
                                           {"id_number", cast::id_number},
                                           {"name", cast::clerk},
                                           {"address", cast::address},
                                           {"phone", cast::phone},
                                           {"email", cast::email}}}});
  const auto order = applied.at("order").at("uuid");
  const auto paying = all.run("pay", {{"order", order},
                                      {"method", "wechat"},
                                      {"invoice",
                                       {{"kind", "enterprise"},
                                        {"title", cast::company},
                                        {"taxpayer_number", cast::taxpayer_number},
                                        {"email", cast::email}}}});
  const auto payment = paying.at("order").at("payments").back().at("uuid");
  (void)must(office.ra().desk("pay", {{"payment", payment}}), "the payment");
  all.go_on(order, "under-review");
  (void)must(office.ra().desk("review", {{"uuid", order}, {"decision", "approve"}}), "the review");
  all.go_on(order, "complete");
  constexpr double nanosecond = 1e-9;
  return {all.whole - nanosecond * static_cast<double>(all.asking), nanosecond * static_cast<double>(all.generating)};
}

}  // namespace keycare::bench
