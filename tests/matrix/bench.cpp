// bench.cpp - everything through the services; the token's certificate alone is put there as a CA's counter would.
#include "bench.hpp"

#include "host-stub/services/crypto/public_key.hpp"
#include "keycare/sdk/statement.hpp"
#include "tests/host-stub/services/pin/test_ra.hpp"

#include <cctype>
#include <fstream>
#include <sstream>

namespace keycare::test {

namespace {

constexpr const char* works = "works";
constexpr const char* order = "8d4e5b0e-8a30-4b9f-9d0c-2f6b8f1f7a11";
constexpr const char* old_container = "OLD";
constexpr const char* wrong_pin = "Wrong999";
constexpr int most_wrong = 12;

std::string said(const error& why) {
  std::ostringstream out;
  // Without a code of the library's it is the host's back end that does not do it, and the token was not asked.
  const char* unsupported = why.native > 0 ? "not supported by the token" : "not supported";
  out << (why.status == KC_E_UNSUPPORTED ? unsupported : "fails") << " (`" << why.code << "`";
  if (why.native > 0) out << ", 0x" << std::hex << why.native;
  out << ')';
  return out.str();
}
std::string at(const std::string& step, const error& why) {
  return step + ": " + said(why);
}

/// What a state shows to people.
std::string shown(const pin_state& pin) {
  if (pin.locked()) return "locked";
  if (pin.remaining) return std::to_string(*pin.remaining) + " left";
  return (pin.flags & KC_PIN_COUNT_LOW) != 0 ? "\"few left\"" : "nothing";
}
/// One thing after the other; what repeats itself is said once.
std::string one_by_one(const std::vector<std::string>& all) {
  std::string out;
  for (std::size_t from = 0; from < all.size();) {
    auto to = from;
    while (to < all.size() && all[to] == all[from]) ++to;
    out += (out.empty() ? "" : ", ") + all[from];
    if (to - from > 1) out += " (" + std::to_string(to - from) + " times)";
    from = to;
  }
  return out;
}

/// A host with the stand's library. One after the other may live in a process: the next is a client's restart.
class host {
public:
  host(const stand& with, const std::filesystem::path& folder, const test_ca& ca, const test_ca& unlock_signer)
      : application_(with.application()) {
    const auto pinned = folder / "pinned";
    std::filesystem::create_directories(pinned);
    for (const char* name : {"root.pem", "encryption.pem", "receipt.pem"}) std::ofstream(pinned / name) << ca.pem();
    std::ofstream(pinned / "unlock.pem") << unlock_signer.pem();
    config settings;
    settings.data_dir = folder / "data";
    settings.endpoints["ra"].pinned = pinned;
    with.configure(settings);
    side_ = std::make_unique<token_side>(settings, time_, log_, prompt, one_dialog_);
    token_ = side_->make_token(plugin_);
    signing_ = side_->make_signing(plugin_);
    keys_ = side_->make_keys(plugin_);
    pin_ = side_->make_pin(plugin_);
  }
  ~host() {
    for (auto* each : {&token_, &signing_, &keys_, &pin_}) each->reset();
    side_.reset();
  }

  [[nodiscard]] const kc_call& call() const { return *call_.abi(); }
  [[nodiscard]] token_client tokens() const { return soft_host::client<token_client>(*token_); }
  [[nodiscard]] signing_client signing() const { return soft_host::client<signing_client>(*signing_); }
  [[nodiscard]] keys_client keys() const { return soft_host::client<keys_client>(*keys_); }
  [[nodiscard]] pin_client pin() const { return soft_host::client<pin_client>(*pin_); }
  [[nodiscard]] std::int64_t now() const { return time_.wall_seconds(); }

  /// A pair and its certificate in OLD, by the back end itself.
  result<octets> certify(const token_ref& token, const test_ca& ca) {
    auto device = side_->registry().open(call_.abi(), token);
    if (!device) return device.error();
    return side_->registry().act<octets>(
        call_.abi(), *device, std::chrono::seconds(60), device_effect::writes,
        [&ca, application = application_](token_session& session) -> result<octets> {
          if (auto ok = session.verify_pin(application, pin_kind::user, secret(pins::user)); !ok) return ok.error();
          if (auto ok = session.create_container(application, old_container); !ok) return ok.error();
          const auto key = session.generate(application, old_container, "rsa-2048");
          if (!key) return key.error();
          const auto der = ca.issue(*key, "张三");
          if (auto ok = session.import_certificate({application, old_container, key_usage::sign}, der); !ok)
            return ok.error();
          session.logout(application);
          return der;
        });
  }

