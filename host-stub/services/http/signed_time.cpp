// signed_time.cpp - asks, verifies, and compares the nonce (plugin-api/ra/statements.md, type "time").
#include "host-stub/services/http/signed_time.hpp"

#include "host-stub/services/crypto/encoding.hpp"
#include "keycare/sdk/json.hpp"
#include "keycare/sdk/statement.hpp"

#include <openssl/rand.h>

#include <array>
#include <optional>

namespace keycare::services {

namespace {

constexpr std::size_t nonce_octets = 16;

error refused() {
  return fail(KC_E_UNTRUSTED, "KC-NET-TIME-REFUSED");
}

std::optional<std::string> make_nonce() {
  std::array<std::uint8_t, nonce_octets> random{};
  if (RAND_bytes(random.data(), static_cast<int>(random.size())) != 1) return {};
  std::string hex;
  for (const auto octet : random) {
    constexpr std::string_view digits = "0123456789abcdef";
    hex += digits[octet >> 4];
    hex += digits[octet & 15];
  }
  return hex;
}

}  // namespace

result<std::int64_t> fetch_signed_time(http_client& client, const kc_call* call, std::string_view endpoint,
                                       const signed_content& verify) {
  const auto nonce = make_nonce();
  if (!nonce) return fail(KC_E_FAILED, "KC-CRYPTO-RANDOM");
  const auto path = "/v1/time?nonce=" + *nonce;
  http_request request;
  request.endpoint = endpoint;
  request.method = "GET";
  request.path = path;
  const auto response = client.send(call, request, date_check::ignore);
  if (!response) return response.error();
  if (response->status != 200) return refused();
  return read_signed_time(response->body, *nonce, endpoint, verify);
}

result<std::int64_t> read_signed_time(octets_view answer, std::string_view nonce, std::string_view endpoint,
                                      const signed_content& verify) {
  const auto body = read_json(text_of(answer), {128 * 1024, 4});
  if (!body || !body->is_object() || !body->contains("cms") || !(*body)["cms"].is_string()) return refused();
  const auto cms = from_base64((*body)["cms"].get_ref<const std::string&>());
  if (!cms) return refused();
  const auto content = verify(endpoint, "time", *cms);
  if (!content) return content.error();
  const auto said = statement::parse(text_of(*content));
  if (!said || !statement::check(*said) || said->value("type", "") != "time") return refused();
  if (said->value("nonce", "") != nonce) return refused();  // an old answer, played again
  return said->value("time", std::int64_t{0});
}

}  // namespace keycare::services
