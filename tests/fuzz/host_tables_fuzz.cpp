// host_tables_fuzz.cpp - the host's own tables, called as no good plugin would: any order, any structure, any thread.
#include "host-stub/services/call.hpp"
#include "host-stub/services/crypto/crypto_service.hpp"
#include "host-stub/services/host.hpp"
#include "host-stub/services/http/http_service.hpp"
#include "host-stub/services/keys/keys_service.hpp"
#include "host-stub/services/log/log_service.hpp"
#include "host-stub/services/pin/pin_service.hpp"
#include "host-stub/services/shell/shell_service.hpp"
#include "host-stub/services/signing/signing_service.hpp"
#include "host-stub/services/store/database.hpp"
#include "host-stub/services/store/store_service.hpp"
#include "host-stub/services/threads.hpp"
#include "host-stub/services/token/token_service.hpp"
#include "keycare/abi/all.h"
#include "lent.hpp"
#include "promises.hpp"

#include <filesystem>

using namespace keycare;
using namespace keycare::services;

namespace {

class no_log final : public log_sink {
public:
  using log_sink::log_sink;

protected:
  void line(log_level, bool, const std::string&) override {}
};

class no_prompt final : public pin_prompt {
public:
  result<secret> ask(const kc_call*, const prompt_view&) override { return fail(KC_E_CANCELLED, "KC-PIN-CANCELLED"); }
  result<secret> ask_new(const kc_call*, const prompt_view&, const new_pin_policy&) override {
    return fail(KC_E_CANCELLED, "KC-PIN-CANCELLED");
  }
  void tell(const prompt_view&) override {}
};

class quiet_shell final : public shell_port {
public:
  [[nodiscard]] bool has_window() const override { return false; }
  result<bool> confirm(const kc_call*, const std::string& title, const std::string& body) override {
    fuzz::must(fuzz::is_utf8(title) && fuzz::is_utf8(body), "what is shown is UTF-8");
    return true;
  }
  result<void> notify(const std::string&, const std::string&) override { return {}; }
  result<void> open_url(const std::string& url) override {
    fuzz::must(url.starts_with("https://pay.example"), "only pages of the host's list are opened");
    return {};
  }
  result<void> show_page(const std::string&) override { return {}; }
};

std::filesystem::path scratch() {
  auto name = (std::filesystem::temp_directory_path() / "keycare-fuzz-XXXXXX").string();
  fuzz::must(::mkdtemp(name.data()) != nullptr, "there is a scratch folder");
  return name;
}

/// A host without tokens and without a network, which lives as long as the process.
struct world {
  std::filesystem::path folder = scratch();
  manual_time time;
  no_log log{time};
  token_registry registry{time, log, folder};
  quiet_shell port;
  config settings;
  shell_context shell{port, settings, {}};
  no_prompt prompt;
  pin_dialog dialog{prompt, shell.one_dialog};
  grant_table grants{registry, dialog, time, log};
  trust_store trust{{{"ra", folder}}};
  std::unique_ptr<unlock_journal> journal = make_file_journal(folder / "journal");
  std::unique_ptr<database> records = *database::open(folder / "store");
  http_client client{{}, time, log};
  plugin_identity who{"fuzz", "1.0.0", {"token.read", "token.sign", "token.write", "token.unlock", "net:ra"}};
  std::unique_ptr<host_table> host;

  world() {
    settings.endpoints["ra"] = {"https://ra.example", folder, {"https://pay.example"}};
    std::vector<offered_service> offers;
    const auto offer = [&](const char* id, const char* permission, service_factory make) {
      offers.push_back({id, permission, std::move(make)});
    };
    offer(KC_TOKEN_SERVICE, "token.read", [this](const auto& id) { return make_token_service(registry, id); });
    offer(KC_SIGNING_SERVICE, "token.sign", [this](const auto& id) { return make_signing_service(grants, time, id); });
    offer(KC_KEYS_SERVICE, "token.write", [this](const auto& id) { return make_keys_service(registry, grants, id); });
    offer(KC_PIN_SERVICE, "token.unlock", [this](const auto& id) {
      return make_pin_service({registry, dialog, trust, *journal, time, log}, id);
    });
    offer(KC_CRYPTO_SERVICE, "", [this](const auto& id) { return make_crypto_service(trust, id); });
    offer(KC_STORE_SERVICE, "", [this](const auto& id) { return make_store_service(*records, folder, id); });
    offer(KC_HTTP_SERVICE, "net:", [this](const auto& id) { return make_http_service(client, {}, id); });
    offer(KC_SHELL_SERVICE, "", [this](const auto& id) { return make_shell_service(shell, id); });
    offer(KC_LOG_SERVICE, "", [this](const auto& id) { return make_log_service(log, id); });
    host = std::make_unique<host_table>(who, std::move(offers), log);
  }

