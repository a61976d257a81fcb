// request_check.hpp - what a plugin may put into a request, and what a server's headers mean. Pure functions.
#pragma once

#include "keycare/sdk/result.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace keycare::services {

/// Holds the parts of a request against http.h: KC_E_ARGUMENT "KC-NET-REQUEST" with the argument "what", KC_E_TOO_LARGE
/// "KC-NET-TOO-LARGE". Nothing passes that could change the address or add a header. [any-thread]
result<void> check_request(std::string_view method, std::string_view path, std::string_view content_type,
                           std::string_view bearer, std::size_t body_octets);

/// Retry-After (RFC 9110 section 10.2.3), seconds or a date: seconds from @p now, from 0 to one day; -1 for none.
/// @param now the server's own time where it is known. [any-thread]
std::int64_t parse_retry_after(std::string_view value, std::int64_t now);

/// An HTTP date as Unix time, or -1. [any-thread]
std::int64_t parse_http_date(std::string_view value);

/// What is looked at of an answer's headers, each at most 256 octets.
struct response_headers {
  std::size_t octets = 0;  ///< Of all lines.
  std::string content_type;
  std::string date;
  std::string retry_after;
};
/// Takes in one line, with its end. @return false when the headers are larger than 64 KiB together. [any-thread]
bool take_header_line(response_headers& headers, std::string_view line);

/// The host in "https://host:port". [any-thread]
std::string_view host_of(std::string_view origin);

}  // namespace keycare::services