  scripted_prompt prompt;

private:
  system_time time_;
  memory_log log_{time_};
  std::mutex one_dialog_;
  plugin_identity plugin_{"renewal", "1.0.0", {"token.read", "token.sign", "token.write", "token.unlock"}};
  services::call call_;
  thread_role_scope role_{thread_role::worker};
  std::string application_;
  std::unique_ptr<token_side> side_;
  std::unique_ptr<service> token_, signing_, keys_, pin_;
};

class bench {
public:
  bench(stand& with, std::filesystem::path folder) : stand_(with), folder_(std::move(folder)) { start(); }

  observations everything() {
    see("the token is listed, as made by", [this] { return list(); });
    see("its certificate is listed; the key, before the PIN", [this] { return certificate(); });
    see("a grant signs a statement (CMS, verified)", [this] { return signs(); });
    for (const char* algorithm : {"rsa-2048", "rsa-3072", "ec-p256", "sm2"})
      see(std::string("a new ") + algorithm + " key: request, certificate, proof, confirmation",
          [this, algorithm] { return renew(algorithm); });
    see("an unfinished key is reaped", [this] { return reap(); });
    see("the PIN is changed", [this] { return change(); });
    see("taken out and put back", [this] { return unplug(); });
    see("tries: where the figures come from", [this] { return source(); });
    see("a forgotten PIN is set by the RA's right",
        [this] { return redeem("11111111-2222-4333-8444-555555555555", "Neu84027"); });
    see("wrong PINs one after the other", [this] { return lock(); });
    see("then the right PIN", [this] { return right_pin(); });
    see("the same after a restart of the client", [this] {
      start();
      return right_pin();
    });
    see("the lock is opened by the RA's right", [this] {
      return locked_ ? redeem("22222222-2222-4333-8444-555555555555", "Neu84028") : std::string("nothing was locked");
    });
    return std::move(seen_);
  }

private:
  void see(const std::string& what, const std::function<std::string()>& act) {
    host_->prompt.answers.clear();
    seen_.emplace_back(what, act());
  }
  /// A client's start: nothing is known of what was before.
  void start() {
    host_.reset();
    stand_.forget();
    host_ = std::make_unique<host>(stand_, folder_, ca_, unlock_signer_);
  }

  result<kc_grant> grant(std::initializer_list<operation> operations, std::string pin) {
    host_->prompt.answers = {std::move(pin)};
    auto opened = host_->signing().open(host_->call(), token_, certificate_.sha256, "renewal.test", order, operations);
    host_->prompt.answers.clear();
    return opened;
  }
  result<kc_grant> grant(std::initializer_list<operation> operations) { return grant(operations, pin_); }

  std::string statement(const std::string& type, const nlohmann::json& more = {}) const {
    auto doc = statement::make({type, "test-ra", order, 1, "supplier-1", token_.manufacturer, token_.serial,
                                hex(certificate_.sha256), host_->now()});
    if (more.is_object()) doc.update(more);
    const auto text = statement::canonical(doc);
    return text ? *text : std::string{};
  }

  std::string list() {
    const auto there = host_->tokens().tokens(host_->call());
    if (!there) return said(there.error());
    if (there->size() != 1) return "fails: " + std::to_string(there->size()) + " tokens";
    token_ = there->front().token;
    return "\"" + token_.manufacturer + "\"";
  }

  std::string certificate() {
    if (const auto made = host_->certify(token_, ca_); !made) return at("the counter", made.error());
    const auto there = host_->tokens().certificates(host_->call(), token_);
    if (!there) return said(there.error());
    if (there->size() != 1) return "fails: " + std::to_string(there->size()) + " certificates";
    certificate_ = there->front();
    switch (certificate_.private_key) {
      case KC_KEY_PRESENT:
        return "works; present";
      case KC_KEY_ABSENT:
        return "fails: said to be absent";
      default:
        return "works; unknown";
    }
  }

