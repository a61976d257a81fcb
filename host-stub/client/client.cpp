// client.cpp - see client.hpp. Members stand in the order in which they are needed: the last made ends first.
#include "host-stub/client/client.hpp"

#include "host-stub/loader/version.hpp"
#include "host-stub/services/crypto/public_key.hpp"
#include "host-stub/services/secure/durable_file.hpp"
#include "host-stub/services/standard_services.hpp"
#include "host-stub/services/token/token_side.hpp"
#include "keycare/abi/all.h"

#include <atomic>
#include <cstdlib>
#include <mutex>
#include <set>

namespace keycare::host {
namespace {

digest sha256(std::span<const std::uint8_t> data) {
  return services::sha256(data);
}

/// What a plugin may ask of this host: every token permission, and the endpoints that are configured.
std::set<std::string, std::less<>> grantable(const services::config& settings) {
  std::set<std::string, std::less<>> out{"token.read", "token.sign", "token.write", "token.unlock"};
  for (const auto& [name, endpoint] : settings.endpoints) out.insert("net:" + name);
  return out;
}

/// The manifests of the plugin @p only (more than one when they quarrel about the id), or all of them when there is no
/// such plugin, so that whoever asked learns what there is and what is wrong with it.
std::vector<std::filesystem::path> manifests_of(const std::vector<std::filesystem::path>& all, std::string_view only) {
  std::vector<std::filesystem::path> out;
  if (!only.empty())
    for (const auto& file : all)
      if (const auto about = loader::read_manifest(file); about && about->id == only) out.push_back(file);
  return out.empty() ? all : out;
}

}  // namespace

struct client::parts {
  parts(services::config how, const surface& with)
      : settings(std::move(how)), prompt(with.prompt), time(with.time), qt(with.qt), shell{with.shell, settings, {}} {}

  services::config settings;
  services::pin_prompt& prompt;
  const services::time_source& time;
  std::optional<loader::qt_tag> qt;
  services::shell_context shell;
  std::mutex watching;  ///< Held while the event threads look at the plugins; outlives those threads.
  bool ending = false;
  std::function<void()> tell_tokens_changed;
  std::unique_ptr<services::log_sink> log;
  std::unique_ptr<services::database> records;
  std::unique_ptr<services::http_client> http;
  std::unique_ptr<services::token_side> tokens;
  std::vector<plugin> plugins;

