// http_fuzz.cpp - what a plugin puts into a request and a server into its headers; addresses that a plugin wants
// opened.
#include "host-stub/services/http/request_check.hpp"
#include "host-stub/services/shell/shell_service.hpp"
#include "promises.hpp"

using namespace keycare;

FUZZ(http) {
  fuzz::input in(data);
  const auto method = in.line();
  const auto path = in.line();
  const auto type = in.line();
  const auto bearer = in.line();
  if (fuzz::good(services::check_request(method, path, type, bearer, in.pick(2)))) {
    fuzz::must(path.front() == '/' && !path.starts_with("//") && path.find('#') == std::string::npos,
               "a path is absolute");
    for (const auto& part : {path, type, bearer})
      fuzz::must(part.find_first_of("\r\n") == std::string::npos && part.find('\0') == std::string::npos,
                 "nothing adds a header");
  }
  const services::endpoint_config endpoint{"https://ra.example", {}, {"https://pay.example"}};
  if (services::may_open(path, endpoint))
    fuzz::must(path.starts_with("https://pay.example") && (path.size() == 19 || path[19] != '.') &&
                   path.find_first_of("\\ \"<>") == std::string::npos,
               "a page is one of those that the host names");
  (void)services::host_of(path);
  services::response_headers headers;
  bool more = true;
  while (more && !in.empty()) more = services::take_header_line(headers, in.line() + "\r\n");
  fuzz::must(headers.content_type.size() <= 256 && headers.date.size() <= 256, "headers are bounded");
  const auto date = services::parse_http_date(headers.date);
  fuzz::must(date >= -1, "a date is none or after 1970");
  for (const auto now : {std::int64_t{0}, std::int64_t{1'795'392'000}, date}) {
    const auto wait = services::parse_retry_after(headers.retry_after, now);
    fuzz::must(wait >= -1 && wait <= 86400, "a wait is at most a day");
  }
}
