// ra_client.hpp - the RA's HTTP contract (plugin-api/ra/openapi.json) as a plugin uses it: JSON, problems, Retry-After.
//
// A problem is an answer, not a failure: it says what the RA knows. A result's error means that there is no answer that
// can be relied on (nothing was sent, the outcome is unknown, or what came is not what the contract says).
#pragma once

#include "keycare/sdk/services.hpp"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace keycare::common {

/// A computer clock that differs from the RA's by more than this is said to be wrong. Seconds.
inline constexpr std::int64_t clock_tolerance = 300;

struct ra_field_problem {
  std::string field;  ///< "id_number", "invoice.title" ...
  std::string code;   ///< "missing", "malformed", "check-digit" ...
};

/// application/problem+json.
struct ra_problem {
  std::string code;  ///< "open-order", "quote-expired" ...; stable
  std::vector<ra_field_problem> fields;
  nlohmann::json order;  ///< The open order's summary, or null.
  bool from_ra = false;  ///< The RA's own word. A gateway on the way speaks for nobody: the RA may have done it.
};

struct ra_answer {
  int http_status = 0;
  nlohmann::json body;                      ///< An object; empty with a problem.
  std::optional<ra_problem> problem;        ///< Present unless the status is 2xx.
  std::optional<std::int64_t> retry_after;  ///< Seconds, 1 to a day, from the header, the problem or the order.
  std::optional<std::int64_t> date;         ///< The RA's clock, Unix time.

  [[nodiscard]] bool ok() const noexcept { return !problem.has_value(); }
};

/// The error for a person that a problem comes to: code "KC-RA-" and the problem's code in capitals, native the HTTP
/// status; status KC_E_OUTCOME_UNKNOWN for a server's own fault (5xx), else KC_E_FAILED. @p answer has a problem.
[[nodiscard]] keycare::error problem_error(const ra_answer& answer);

/// Puts what openapi.json's OrderSummary says into the arguments of a sentence: "number", "months", "amount" (yuan).
/// [any-thread]
void describe_order(const nlohmann::json& summary, nlohmann::json& args);

/// Whether two clocks, in Unix time, differ by more than clock_tolerance.
[[nodiscard]] bool clocks_disagree(std::int64_t computer, std::int64_t ra) noexcept;
/// KC-CLOCK-WRONG with "computer", "ra" (Unix time), "computer_time", "ra_time" (in words, in this computer's time
/// zone) and "minutes" (of difference, rounded up) in args.
[[nodiscard]] keycare::error clock_error(std::int64_t computer, std::int64_t ra, std::int32_t utc_offset);

/// Talks to the endpoint "ra". Every function is [worker-thread].
class ra_client {
public:
  ra_client(http_client http, clock_client clock) : http_(http), clock_(clock) {}

  /// @param path begins with "/v1/";  @param bearer an order's or unlock's secret, or empty
  [[nodiscard]] result<ra_answer> get(const kc_call& call, std::string_view path, std::string_view bearer = {}) const;
  [[nodiscard]] result<ra_answer> post_json(const kc_call& call, std::string_view path, const nlohmann::json& body,
                                            std::string_view bearer = {}) const;
  /// Sends @p body as it stands: what is repeated is repeated octet for octet.
  /// @param method "PUT" or "POST";  @param content_type "application/json" or "application/cms"
  [[nodiscard]] result<ra_answer> send(const kc_call& call, std::string_view method, std::string_view path,
                                       std::string_view content_type, octets body, std::string_view bearer = {}) const;

private:
  [[nodiscard]] result<ra_answer> exchange(const kc_call& call, const http_request& request) const;
  http_client http_;
  clock_client clock_;
};

/// What an HTTP response means under the contract: pure. KC-RA-ANSWER for one that breaks it. [any-thread]
[[nodiscard]] result<ra_answer> read_answer(const http_response& response);

}  // namespace keycare::common