  std::string signs() { return signs_with(pin_); }
  std::string signs_with(const std::string& pin) {
    const auto one = grant({{KC_OP_SIGN, "withdraw", {}}}, pin);
    if (!one) return said(one.error());
    const auto text = statement("withdraw");
    const auto cms = host_->signing().sign(host_->call(), *one, "", bytes_of(text));
    host_->signing().close(*one);
    if (!cms) return at("the signature", cms.error());
    return signed_content(*cms, certificate_.der) == text ? works : "fails: the signature is not over the statement";
  }

  std::string renew(const std::string& algorithm) {
    const auto& call = host_->call();
    const auto keys = host_->keys();
    std::string container = "KC1-" + algorithm;
    for (auto& c : container) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    const auto making = grant({{KC_OP_CREATE, container, {}}, {KC_OP_GENERATE, container, {}}});
    if (!making) return at("the grant", making.error());
    if (auto ok = keys.create(call, *making, container); !ok) return at("the container", ok.error());
    const auto key = keys.generate(call, *making, container, algorithm);
    host_->signing().close(*making);
    if (!key) return said(key.error());
    const auto asking = grant({{KC_OP_REQUEST, container, {}}});
    if (!asking) return at("the second grant", asking.error());
    const auto request = keys.request(call, *asking, container);
    if (!request) return at("the request", request.error());
    if (!is_request_for(*request, *key)) return "fails: the request is not for the key";
    const bundle issued{ca_.issue(*key, "张三", 365), {}, {}, {}};
    const auto installing =
        grant({{KC_OP_INSTALL, container, {}}, {KC_OP_PROVE, container, {}}, {KC_OP_SIGN_NEW, "confirm", {}}});
    if (!installing) return at("the third grant", installing.error());
    if (auto ok = keys.install(call, *installing, container, issued); !ok) return at("the certificate", ok.error());
    if (auto ok = keys.prove(call, *installing, container, issued); !ok) return at("the proof", ok.error());
    const auto text = statement("confirm", {{"signing_certificate_sha256", hex(sha256(issued.signing_certificate))}});
    const auto cms = host_->signing().sign(call, *installing, container, bytes_of(text));
    host_->signing().close(*installing);
    if (!cms) return at("the confirmation", cms.error());
    if (signed_content(*cms, issued.signing_certificate) != text) return "fails: the confirmation does not verify";
    const auto there = keys.inspect(call, token_, certificate_.sha256, container);
    if (!there) return at("looking again", there.error());
    if (there->state != KC_CONTAINER_CERTIFIED || there->algorithm != algorithm) return "fails: it is not there";
    // A certified container is nobody's to reap.
    const auto reaping = grant({{KC_OP_REAP, container, {}}});
    if (!reaping) return at("the fourth grant", reaping.error());
    const auto reaped = keys.reap(call, *reaping, container);
    host_->signing().close(*reaping);
    return !reaped && reaped.error().status == KC_E_CONFLICT ? works : "fails: a certified key was reaped";
  }
  static bool is_request_for(octets_view der, octets_view key) {
    const unsigned char* from = der.data();
    const request_ptr request(d2i_X509_REQ(nullptr, &from, static_cast<long>(der.size())));
    if (!request || X509_REQ_verify(request.get(), X509_REQ_get0_pubkey(request.get())) != 1) return false;
    const auto made_for = der_of(i2d_PUBKEY, X509_REQ_get0_pubkey(request.get()));
    return std::equal(made_for.begin(), made_for.end(), key.begin(), key.end());
  }

  std::string reap() {
    const auto& call = host_->call();
    const char* container = "KC1-UNFINISHED";
    const auto one =
        grant({{KC_OP_CREATE, container, {}}, {KC_OP_GENERATE, container, {}}, {KC_OP_REAP, container, {}}});
    if (!one) return at("the grant", one.error());
    if (auto ok = host_->keys().create(call, *one, container); !ok) return at("the container", ok.error());
    if (auto ok = host_->keys().generate(call, *one, container, "rsa-2048"); !ok) return at("the key", ok.error());
    const auto reaped = host_->keys().reap(call, *one, container);
    host_->signing().close(*one);
    if (!reaped) return said(reaped.error());
    const auto there = host_->keys().inspect(call, token_, certificate_.sha256, container);
    if (!there) return at("looking again", there.error());
    return there->public_key.empty() ? works : "fails: it is still there";
  }

