// soft_host.cpp - makes the token, its certificate, the pinned folder and the services.
#include "tests/host-stub/services/token/soft_host.hpp"

#include "host-stub/services/crypto/public_key.hpp"
#include "keycare/sdk/statement.hpp"
#include "softskf_admin.hpp"

#include <cstdlib>
#include <fstream>

namespace keycare::test {

namespace {

constexpr std::string_view user_pin = "Test1357";
constexpr std::string_view admin_pin = "Admin2468";

void write(const std::filesystem::path& path, const std::string& text) {
  std::ofstream(path) << text;
}

}  // namespace

soft_host::soft_host() : soft_host(options{}) {}

soft_host::soft_host(const options& how) {
  const auto tokens = folder.path() / "plugged";
  std::filesystem::create_directories(tokens);
  setenv("KEYCARE_SOFTSKF_DIR", tokens.c_str(), 1);
  setenv("KEYCARE_SOFTSKF_FAULT", ("@" + (folder.path() / "faults").string()).c_str(), 1);
  faults("");
  soft_skf::token_spec spec;
  spec.name = "token";
  spec.scrypt_log2_n = 4;
  soft_skf::application_spec application;
  application.user_pin = user_pin;
  application.admin_pin = admin_pin;
  application.user_tries = how.user_tries;
  application.admin_tries = how.admin_tries;
  spec.applications.push_back(application);
  const auto made = soft_skf::create_token(tokens, spec);
  EXPECT_TRUE(made.ok());

  const auto pinned = folder.path() / "pinned";
  std::filesystem::create_directories(pinned);
  for (const char* name : {"root.pem", "encryption.pem", "receipt.pem"}) write(pinned / name, ca.pem());
  write(pinned / "unlock.pem", unlock_signer.pem());

  config configuration;
  configuration.data_dir = folder.path() / "data";
  configuration.skf.push_back({"soft", how.library, ulong_width::automatic});
  configuration.endpoints["ra"].pinned = pinned;
  side = std::make_unique<token_side>(configuration, time, log, prompt, one_dialog);
  token_service = side->make_token(plugin);
  signing_service = side->make_signing(plugin);
  keys_service = side->make_keys(plugin);
  pin_service = side->make_pin(plugin);
  crypto_service = side->make_crypto(plugin);

  const auto there = side->registry().tokens(call.abi());
  if (!there || there->size() != 1) {
    ADD_FAILURE() << "no token";
    return;
  }
  token = there->front().token;
  const auto issued = logged_in<octets>([this](token_session& session) -> result<octets> {
    if (auto ok = session.create_container("KEYCARE", "OLD"); !ok) return ok.error();
    const auto key = session.generate("KEYCARE", "OLD", "rsa-2048");
    if (!key) return key.error();
    const auto der = ca.issue(*key, "张三");
    if (auto ok = session.import_certificate({"KEYCARE", "OLD", key_usage::sign}, der); !ok) return ok.error();
    return der;
  });
  if (!issued) {
    ADD_FAILURE() << issued.error().code << ' ' << std::hex << issued.error().native;
    return;
  }
  certificate = old_certificate();
}

soft_host::~soft_host() {
  faults("");
  for (auto* each : {&token_service, &signing_service, &keys_service, &pin_service, &crypto_service}) each->reset();
  side.reset();
}

void soft_host::faults(const std::string& items) const {
  write(folder.path() / "faults", items);
}
void soft_host::unplug() const {
  EXPECT_TRUE(soft_skf::unplug(folder.path() / "plugged", "token").ok());
}
void soft_host::plug() const {
  EXPECT_TRUE(soft_skf::plug(folder.path() / "plugged", "token").ok());
}

certificate_info soft_host::old_certificate() {
  const auto all = client<token_client>(*token_service).certificates(*call.abi(), token);
  if (all)
    for (const auto& one : *all)
      if (one.container == "OLD") return one;
  ADD_FAILURE() << "no certificate in OLD";
  return {};
}

std::string soft_host::statement(const std::string& type, const nlohmann::json& more) const {
  auto doc = statement::make({type, "test-ra", order, 1, "supplier-1", token.manufacturer, token.serial,
                              hex(certificate.sha256), time.wall_seconds()});
  if (more.is_object()) doc.update(more);
  const auto text = statement::canonical(doc);
  return text ? *text : std::string{};
}

result<kc_grant> soft_host::grant(std::initializer_list<operation> operations) {
  return client<signing_client>(*signing_service)
      .open(*call.abi(), token, certificate.sha256, "renewal.test", order, operations);
}

int soft_host::tries_left(pin_kind kind) {
  auto device = side->registry().open(call.abi(), token);
  if (!device) return -1;
  const auto pin =
      side->registry().act<pin_state>(call.abi(), *device, std::chrono::seconds(10), device_effect::reads,
                                      [kind](token_session& session) { return session.pin("KEYCARE", kind); });
  return pin ? pin->remaining.value_or(-1) : -1;
}

}  // namespace keycare::test
