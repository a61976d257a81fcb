// token_side.cpp - the order of construction and destruction of what touches tokens.
#include "host-stub/services/token/token_side.hpp"

#include "host-stub/services/crypto/crypto_service.hpp"
#include "host-stub/services/keys/keys_service.hpp"
#include "host-stub/services/pin/pin_service.hpp"
#include "host-stub/services/signing/signing_service.hpp"
#include "host-stub/services/token/pkcs11/p11_kit.hpp"
#include "host-stub/services/token/token_service.hpp"

#include <algorithm>

namespace keycare::services {

namespace {

std::map<std::string, std::filesystem::path> pinned_folders(const config& configuration) {
  std::map<std::string, std::filesystem::path> out;
  for (const auto& [name, endpoint] : configuration.endpoints) out.emplace(name, endpoint.pinned);
  return out;
}

/// What the system's files name and the configuration does not.
std::vector<pkcs11_config> of_the_system(const std::vector<pkcs11_config>& configured) {
  auto out = pkcs11::system_modules({}, "keycare-host");
  std::erase_if(out, [&](const pkcs11_config& one) {
    return std::any_of(configured.begin(), configured.end(), [&](const auto& other) { return other.path == one.path; });
  });
  return out;
}

}  // namespace

/// Members go in the reverse order: the event threads (in the registry's destructor) would wake dead grants, so the
/// destructor stops them first.
struct token_side::parts {
  parts(const config& configuration, const time_source& clock, log_sink& sink, pin_prompt& prompt,
        std::mutex& one_dialog)
      : time(clock),
        log(sink),
        trust(pinned_folders(configuration)),
        journal(make_file_journal(configuration.data_dir / "tokens")),
        dialog(prompt, one_dialog),
        registry(clock, sink, configuration.data_dir / "tokens" / "locks"),
        grants(registry, dialog, clock, sink) {}

  const time_source& time;
  log_sink& log;
  trust_store trust;
  std::unique_ptr<unlock_journal> journal;
  pin_dialog dialog;
  token_registry registry;
  grant_table grants;
};

token_side::token_side(const config& configuration, const time_source& time, log_sink& log, pin_prompt& prompt,
                       std::mutex& one_dialog)
    : parts_(std::make_unique<parts>(configuration, time, log, prompt, one_dialog)) {
  const auto remembered = configuration.data_dir / "tokens" / "modules";
  parts_->registry.load(configuration.skf, remembered);
  parts_->registry.load(configuration.pkcs11, remembered);
  if (configuration.p11_kit) parts_->registry.load(of_the_system(configuration.pkcs11), remembered);
}

token_side::~token_side() {
  parts_->registry.stop_watching();
}

void token_side::watch(std::function<void()> changed) {
  if (changed) parts_->registry.on_written(changed);
  parts_->registry.watch([this, changed = std::move(changed)] {
    parts_->grants.tokens_changed();
    if (changed) changed();
  });
}

std::unique_ptr<service> token_side::make_token(const plugin_identity& plugin) {
  return make_token_service(parts_->registry, plugin);
}
std::unique_ptr<service> token_side::make_signing(const plugin_identity& plugin) {
  return make_signing_service(parts_->grants, parts_->time, plugin);
}
std::unique_ptr<service> token_side::make_keys(const plugin_identity& plugin) {
  return make_keys_service(parts_->registry, parts_->grants, plugin);
}
std::unique_ptr<service> token_side::make_pin(const plugin_identity& plugin) {
  return make_pin_service(
      {parts_->registry, parts_->dialog, parts_->trust, *parts_->journal, parts_->time, parts_->log}, plugin);
}
std::unique_ptr<service> token_side::make_crypto(const plugin_identity& plugin) {
  return make_crypto_service(parts_->trust, plugin);
}

token_registry& token_side::registry() noexcept {
  return parts_->registry;
}
const trust_store& token_side::trust() const noexcept {
  return parts_->trust;
}

}  // namespace keycare::services
