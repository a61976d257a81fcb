// redemption.cpp - see redemption.hpp.
#include "plugins/unlock/core/redemption.hpp"

#include "keycare/sdk/json.hpp"
#include "keycare/sdk/statement.hpp"
#include "plugins/common/encoding.hpp"

#include <algorithm>

namespace keycare::unlock {

using nlohmann::json;

result<host_request> read_host_request(octets_view text) {
  const auto bad = [] { return fail(KC_E_DAMAGED, "KC-UNLOCK-HOST"); };
  const auto parsed = json::parse(text.begin(), text.end(), nullptr, /*allow_exceptions=*/false);
  if (!parsed.is_object()) return bad();
  const auto member = [&](const char* name) {
    const auto it = parsed.find(name);
    return it != parsed.end() && it->is_string() ? it->get<std::string>() : std::string{};
  };
  host_request out{member("redemption"), member("nonce"), member("ephemeral_key")};
  const auto key = common::from_base64(out.ephemeral_key);
  if (!statement::is_uuid(out.redemption) || !statement::is_sha256(out.nonce) || !key || key->empty() ||
      key->size() > 384)
    return bad();
  return out;
}

octets redemption_body(const host_request& host, const record& what, std::string_view code) {
  const json body = {{"code", std::string(code)},
                     {"nonce", host.nonce},
                     {"ephemeral_key", host.ephemeral_key},
                     {"token", {{"manufacturer", what.token.manufacturer}, {"serial", what.token.serial}}},
                     {"application", what.application},
                     {"certificate_sha256", common::to_hex(what.certificate)}};
  const auto text = json_text(body);
  return {text.begin(), text.end()};
}

redemption::~redemption() {
  std::fill(body.begin(), body.end(), std::uint8_t{0});
  pin_.unlock_end(handle_);
}

bool redemption::is_live(std::string_view unlock_uuid, std::string_view stored, std::int64_t now_ns) const {
  return unlock_uuid == unlock_uuid_ && stored == id && now_ns - began_ns_ < statement::unlock_lifetime * 1'000'000'000;
}

}  // namespace keycare::unlock
