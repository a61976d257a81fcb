// fake_ra.hpp - the RA's unlock as openapi.json describes it, in memory; and a token that an authorisation opens.
#pragma once

#include "../fake_services.hpp"
#include "plugins/common/encoding.hpp"

#include <optional>
#include <set>
#include <string>

namespace keycare::fakes {

inline constexpr const char* right_code = "123456";

struct fake_ra {
  std::string uuid;
  std::string body;  ///< of the application, as it came
  std::string state = "none";
  std::string reason;
  std::map<std::string, std::string> redemptions;  ///< id -> body
  int applications = 0;
  int codes = 0;
  int lost_answers = 0;  ///< so many answers get lost on the way back
  bool wrong_authorisation = false;
  std::optional<std::pair<int, std::string>> refuse_application;

  [[nodiscard]] json view() const {
    const auto told = json::parse(body.substr(7));
    json out = {{"uuid", uuid},
                {"state", state},
                {"token", told["token"]},
                {"application", told["application"]},
                {"certificate_sha256", told["certificate_sha256"]},
                {"applied_at", 1},
                {"phone", "138****8000"},
                {"redemptions_left", 3 - static_cast<int>(redemptions.size())},
                {"exposed", false},
                {"remark", ""}};
    if (state == "rejected") out["rejection"] = {{"reason", reason}};
    return out;
  }
  [[nodiscard]] static http_response problem(int status, const char* code) {
    return reply(status, {{"code", code}, {"title", code}});
  }

  result<http_response> serve(const http_request& request) {
    auto out = answer_to(request);
    if (lost_answers > 0) {
      --lost_answers;
      return fail(KC_E_OUTCOME_UNKNOWN, "KC-NET-LOST");
    }
    return out;
  }

  http_response answer_to(const http_request& request) {
    const std::string text(text_of(request.body));
    if (request.path == "/v1/info") return reply(200, {{"ra", "test-ra"}});
    const auto id = request.path.substr(12, 36);
    const auto rest = request.path.substr(48);
    if (rest.empty() && request.method == "PUT") {
      if (refuse_application) return problem(refuse_application->first, refuse_application->second.c_str());
      if (state == "none") {
        uuid = id;
        body = text;
        state = "awaiting-code";
        ++applications;
      }
      if (id != uuid) return problem(409, "open-unlock");
      if (text != body) return problem(422, "other-payload");
      return reply(200, {{"unlock_secret", std::string(40, 's')}, {"unlock", view()}});
    }
    if (id != uuid) return problem(404, "unknown-unlock");
    if (rest == "/report") {
      if (text != "proof") return problem(403, "untrusted-signature");
      state = "done";
      return reply(200, view());
    }
    if (request.bearer != std::string(40, 's')) return problem(401, "unauthorised");
    if (rest.empty()) {
      auto out = reply(200, view());
      out.retry_after = 7;
      return out;
    }
    if (rest == "/code") {
      ++codes;
      return reply(200, {{"phone", "138****8000"}, {"expires_at", 1'795'392'300}, {"resend_at", 1'795'392'060}});
    }
    const auto sent = json::parse(text);
    if (rest == "/verification") {
      if (sent["code"] != right_code) return problem(403, "code-wrong");
      if (state == "awaiting-code") state = "under-review";
      return reply(200, view());
    }
    const auto redemption = rest.substr(std::string("/redemptions/").size());
    const auto known = redemptions.find(redemption);
    if (known == redemptions.end()) {
      if (sent["code"] != right_code) return problem(403, "code-wrong");
      if (redemptions.size() == 3) return problem(409, "unlock-limit-approval");
      redemptions[redemption] = text;
      state = "redeemed";
    } else if (known->second != text) {
      return problem(422, "other-payload");
    }
    const std::string nonce = wrong_authorisation ? "stale" : sent["nonce"].get<std::string>();
    return reply(200, {{"authorisation", common::to_base64(bytes_of(nonce))}});
  }
};

/// The host's side of an unlock over a fake token.
struct fake_unlock {
  bool locked = true;
  int finished = 0;
  std::map<kc_unlock, std::string> nonces;
  static inline int serial = 0;  // uuids stay unique over "restarts"

  void attach(fake_pin& pin) {
    pin.now = {locked ? std::uint32_t{KC_PIN_LOCKED} : 0U, 10, locked ? 0 : 10, "SKF_GetPINInfo"};
    pin.on_begin = [this](kc_unlock handle) -> result<std::string> {
      octets nonce(32, static_cast<std::uint8_t>(++serial));
      nonces[handle] = common::to_hex(nonce);
      octets id(16, static_cast<std::uint8_t>(serial));
      return json{
          {"redemption", common::to_uuid(id)}, {"nonce", nonces[handle]}, {"ephemeral_key", common::to_base64(nonce)}}
          .dump();
    };
    pin.on_finish = [this, &pin](kc_unlock handle, octets_view authorisation) -> result<octets> {
      if (text_of(authorisation) != nonces[handle]) return fail(KC_E_UNTRUSTED, "KC-PIN-AUTHORISATION");
      locked = false;
      ++finished;
      pin.now = {0, 10, 10, "SKF_GetPINInfo"};
      const std::string proof = "proof";
      return octets(proof.begin(), proof.end());
    };
  }
};

}  // namespace keycare::fakes