  void tokens_changed();
  result<void> open_own();
  [[nodiscard]] services::standard_parts standard();
  std::vector<services::offered_service> offers();
  void load_plugins(std::string_view only);
  void start(plugin& one, const kc_plugin* table);
};

result<void> client::parts::open_own() {
  const auto& data = settings.data_dir;
  if (auto ok = services::make_private_folder(data); !ok) return ok;
  auto opened_log = services::open_log(data / "log", time);
  if (!opened_log) return opened_log.error();
  log = std::move(*opened_log);
  auto opened = services::database::open(data / "store");
  if (!opened) return opened.error();
  records = std::move(*opened);
  for (const char* folder : {"locks", "plugins"})
    if (auto ok = services::make_private_folder(data / folder); !ok) return ok;
  http = std::make_unique<services::http_client>(settings.endpoints, time, *log);
  tokens = std::make_unique<services::token_side>(settings, time, *log, prompt, shell.one_dialog);
  return {};
}

services::standard_parts client::parts::standard() {
  return {time,
          *log,
          *records,
          settings.data_dir / "locks",
          *http,
          [this](std::string_view endpoint, std::string_view role, octets_view cms) {
            return tokens->trust().verify_signed(endpoint, role, cms);
          },
          shell};
}

std::vector<services::offered_service> client::parts::offers() {
  auto out = services::core_services(standard());
  using identity = services::plugin_identity;
  out.push_back({KC_TOKEN_SERVICE, "token.read", [this](const identity& who) { return tokens->make_token(who); }});
  out.push_back({KC_SIGNING_SERVICE, "token.sign", [this](const identity& who) { return tokens->make_signing(who); }});
  out.push_back({KC_KEYS_SERVICE, "token.write", [this](const identity& who) { return tokens->make_keys(who); }});
  out.push_back({KC_PIN_SERVICE, "token.unlock", [this](const identity& who) { return tokens->make_pin(who); }});
  out.push_back({KC_CRYPTO_SERVICE, "", [this](const identity& who) { return tokens->make_crypto(who); }});
  return out;
}

void client::parts::start(plugin& one, const kc_plugin* table) {
  const services::plugin_identity who{
      one.about.id, one.about.version, {one.about.permissions.begin(), one.about.permissions.end()}};
  services::plugin_session::options how;
  how.language = settings.client.language;
  auto session = services::plugin_session::start(table, who, offers(), time, *log, how);
  if (session)
    one.session = std::move(*session);
  else
    one.refused = session.error();
}

void client::parts::load_plugins(std::string_view only) {
  loader::options how;
  how.host.abi = {KC_ABI_MAJOR, KC_ABI_MINOR};
  how.host.client_text = settings.client.version;
  if (const auto version = loader::parse_version(settings.client.version)) how.host.client = *version;
  how.host.granted = grantable(settings);
  how.sha256 = sha256;
  how.cache_dir = settings.data_dir / "plugins";
  how.qt = qt;
  for (auto& listed : loader::load_all(manifests_of(settings.plugins, only), how)) {
    plugin one;
    one.manifest_file = listed.manifest_file;
    if (listed.outcome) {
      one.about = listed.outcome->about;
      start(one, listed.outcome->table);
      if (qt && one.session && one.about.ui) {
        if (const auto pages = loader::load_ui(one.about, how))
          one.ui = *pages;
        else
          one.ui_refused = pages.error();
      }
    } else {
      one.refused = listed.outcome.error();
      if (auto about = loader::read_manifest(listed.manifest_file)) one.about = *std::move(about);
    }
    plugins.push_back(std::move(one));
  }
}

void client::parts::tokens_changed() {
  const std::lock_guard lock(watching);
  if (ending) return;
  for (const auto& one : plugins)
    if (one.session) one.session->token_changed("");
  if (tell_tokens_changed) tell_tokens_changed();
}

namespace {
std::atomic<bool> left_behind = false;
}  // namespace

client::client(std::unique_ptr<parts> made) : parts_(std::move(made)) {}

client::~client() {
  {
    const std::lock_guard lock(parts_->watching);
    parts_->ending = true;
  }
  // All sessions are told to end before any is waited for.
  for (auto& one : parts_->plugins)
    if (one.session) one.session->cancel_all();
  bool hung = false;
  for (auto& one : parts_->plugins)
    if (one.session && !one.session->stop()) hung = true;
  if (!hung) return;
  // A plugin that did not come back still uses store, log and tokens: they stay for as long as the process does.
  left_behind = true;
  (void)parts_.release();
}

bool client::anything_left_behind() noexcept {
  return left_behind;
}

result<std::unique_ptr<client>> client::open(services::config settings, const surface& with, std::string_view only) {
  auto made = std::make_unique<parts>(std::move(settings), with);
  if (auto ok = made->open_own(); !ok) return ok.error();
  made->load_plugins(only);
  auto* all = made.get();
  made->tokens->watch([all] { all->tokens_changed(); });
  return std::unique_ptr<client>(new client(std::move(made)));
}

const services::config& client::settings() const noexcept {
  return parts_->settings;
}
const std::vector<client::plugin>& client::plugins() const noexcept {
  return parts_->plugins;
}
services::token_registry& client::tokens() noexcept {
  return parts_->tokens->registry();
}

services::log_sink& client::log() noexcept {
  return *parts_->log;
}
std::vector<services::offered_service> client::ui_offers() {
  return services::ui_services(parts_->standard());
}
void client::on_tokens_changed(std::function<void()> tell) {
  const std::lock_guard lock(parts_->watching);
  parts_->tell_tokens_changed = std::move(tell);
}

services::plugin_session* client::find(std::string_view id) const noexcept {
  for (const auto& one : parts_->plugins)
    if (one.session && one.about.id == id) return one.session.get();
  return nullptr;
}

services::config default_config() {
  services::config out;
  const char* data = std::getenv("XDG_DATA_HOME");
  const char* home = std::getenv("HOME");
  out.data_dir = (data != nullptr && *data == '/' ? std::filesystem::path(data)
                  : home != nullptr               ? std::filesystem::path(home) / ".local/share"
                                                  : std::filesystem::path("/tmp")) /
                 "keycare";
  return out;
}

}  // namespace keycare::host