  template <class Table>
  const Table& find(const char* id) {
    const kc_table* out = nullptr;
    fuzz::must(host->abi()->service(host->abi(), id, 0, sizeof(Table), &out, nullptr) == KC_OK, "a table is there");
    return *reinterpret_cast<const Table*>(out);
  }
};

void octets_sink(void*, const std::uint8_t* data, std::size_t size) {
  fuzz::must(data != nullptr || size == 0, "a sink gets what it is told");
}

kc_token_ref some_token(fuzz::lender& lend) {
  return {lend.word({"Maker"}), lend.word({"A1"})};
}

void answered(kc_status status, const kc_error* why) {
  fuzz::must(status >= KC_OK && status <= KC_E_BUSY, "a status is one of the contract's");
  if (status == KC_OK || why == nullptr || why->size < sizeof(kc_error)) return;
  const auto read = read_error(status, *why);
  fuzz::check_error(read);
  fuzz::must(read.code != "KC-HOST-BUG", "no exception reaches the border");
}

void call_signing(world& w, fuzz::input& in, fuzz::lender& lend, const kc_call* call, kc_grant& grant) {
  const auto& t = w.find<kc_signing_service>(KC_SIGNING_SERVICE);
  auto* why = lend.error();
  switch (in.pick(5)) {
    case 0: {
      auto full = sized<kc_grant_request>();
      full.token = some_token(lend);
      full.purpose = lend.word({"renewal.apply"});
      full.order = lend.word({"8d4e5b0e-8a30-4b9f-9d0c-2f6b8f1f7a11", ""});
      return answered(t.prepare(&t, lend.structure(full), in.pick(8) == 0 ? nullptr : &grant, why), why);
    }
    case 1: {
      auto full = sized<kc_operation>();
      full.kind = lend.word({"sign", "sign-new", "create", "generate", "install", "prove"});
      full.object = lend.word({"apply", "confirm", "KC1-test-1"});
      full.statement = lend.bytes();
      return answered(t.add(&t, grant, lend.structure(full), why), why);
    }
    case 2:
      return answered(t.open(&t, call, grant, why), why);
    case 3:
      return answered(
          t.sign(&t, call, grant, lend.text(), lend.bytes(), in.pick(8) == 0 ? nullptr : &octets_sink, nullptr, why),
          why);
    default:
      return t.close(&t, in.flag() ? grant : in.number(8));
  }
}

void call_keys(world& w, fuzz::input& in, fuzz::lender& lend, const kc_call* call, kc_grant grant) {
  const auto& t = w.find<kc_keys_service>(KC_KEYS_SERVICE);
  auto* why = lend.error();
  const auto container = lend.word({"KC1-test-1", "KC1-"});
  auto full = sized<kc_bundle>();
  full.signing_certificate = lend.bytes();
  full.encryption_certificate = lend.bytes();
  full.envelope_format = lend.word({"gmt0016-rsa"});
  const auto token = some_token(lend);
  const digest certificate{};
  switch (in.pick(5)) {
    case 0:
      return answered(t.inspect(
                          &t, call, in.pick(8) == 0 ? nullptr : &token, certificate.data(), container,
                          [](void*, const kc_container_info*) {}, nullptr, why),
                      why);
    case 1:
      return answered(t.create(&t, call, grant, container, why), why);
    case 2:
      return answered(t.generate(&t, call, grant, container, lend.word({"rsa-2048"}), &octets_sink, nullptr, why), why);
    case 3:
      return answered(t.install(&t, call, grant, container, lend.structure(full), why), why);
    default:
      return answered(t.prove(&t, call, grant, container, lend.structure(full), why), why);
  }
}

void call_pin(world& w, fuzz::input& in, fuzz::lender& lend, const kc_call* call) {
  const auto& t = w.find<kc_pin_service>(KC_PIN_SERVICE);
  auto* why = lend.error();
  const auto token = some_token(lend);
  const auto* lent = in.pick(8) == 0 ? nullptr : &token;
  const digest certificate{};
  kc_unlock unlock = 0;
  switch (in.pick(4)) {
    case 0:
      return answered(t.state(
                          &t, call, lent, lend.text(), [](void*, const kc_pin_state*) {}, nullptr, why),
                      why);
    case 1:
      return answered(t.change(&t, call, lent, lend.text(), why), why);
    case 2:
      return answered(t.unlock_begin(&t, call, lent, in.flag() ? certificate.data() : nullptr, lend.text(), &unlock,
                                     &octets_sink, nullptr, why),
                      why);
    default:
      return answered(t.unlock_finish(&t, call, in.number(1), lend.bytes(), &octets_sink, nullptr, why), why);
  }
}

void call_crypto(world& w, fuzz::input& in, fuzz::lender& lend) {
  const auto& t = w.find<kc_crypto_service>(KC_CRYPTO_SERVICE);
  auto* why = lend.error();
  std::uint8_t out[32] = {};
  auto* place = in.pick(8) == 0 ? nullptr : out;
  switch (in.pick(6)) {
    case 0:
      return answered(t.sha256(&t, lend.bytes(), place, why), why);
    case 1:
      return answered(t.random(&t, place, in.pick(33), why), why);
    case 2:
      return answered(t.parse_certificate(
                          &t, lend.bytes(), [](void*, const kc_certificate_info*) {}, nullptr, why),
                      why);
    case 3:
      return answered(t.verify_certificate(&t, lend.word({"ra"}), lend.bytes(), lend.bytes(),
                                           static_cast<std::int64_t>(in.number(8)), why),
                      why);
    case 4:
      return answered(t.verify_signed(&t, lend.word({"ra"}), lend.word({"receipt", "time", "unlock"}), lend.bytes(),
                                      &octets_sink, nullptr, why),
                      why);
    default:
      return answered(t.seal(&t, lend.word({"ra"}), lend.bytes(), &octets_sink, nullptr, why), why);
  }
}

void call_store(world& w, fuzz::input& in, fuzz::lender& lend) {
  const auto& t = w.find<kc_store_service>(KC_STORE_SERVICE);
  auto* why = lend.error();
  const auto key = lend.word({"a", "b"});
  kc_lock lock = 0;
  switch (in.pick(4)) {
    case 0:
      return answered(t.get(
                          &t, key, [](void*, std::uint64_t, const std::uint8_t*, std::size_t) {}, nullptr, why),
                      why);
    case 1:  // reads only: a write waits for the disk
      return answered(t.list(
                          &t, key, [](void*, kc_str, std::uint64_t) {}, nullptr, why),
                      why);
    case 2:
      return answered(t.put_if(&t, key, 77, lend.bytes(), nullptr, why), why);
    default:
      answered(t.lock(&t, borrow("a"), in.pick(8) == 0 ? nullptr : &lock, why), why);
      return t.unlock(&t, in.flag() ? lock : in.number(8));
  }
}

void call_others(world& w, fuzz::input& in, fuzz::lender& lend, const kc_call* call) {
  auto* why = lend.error();
  switch (in.pick(6)) {
    case 0: {
      const auto& t = w.find<kc_http_service>(KC_HTTP_SERVICE);
      auto full = sized<kc_http_request>();
      full.endpoint = lend.word({"ra"});
      full.method = lend.word({"GET", "PUT"});
      full.path = lend.text();
      full.bearer = lend.text();
      full.body = lend.bytes();
      return answered(t.send(
                          &t, call, lend.structure(full), [](void*, const kc_http_response*) {}, nullptr, why),
                      why);
    }
    case 1: {
      const auto& t = w.find<kc_shell_service>(KC_SHELL_SERVICE);
      std::int32_t yes = 0;
      return answered(t.confirm(&t, call, lend.text(), lend.text(), &yes, why), why);
    }
    case 2: {
      const auto& t = w.find<kc_shell_service>(KC_SHELL_SERVICE);
      return answered(t.open_url(&t, lend.word({"ra"}), lend.word({"https://pay.example/x"}), why), why);
    }
    case 3: {
      const auto& t = w.find<kc_log_service>(KC_LOG_SERVICE);
      return t.write(&t, static_cast<std::uint32_t>(in.number(1)), lend.text(), lend.text());
    }
    case 4: {
      const auto& t = w.find<kc_token_service>(KC_TOKEN_SERVICE);
      const auto token = some_token(lend);
      return answered(
          t.certificates(
              &t, call, in.flag() ? &token : nullptr, [](void*, const kc_certificate_info*) {}, nullptr, why),
          why);
    }
    default: {
      const auto* host = w.host->abi();
      const kc_table* out = nullptr;
      const auto id = in.text();
      const auto minor = static_cast<std::uint16_t>(in.number(2));
      answered(host->service(host, in.pick(8) == 0 ? nullptr : id.c_str(), minor,
                             static_cast<std::uint32_t>(in.number(4)), in.pick(8) == 0 ? nullptr : &out, why),
               why);
      return host->misuse(host, lend.text());
    }
  }
}

}  // namespace

FUZZ(host_tables) {
  static auto& w = *new world;  // its threads and files end with the process
  fuzz::input in(data);
  services::call good;
  kc_grant grant = 0;
  for (int turn = 0; turn < 12 && !in.empty(); ++turn) {
    const auto how = in.octet();
    const thread_role_scope role((how & 0xF0U) == 0   ? thread_role::none
                                 : (how & 0x10U) != 0 ? thread_role::query
                                                      : thread_role::worker);
    fuzz::lender lend(in);
    const auto* call = (how & 0x08U) != 0 ? nullptr : good.abi();
    switch (how % 6) {
      case 0:
        call_signing(w, in, lend, call, grant);
        break;
      case 1:
        call_keys(w, in, lend, call, grant);
        break;
      case 2:
        call_pin(w, in, lend, call);
        break;
      case 3:
        call_crypto(w, in, lend);
        break;
      case 4:
        call_store(w, in, lend);
        break;
      default:
        call_others(w, in, lend, call);
    }
  }
  w.grants.close_all(w.who);
}
