// request_check_test.cpp - what a plugin may put into a request; Retry-After and Date.
#include "host-stub/services/http/request_check.hpp"

#include <gtest/gtest.h>

#include <string>

namespace keycare::services {
namespace {

bool path_passes(std::string_view path) {
  return check_request("GET", path, "", "", 0).ok();
}

TEST(Request, PathsStayOnTheEndpoint) {
  for (const char* good :
       {"/v1/info", "/v1/time?nonce=00ff", "/v1/a%20b", "/v1/x?next=../y", "/.well-known/x", "/a..b"})
    EXPECT_TRUE(path_passes(good)) << good;
  for (const char* bad : {"", "v1", "//evil.example/x", "https://evil.example", "/a/../b", "/a/./b", "/..", "/%2e%2E/x",
                          "/.%2e/x", "/a#b", "/a b", "/a\r\nHost: evil", "/a\\b", "/%zz", "/%2", "/证书"})
    EXPECT_FALSE(path_passes(bad)) << bad;
  EXPECT_FALSE(path_passes("/" + std::string(2048, 'a')));
}

TEST(Request, NoHeaderCanBeSmuggledIn) {
  EXPECT_TRUE(check_request("PUT", "/a", "application/cms", "abc-._~+/=", 5).ok());
  EXPECT_FALSE(check_request("PUT", "/a", "text/plain\r\nX: y", "", 5).ok());
  EXPECT_FALSE(check_request("PUT", "/a", "", "abc\r\nX: y", 5).ok());
  EXPECT_FALSE(check_request("PUT", "/a", "", "abc def", 5).ok());
  EXPECT_FALSE(check_request("DELETE", "/a", "", "", 0).ok());
  EXPECT_FALSE(check_request("GET", "/a", "", "", 1).ok());
  EXPECT_EQ(check_request("PUT", "/a", "", "", 1024 * 1024 + 1).error().status, KC_E_TOO_LARGE);
}

TEST(RetryAfter, IsSecondsOrADateAndNeverMoreThanADay) {
  EXPECT_EQ(parse_retry_after("5", 0), 5);
  EXPECT_EQ(parse_retry_after(" 120 ", 0), 120);
  EXPECT_EQ(parse_retry_after("99999999999999999999999999", 0), 86400);
  EXPECT_EQ(parse_retry_after("Wed, 21 Oct 2015 07:28:00 GMT", 1'445'412'480 - 30), 30);
  EXPECT_EQ(parse_retry_after("Wed, 21 Oct 2015 07:28:00 GMT", 1'445'412'480 + 30), 0);
  EXPECT_EQ(parse_retry_after("Wed, 21 Oct 2035 07:28:00 GMT", 1'445'412'480), 86400);
  for (const char* none : {"", "-5", "soon", "5 minutes", "1e3"}) EXPECT_EQ(parse_retry_after(none, 0), -1) << none;
}

TEST(RetryAfter, AnOriginHasAHost) {
  EXPECT_EQ(host_of("https://ra.example:8443"), "ra.example");
  EXPECT_EQ(host_of("https://ra.example"), "ra.example");
}

}  // namespace
}  // namespace keycare::services