  std::string change() {
    const auto to = [this](const std::string& next) {
      host_->prompt.answers = {pin_, next};
      auto outcome = host_->pin().change(host_->call(), token_, stand_.application());
      if (outcome) pin_ = next;
      return outcome;
    };
    if (auto ok = to("Neu84020"); !ok) return said(ok.error());
    if (const auto signature = signs(); signature != works) return "with the new one: " + signature;
    const auto old = signs_with(std::string(pins::user));
    if (old == works) return "fails: the old one is still good";
    if (auto ok = to(std::string(pins::user)); !ok) return at("back again", ok.error());
    return signs();
  }

  std::string unplug() {
    if (!stand_.can_unplug()) return "cannot be played";
    stand_.unplug();
    const auto there = host_->tokens().tokens(host_->call());
    std::string out = !there           ? "gone: " + said(there.error())
                      : there->empty() ? "gone: not listed"
                                       : "gone: still listed";
    const auto one = grant({{KC_OP_SIGN, "withdraw", {}}});
    out += ", a grant " + (one ? std::string("opens") : said(one.error()));
    stand_.plug();
    const auto again = signs();
    out += "; back: " + again;
    if (again == works) return out;
    start();
    return out + ", after a restart of the client: " + signs();
  }

  result<pin_state> state() { return host_->pin().state(host_->call(), token_, ""); }
  std::string source() {
    const auto now = state();
    if (!now) return said(now.error());
    return now->source + "; shown at first: " + shown(*now);
  }

  std::string lock() {
    std::vector<std::string> seen;
    std::string ended;
    for (int i = 1; i <= most_wrong && ended.empty(); ++i) {
      const auto one = grant({{KC_OP_SIGN, "withdraw", {}}}, wrong_pin);
      if (one) return "fails: a wrong PIN opens";
      const auto after = state();
      seen.push_back(after ? shown(*after) : said(after.error()));
      locked_ = one.error().status == KC_E_PIN_LOCKED || (after && after->locked());
      if (locked_)
        ended = "locked at wrong PIN " + std::to_string(i) +
                (after && after->locked() ? "" : ", which only its answer says");
      else if (one.error().status != KC_E_CANCELLED)
        ended = said(one.error()) + " at wrong PIN " + std::to_string(i);
    }
    if (ended.empty()) ended = std::to_string(most_wrong) + " do not lock";
    return ended + "; shown after each: " + one_by_one(seen);
  }
  std::string right_pin() {
    const auto outcome = signs();
    if (outcome == works) return "is good";
    return outcome.find("KC-PIN-LOCKED") != std::string::npos ? "is refused (`KC-PIN-LOCKED`)" : outcome;
  }

  /// As the plugin unlock does with an RA that holds the admin PIN.
  std::string redeem(const std::string& approval, const std::string& new_pin) {
    const auto& call = host_->call();
    const auto begun = host_->pin().unlock_begin(call, token_, certificate_.sha256, approval);
    if (!begun) return said(begun.error());
    const auto asked = read_request(approval, begun->request);
    const std::string next = admin_ == pins::admin ? "Admin135" : std::string(pins::admin);
    auto statement = authorisation(asked, token_, certificate_.sha256, admin_, next);
    statement["application"] = stand_.application();
    if (stand_.application() == "PKCS11") statement["method"] = "pkcs11-init-pin";
    host_->prompt.answers = {new_pin};
    const auto proof = host_->pin().unlock_finish(call, begun->unlock, unlock_signer_.sign(statement.dump()));
    host_->pin().unlock_end(begun->unlock);
    if (!proof) return said(proof.error());
    const auto read = statement::read(signed_content(*proof, certificate_.der));
    if (!read) return "fails: the proof does not verify";
    const bool rotated = read->at("admin_pin") == "next";
    if (rotated) admin_ = next;
    pin_ = new_pin;
    const auto after = signs();
    return after == works
               ? std::string(works) + (rotated ? ", and the admin PIN is another one" : ", the admin PIN stays")
               : after;
  }

  stand& stand_;
  std::filesystem::path folder_;
  test_ca ca_;
  test_ca unlock_signer_{"Unlock"};
  std::unique_ptr<host> host_;
  observations seen_;
  token_ref token_;
  certificate_info certificate_;
  std::string pin_{pins::user};
  std::string admin_{pins::admin};
  bool locked_ = false;
};

}  // namespace

observations observe(stand& with, const std::filesystem::path& folder) {
  return bench(with, folder).everything();
}

}  // namespace keycare::test
