// bundle_fuzz.cpp - a bundle of certificates and its key envelope on their way to a token that may answer anything.
#include "host-stub/services/crypto/certificate.hpp"
#include "host-stub/services/keys/container_work.hpp"
#include "host-stub/services/token/skf/envelope.hpp"
#include "promises.hpp"

using namespace keycare;
using namespace keycare::services;

namespace {

octets copy(octets_view view) {
  return {view.begin(), view.end()};
}

/// A token whose answers are the input's.
class scripted_session final : public token_session {
public:
  scripted_session(fuzz::input& in, const bundle& what) : in_(in), what_(what) {}
  bool wrote = false;

  result<token_ref> identity() override { return token_ref{"Maker", "A1"}; }
  result<void> lock(std::chrono::milliseconds) override { return {}; }
  void unlock() noexcept override {}
  result<pin_state> pin(const std::string&, pin_kind) override { return pin_state{}; }
  result<void> verify_pin(const std::string&, pin_kind, const secret&) override { return answer(); }
  result<void> change_pin(const std::string&, pin_kind, const secret&, const secret&) override { return answer(); }
  result<void> unblock_pin(const std::string&, const secret&, const secret&) override { return answer(); }
  void logout(const std::string&) noexcept override {}
  result<octets> certificate(const key_place&) override { return some(); }
  result<container_contents> inspect(const std::string&, const std::string&) override {
    if (auto ok = answer(); !ok) return ok.error();
    container_contents out;
    out.state = static_cast<std::uint32_t>(in_.pick(6));
    out.algorithm = in_.flag() ? "rsa-2048" : "sm2";
    out.public_key = some();
    out.exchange_public_key = some();
    out.certificate = some();
    out.exchange_certificate = some();
    return out;
  }
  result<void> create_container(const std::string&, const std::string&) override { return answer(); }
  result<void> delete_container(const std::string&, const std::string&) override { return answer(); }
  result<octets> generate(const std::string&, const std::string&, std::string_view) override { return some(); }
  result<void> import_certificate(const key_place& place, octets_view der) override {
    wrote = true;
    fuzz::must(text_of(der) ==
                   text_of(place.usage == key_usage::sign ? what_.signing_certificate : what_.encryption_certificate),
               "what is written is the bundle's");
    return answer();
  }
  result<void> import_exchange_pair(const std::string&, const std::string&, std::string_view,
                                    octets_view envelope) override {
    wrote = true;
    if (const auto parts = skf::read_envelope(envelope); fuzz::good(parts))
      fuzz::must(parts->wrapped_key.size() + parts->encrypted.size() + 8 == envelope.size(), "an envelope is whole");
    return answer();
  }
  result<octets> sign(const key_place&, std::string_view, octets_view) override { return some(); }
  result<void> prove_exchange(const std::string&, const std::string&, octets_view) override { return answer(); }

private:
  result<void> answer() {
    if (in_.pick(8) == 7) return fail(KC_E_FAILED, "KC-TOKEN-REFUSED");
    return {};
  }
  /// The bundle's own octets more often than any others: otherwise nothing would ever fit.
  octets some() {
    switch (in_.pick(6)) {
      case 0:
        return {};
      case 1:
        return what_.signing_certificate;
      case 2:
        return what_.encryption_certificate;
      case 3:
        return key_of(what_.signing_certificate);
      case 4:
        return key_of(what_.encryption_certificate);
      default:
        return copy(in_.octets());
    }
  }
  static octets key_of(octets_view der) {
    const auto parsed = parse_certificate(der);
    return parsed ? parsed->public_key : octets{};
  }
  fuzz::input& in_;
  const bundle& what_;
};

}  // namespace

FUZZ(bundle) {
  (void)fuzz::good(skf::read_envelope(data));
  fuzz::input in(data);
  bundle what{copy(in.octets()), copy(in.octets()), copy(in.octets()), in.flag() ? "gmt0016-rsa" : in.text()};
  scripted_session session(in, what);
  const container_ref where{"APP", "KC1-test-1"};
  switch (in.pick(6)) {
    case 0:
      (void)fuzz::good(create_container(session, where));
      break;
    case 1:
      (void)fuzz::good(generate_pair(session, where, "rsa-2048"));
      break;
    case 2:
      (void)fuzz::good(request_certificate(session, where, in.octets()));
      break;
    case 3:
      (void)fuzz::good(prove_bundle(session, session, where, what));
      break;
    case 4:
      (void)fuzz::good(reap_container(session, where));
      break;
    default: {
      const bool readable = parse_certificate(what.signing_certificate).ok();
      (void)fuzz::good(install_bundle(session, where, what));
      fuzz::must(readable || !session.wrote, "nothing is written of a bundle that cannot be read");
    }
  }
}
