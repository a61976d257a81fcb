// token_look.cpp - looking at tokens, without a PIN.
#include "plugins/renewal/core/token_look.hpp"

#include "plugins/common/encoding.hpp"
#include "plugins/common/input.hpp"
#include "plugins/common/reading.hpp"
#include "plugins/common/selection.hpp"

#include <algorithm>

namespace keycare::renewal {

namespace {

result<token_state> state_of_container(context& c, const kc_call& call, const order_record& r, situation& now) {
  const auto found = c.host.keys.inspect(call, r.token, digest_of(r.certificate_sha256), r.container);
  if (!found && found.error().status == KC_E_NOT_FOUND) return token_state::no_pair;
  if (!found) return found.error();
  if (found->state < KC_CONTAINER_PAIR) return token_state::no_pair;
  const auto key = sha256_hex(c, found->public_key);
  if (!key) return key.error();
  now.container_key_sha256 = *key;
  if (!r.public_key_sha256.empty() && *key != r.public_key_sha256) return token_state::other_pair;
  if (found->state == KC_CONTAINER_PAIR) return token_state::our_pair;
  if (r.certificates.signing_certificate.empty()) return token_state::certified;
  const auto ours = c.host.crypto.sha256(r.certificates.signing_certificate);
  if (!ours) return ours.error();
  return *ours == found->certificate_sha256 ? token_state::certified : token_state::other_pair;
}

}  // namespace

result<void> look_at_token(context& c, const kc_call& call, const order_record& r, situation& now) {
  const auto tokens = c.host.token.tokens(call);
  if (!tokens) return tokens.error();
  const auto token = std::find_if(tokens->begin(), tokens->end(), [&](const auto& t) { return t.token == r.token; });
  now.token = token_state::away;
  if (token == tokens->end()) return {};
  now.token = token_state::busy;
  if ((token->flags & KC_TOKEN_BUSY) != 0) return {};
  const auto certificates = c.host.token.certificates(call, r.token);
  const auto gone = [&](const keycare::error& why) -> result<void> {
    if (why.status == KC_E_NOT_FOUND || why.status == KC_E_TOKEN_REMOVED) now.token = token_state::away;
    if (now.token == token_state::away || why.status == KC_E_TOKEN_BUSY) return {};
    return why;
  };
  if (!certificates) return gone(certificates.error());
  const auto wanted = digest_of(r.certificate_sha256);
  const auto old = std::find_if(certificates->begin(), certificates->end(), [&](const auto& one) {
    return one.sha256 == wanted && one.private_key != KC_KEY_ABSENT;
  });
  now.token = token_state::certificate_gone;
  if (old == certificates->end()) return {};
  now.token = token_state::locked;
  if (old->pin && old->pin->locked()) return {};
  now.token = token_state::busy;
  const auto container = state_of_container(c, call, r, now);
  if (!container) return gone(container.error());
  now.token = *container;
  return {};
}

result<std::vector<certificate_info>> signing_certificates(context& c, const kc_call& call,
                                                           std::string_view token_serial) {
  auto all = common::certificates_on(c.host.token, call, token_serial);
  if (!all) return all.error();
  if (all->empty() && token_serial.empty()) {
    // "There is no certificate" is no help to somebody who has to plug in the token.
    const auto tokens = c.host.token.tokens(call);
    if (tokens && tokens->empty()) return fail(KC_E_NOT_FOUND, "KC-TOKEN-NONE");
  }
  std::erase_if(
      *all, [](const certificate_info& one) { return one.usage != KC_USAGE_SIGN || one.private_key == KC_KEY_ABSENT; });
  return all;
}

result<certificate_info> find_certificate(context& c, const kc_call& call, const json& input) {
  const auto name = common::text_member(input, "certificate");
  const auto serial = common::text_member(input, "token");
  auto all = signing_certificates(c, call, serial);
  if (!all) return all.error();
  const bool one_owner = !all->empty() && std::all_of(all->begin(), all->end(), [&](const auto& one) {
    return one.token == all->front().token && one.subject_der == all->front().subject_der;
  });
  if (name.empty() && one_owner)
    return *std::max_element(all->begin(), all->end(),
                             [](const auto& a, const auto& b) { return a.not_after < b.not_after; });
  return common::choose_certificate(*all, name, serial);
}

result<void> pin_usable(const certificate_info& certificate) {
  if (!certificate.pin) return {};
  if (certificate.pin->locked()) return fail(KC_E_PIN_LOCKED, "KC-RENEWAL-PIN-LOCKED");
  const bool last = (certificate.pin->flags & KC_PIN_FINAL_TRY) != 0 || certificate.pin->remaining.value_or(2) < 2;
  if (last) return fail(KC_E_FAILED, "KC-RENEWAL-PIN-LAST");
  return {};
}

}  // namespace keycare::renewal
