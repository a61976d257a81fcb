// request_check.cpp - methods, paths, header values; Retry-After and Date.
#include "host-stub/services/http/request_check.hpp"

#include "keycare/abi/http.h"

#include <curl/curl.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <string>

namespace keycare::services {

namespace {

constexpr std::size_t longest_path = 2048;
constexpr std::size_t longest_header = 1024;
constexpr std::size_t most_header_octets = 64 * 1024;
constexpr std::size_t longest_value = 256;
constexpr std::int64_t one_day = 86400;

error refused(std::string_view what) {
  return {KC_E_ARGUMENT, "KC-NET-REQUEST", 0, R"({"what":")" + std::string(what) + R"("})"};
}

bool alphanumeric(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0;
}

/// RFC 3986: unreserved, reserved without '#', '[' and ']', and '%' with two hexadecimal digits.
bool path_characters(std::string_view path) {
  constexpr std::string_view others = "/-._~!$&'()*+,;=:@?";
  for (std::size_t at = 0; at < path.size(); ++at) {
    const char c = path[at];
    if (alphanumeric(c) || others.find(c) != std::string_view::npos) continue;
    const auto hex = [&](std::size_t i) {
      return i < path.size() && std::isxdigit(static_cast<unsigned char>(path[i])) != 0;
    };
    if (c != '%' || !hex(at + 1) || !hex(at + 2)) return false;
    at += 2;
  }
  return true;
}

/// "." and "..", also with the dots as %2e: a proxy on the way may resolve them.
bool has_dot_segment(std::string_view path) {
  path = path.substr(0, path.find('?'));
  while (!path.empty()) {
    path.remove_prefix(1);
    const auto segment = path.substr(0, path.find('/'));
    std::string plain;
    for (std::size_t at = 0; at < segment.size(); ++at) {
      const bool dot = segment.size() - at >= 3 && segment[at] == '%' && segment[at + 1] == '2' &&
                       (segment[at + 2] == 'e' || segment[at + 2] == 'E');
      plain += dot ? '.' : segment[at];
      at += dot ? 2 : 0;
    }
    if (plain == "." || plain == "..") return true;
    path.remove_prefix(segment.size());
  }
  return false;
}

std::string_view trimmed(std::string_view text) {
  const auto space = [](char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; };
  while (!text.empty() && space(text.front())) text.remove_prefix(1);
  while (!text.empty() && space(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace

result<void> check_request(std::string_view method, std::string_view path, std::string_view content_type,
                           std::string_view bearer, std::size_t body_octets) {
  if (method != "GET" && method != "PUT" && method != "POST") return refused("method");
  if (path.empty() || path.size() > longest_path || path[0] != '/' || path.starts_with("//")) return refused("path");
  if (!path_characters(path) || has_dot_segment(path)) return refused("path");
  const auto visible = [](char c) { return c >= 0x20 && c <= 0x7e; };
  if (content_type.size() > longest_header || !std::all_of(content_type.begin(), content_type.end(), visible))
    return refused("content type");
  // RFC 6750 section 2.1: b64token
  const auto token = [](char c) {
    return alphanumeric(c) || std::string_view("-._~+/=").find(c) != std::string_view::npos;
  };
  if (bearer.size() > longest_header || !std::all_of(bearer.begin(), bearer.end(), token)) return refused("bearer");
  if (method == "GET" && body_octets != 0) return refused("body of a GET");
  if (body_octets > KC_HTTP_MAX_BODY) return fail(KC_E_TOO_LARGE, "KC-NET-TOO-LARGE");
  return {};
}

std::int64_t parse_http_date(std::string_view value) {
  if (value.size() > 64) return -1;
  const auto at = curl_getdate(std::string(trimmed(value)).c_str(), nullptr);
  return at < 0 ? -1 : static_cast<std::int64_t>(at);
}

std::int64_t parse_retry_after(std::string_view value, std::int64_t now) {
  value = trimmed(value);
  if (value.empty()) return -1;
  if (std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; })) {
    std::int64_t seconds = 0;
    const auto end = std::from_chars(value.data(), value.data() + value.size(), seconds);
    return end.ec == std::errc() ? std::min(seconds, one_day) : one_day;
  }
  const auto at = parse_http_date(value);
  return at < 0 ? -1 : std::clamp<std::int64_t>(at - now, 0, one_day);
}

bool take_header_line(response_headers& headers, std::string_view line) {
  headers.octets += line.size();
  if (headers.octets > most_header_octets) return false;
  if (line.starts_with("HTTP/")) {  // the final answer's headers count, not those of a 1xx before it
    headers.content_type.clear();
    headers.date.clear();
    headers.retry_after.clear();
    return true;
  }
  const auto colon = line.find(':');
  if (colon == std::string_view::npos) return true;
  std::string name(line.substr(0, colon));
  std::transform(name.begin(), name.end(), name.begin(),
                 [](char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); });
  const auto value = trimmed(line.substr(colon + 1)).substr(0, longest_value);
  if (name == "content-type") headers.content_type = value;
  if (name == "date") headers.date = value;
  if (name == "retry-after") headers.retry_after = value;
  return true;
}

std::string_view host_of(std::string_view origin) {
  constexpr std::string_view scheme = "https://";
  if (origin.starts_with(scheme)) origin.remove_prefix(scheme.size());
  return origin.substr(0, origin.find(':'));
}

}  // namespace keycare::services
