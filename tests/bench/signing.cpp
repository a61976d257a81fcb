// signing.cpp - what a grant costs: a raw signature under it, the CMS around that, the login before it, the audit line.
//
// "Raw" is everything that an open grant does on the device for one operation: the token's lock, the change to the
// library's own thread, the token's identity and the certificate read anew on the handle that signs, the signature.
#include "bare_tokens.hpp"
#include "stores.hpp"
#include "suites.hpp"

#include "host-stub/services/crypto/public_key.hpp"
#include "host-stub/services/token/digest_info.hpp"
#include "tests/host-stub/services/token/soft_host.hpp"

namespace keycare::bench {

namespace {

using namespace services;

constexpr const char* container = "KC1-BENCH";

/// A key on an opened token whose PIN was verified, as a grant holds it.
struct opened_key {
  token_registry& registry;
  token_device device;
  key_place place;
  digest certificate{};

  template <class T>
  result<T> act(std::function<result<T>(token_session&)> what) {
    return registry.act<T>(nullptr, device, patience::generate, device_effect::writes, std::move(what));
  }
  void log_in() {
    const auto done = act<bool>([where = place.application](token_session& session) -> result<bool> {
      if (auto ok = session.verify_pin(where, pin_kind::user, test::user_pin()); !ok) return ok.error();
      return true;
    });
    if (!done) throw cannot_measure("the PIN is refused: " + done.error().code);
  }
  /// What grant_table::act does between its books.
  octets sign(const octets& hash) {
    auto made = act<octets>([place = place, expected = certificate, hash](token_session& session) -> result<octets> {
      const auto der = session.certificate(place);
      if (!der) return der.error();
      if (sha256(*der) != expected) return fail(KC_E_CONFLICT, "KC-CERTIFICATE-CHANGED");
      return session.sign(place, "SHA256", hash);
    });
    if (!made) throw cannot_measure("no signature: " + made.error().code);
    return *std::move(made);
  }
};

opened_key open_key(token_registry& registry, const token_ref& token, const key_place& place,
                    const digest& certificate) {
  auto device = registry.open(nullptr, token);
  if (!device) throw cannot_measure("the token does not open: " + device.error().code);
  opened_key out{registry, *std::move(device), place, certificate};
  out.log_in();
  return out;
}

void compare_raw(report& to, const effort& how, const std::string& name, const std::string& peer_name, opened_key key,
                 bare_signer& peer) {
  const octets hash(32, 7);
  const auto info = digest_info("SHA256", hash);
  if (key.sign(hash) != peer.sign(info)) throw cannot_measure("the rivals sign differently");
  // Several in a row, so that a round is long beside a change of threads.
  constexpr int in_a_row = 10;
  const auto repeat = [](const std::function<void()>& one) {
    return [one] {
      return seconds_of([&] {
               for (int i = 0; i < in_a_row; ++i) one();
             }) /
             in_a_row;
    };
  };
  to.compare(
      "raw signature under an open grant, " + name, peer_name,
      in_turns_timed(how.rounds(61, 5), repeat([&] { (void)key.sign(hash); }), repeat([&] { (void)peer.sign(info); })),
      1.1);
}

void measure_pkcs11(report& to, const effort& how) {
  need_softhsm();
  const test::soft_hsm hsm;
  const auto token = hsm.make_token();
  hsm.restart();
  softhsm_host host(hsm.folder() / "data");
  const test::test_ca ca;
  const key_place place{test::test_application, container, key_usage::sign};
  auto key = open_key(host.side.registry(), token, place, {});
  const auto certificate = key.act<octets>([&](token_session& session) -> result<octets> {
    const auto made = session.generate(place.application, place.container, "rsa-2048");
    if (!made) return made.error();
    auto der = ca.issue(*made, "bench");
    if (auto ok = session.import_certificate(place, der); !ok) return ok.error();
    return der;
  });
  if (!certificate) throw cannot_measure("no certificate on the token: " + certificate.error().code);
  key.certificate = sha256(*certificate);
  const auto peer = bare_pkcs11(token);
  compare_raw(to, how, "PKCS#11 (SoftHSM 2, RSA-2048)", "C_SignInit, C_Sign", key, *peer);
}

void measure_skf(report& to, const effort& how) {
  test::soft_host host;
  const key_place place{host.certificate.application, host.certificate.container, key_usage::sign};
  const auto peer = bare_skf(KEYCARE_SOFTSKF_PATH);
  {
    auto key = open_key(host.side->registry(), host.token, place, host.certificate.sha256);
    compare_raw(to, how, "SKF (soft-skf, RSA-2048)", "SKF_RSASignData", key, *peer);
  }
  // From here on through the contract: a statement, a grant, a PIN, CMS.
  const auto info = digest_info("SHA256", octets(32, 7));
  const auto statement = host.statement("list", {});
  const auto signing = host.client<signing_client>(*host.signing_service);
  const int rounds = how.rounds(61, 5);
  std::vector<double> logins;
  duel cms;
  for (int round = 0; round < rounds; ++round) {
    host.prompt.answers = {"Test1357"};
    result<kc_grant> grant = kc_grant{0};
    logins.push_back(seconds_of([&] { grant = host.grant({{KC_OP_SIGN, "list", {}}}); }));
    if (!grant) throw cannot_measure("no grant: " + grant.error().code);
    cms.theirs.push_back(seconds_of([&] { (void)peer->sign(info); }));
    result<octets> made = octets{};
    cms.ours.push_back(seconds_of(
        [&] { made = signing.sign(*host.call.abi(), *grant, "", octets(statement.begin(), statement.end())); }));
    if (!made) throw cannot_measure("no CMS: " + made.error().code);
    signing.close(*grant);
  }
  to.compare("the same as CMS through keycare.signing/1, with its audit line", "SKF_RSASignData", cms, std::nullopt);
  to.add({"opening the grant (certificate looked up, PIN verified, scrypt cost 2⁴)",
          duration_text(spread_of(logins).median),
          {},
          {},
          {},
          {}});
}

void measure_audit(report& to, const effort& how) {
  const scratch_folder folder;
  const system_time time;
  const auto log = open_log(folder.path() / "log", time);
  if (!log) throw cannot_measure("no log: " + log.error().code);
  const nlohmann::json fields{
      {"grant", 1}, {"kind", "sign"}, {"object", "apply"}, {"certificate", std::string(64, 'a')}};
  constexpr int lines = 100;
  std::vector<double> times;
  for (int round = 0; round < how.rounds(31, 3); ++round)
    times.push_back(seconds_of([&] {
                      for (int i = 0; i < lines; ++i) (*log)->audit("bench", "grant.operation", fields);
                    }) /
                    lines);
  to.add({"an audit line, redacted and in the file", duration_text(spread_of(times).median), {}, {}, {}, {}});
}

}  // namespace

void measure_signing(report& to, const effort& how) {
  const thread_role_scope role(thread_role::worker);
  measure_pkcs11(to, how);
  measure_skf(to, how);
  measure_audit(to, how);
}

}  // namespace keycare::bench
