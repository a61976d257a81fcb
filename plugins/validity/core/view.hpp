// view.hpp - certificates and tokens as a program and as a person read them.
#pragma once

#include "keycare/sdk/values.hpp"
#include "plugins/validity/core/period.hpp"

#include <functional>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <vector>

namespace keycare::validity {

/// Seconds east of UTC at a Unix time, in the user's zone.
using zone = std::function<std::int32_t(std::int64_t)>;

/// Everything that a view depends on.
struct frame {
  clock_report clock;
  zone offset;
  std::int64_t soon_days = default_soon_days;
  std::string language;

  [[nodiscard]] period judge(const certificate_info& one) const;
  [[nodiscard]] std::string date_time(std::int64_t unix_seconds) const;
};

/// {compared, wrong, computer, ra?}
[[nodiscard]] nlohmann::json clock_json(const clock_report& clock);
/// What must be said about the clock before anything else; nothing when it is right.
[[nodiscard]] std::vector<std::string> clock_lines(const frame& at);

[[nodiscard]] nlohmann::json token_json(const token_info& token);
[[nodiscard]] nlohmann::json certificate_json(const certificate_info& one, const frame& at);

/// As a member of a list: also "name", "sentence" (the state and what to do), "replaced", "second_half" and, of a
/// double certificate, the "pair": the SHA-256 of its other half.
[[nodiscard]] nlohmann::json listed_json(const certificate_info& one, std::span<const certificate_info> all,
                                         const frame& at);

/// What must be said beside the list, as [{"kind", "text"}]: "clock-wrong", "clock-not-compared", "none", "token-busy",
/// "token-empty".
[[nodiscard]] nlohmann::json notices(std::span<const token_info> tokens, std::span<const certificate_info> all,
                                     const frame& at);

/// What a person calls it: the common name, or the whole subject where there is none.
[[nodiscard]] std::string name_of(const certificate_info& one);

/// Whether a newer certificate of the same holder in @p all, on the same token, is good for longer: then nobody is told
/// to renew this one.
[[nodiscard]] bool is_replaced(const certificate_info& one, std::span<const certificate_info> all, const frame& at);

/// True for the encryption certificate of a container whose signing certificate, with the same subject and dates, is in
/// @p all: to a person the two are one double certificate.
[[nodiscard]] bool is_second_half(const certificate_info& one, std::span<const certificate_info> all);

/// True for either half of such a double certificate.
[[nodiscard]] bool is_double(const certificate_info& one, std::span<const certificate_info> all);

/// "sign", "exchange" or "unknown": for programs, never changed.
[[nodiscard]] const char* usage_name(std::uint32_t usage);

/// The name of a usage's text: as usage_name(), and "both" for a double certificate.
[[nodiscard]] std::string_view shown_usage(const certificate_info& one, std::span<const certificate_info> all);

/// The token's label, or nothing when it is not in @p tokens.
[[nodiscard]] std::string_view label_of(const token_ref& token, std::span<const token_info> tokens);

/// The list as lines. The signing and the encryption certificate of one container with the same dates are one
/// certificate to a person, and stand as one entry.
[[nodiscard]] std::vector<std::string> list_lines(std::span<const token_info> tokens,
                                                  std::span<const certificate_info> certificates, const frame& at);
/// One certificate with all that is known.
[[nodiscard]] std::vector<std::string> detail_lines(const certificate_info& one, const token_info* token,
                                                    const frame& at);

/// PEM (RFC 7468) of one DER certificate.
[[nodiscard]] std::string certificate_pem(octets_view der);

}  // namespace keycare::validity
