// http_client_test.cpp - whom the client believes, and whether something was sent when it failed.
#include "host-stub/services/http/http_client.hpp"
#include "host-stub/services/call.hpp"
#include "tests/host-stub/services/scratch_folder.hpp"
#include "tls_server.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <thread>

namespace keycare::services {
namespace {

constexpr std::int64_t now = 1'750'000'000;  // inside the certificates' dates

class HttpClient : public testing::Test {
protected:
  void serve(tls_server::handler handler, const tls_identity::options& how = {}, int newest_tls = TLS1_3_VERSION) {
    const auto identity = tls_identity::make(how);
    identity.pin(scratch.path() / "pinned");
    server = std::make_unique<tls_server>(identity, std::move(handler), newest_tls);
    connect(server->url());
  }
  void connect(const std::string& url) {
    client = std::make_unique<http_client>(
        std::map<std::string, endpoint_config>{{"ra", {url, scratch.path() / "pinned", {}}}}, time, log);
  }
  result<http_response> get(std::string_view path = "/v1/info", date_check dates = date_check::strict) {
    http_request request;
    request.endpoint = "ra";
    request.method = "GET";
    request.path = path;
    request.timeout_ms = 5000;
    return client->send(with.abi(), request, dates);
  }
  result<http_response> put(std::string_view body) {
    http_request request;
    request.endpoint = "ra";
    request.method = "PUT";
    request.path = "/v1/order";
    request.content_type = "application/cms";
    request.bearer = "order-secret-canary";
    request.body = bytes_of(body);
    request.timeout_ms = 5000;
    return client->send(with.abi(), request);
  }

  scratch_folder scratch;
  manual_time time{now};
  memory_log log{time};
  call with;
  std::unique_ptr<tls_server> server;
  std::unique_ptr<http_client> client;
};

TEST_F(HttpClient, SendsTheSameBytesAndGivesWhatTheServerSaid) {
  serve([](const std::string&) {
    return answer(409,
                  "Content-Type: application/problem+json\r\nRetry-After: 7\r\nDate: Wed, 21 Oct 2015 07:28:00 GMT\r\n",
                  "{}");
  });
  const auto response = put(std::string("\0\1\2", 3));
  ASSERT_TRUE(response.ok()) << response.error().code;
  EXPECT_EQ(response->status, 409);
  EXPECT_EQ(response->retry_after, 7);
  EXPECT_EQ(response->date, 1'445'412'480);
  EXPECT_EQ(response->content_type, "application/problem+json");
  EXPECT_EQ(text_of(response->body), "{}");
  const auto seen = server->requests().at(0);
  EXPECT_TRUE(seen.starts_with("PUT /v1/order HTTP/1.1\r\n")) << seen;
  EXPECT_NE(seen.find("Authorization: Bearer order-secret-canary\r\n"), std::string::npos);
  EXPECT_NE(seen.find("Content-Type: application/cms\r\n"), std::string::npos);
  EXPECT_TRUE(seen.ends_with(std::string("\r\n\r\n\0\1\2", 7)));
  EXPECT_FALSE(log.contains("canary"));
  EXPECT_TRUE(log.contains("/v1/order"));
}

TEST_F(HttpClient, KeepsItsConnectionUntilTheClockJumps) {
  serve([](const std::string&) { return answer(200, "", "x"); });
  ASSERT_TRUE(get().ok());
  ASSERT_TRUE(get().ok());
  EXPECT_EQ(server->connections(), 1);
  time.set_wall(1'900'000'000);  // the certificate has ended by now
  const auto later = get();
  ASSERT_FALSE(later.ok());
  EXPECT_EQ(later.error().status, KC_E_TLS_DATE);
}

TEST_F(HttpClient, DoesNotFollowARedirect) {
  serve([](const std::string&) { return answer(302, "Location: https://evil.example/\r\n", ""); });
  EXPECT_EQ(get()->status, 302);
  EXPECT_EQ(server->requests().size(), 1U);
}

TEST_F(HttpClient, BelievesOnlyThePinnedRoot) {
  serve([](const std::string&) { return answer(200, "", ""); });
  tls_identity::make({}).pin(scratch.path() / "pinned");  // another one of the same name
  const auto refused = put("x");
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().status, KC_E_TLS);
  EXPECT_TRUE(server->requests().empty()) << "nothing was sent";
}

TEST_F(HttpClient, ACertificateForAnotherNameIsRefused) {
  serve([](const std::string&) { return answer(200, "", ""); }, {"DNS:ra.example"});
  EXPECT_EQ(get().error().status, KC_E_TLS);
}

TEST_F(HttpClient, AMissingPinIsSaid) {
  serve([](const std::string&) { return answer(200, "", ""); });
  std::filesystem::remove(scratch.path() / "pinned" / "tls-root.pem");
  EXPECT_EQ(get().error().code, "KC-NET-PINNED");
}

TEST_F(HttpClient, OnlyAWrongDateIsCalledAWrongDate) {
  serve([](const std::string&) { return answer(200, "", "{}"); });
  time.set_wall(1'600'000'000);
  const auto refused = get();
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().status, KC_E_TLS_DATE);
  EXPECT_EQ(refused.error().code, "KC-NET-TLS-DATE");
  EXPECT_TRUE(get("/v1/time", date_check::ignore).ok());
  EXPECT_EQ(get().error().status, KC_E_TLS_DATE) << "the lenient connection serves no other request";
}

TEST_F(HttpClient, AWrongDateAndAWrongNameAreMoreThanADate) {
  serve([](const std::string&) { return answer(200, "", ""); }, {"DNS:ra.example"});
  time.set_wall(1'600'000'000);
  EXPECT_EQ(get().error().status, KC_E_TLS);
  EXPECT_EQ(get("/v1/time", date_check::ignore).error().status, KC_E_TLS);
}

TEST_F(HttpClient, TlsOneDotOneIsRefused) {
  serve([](const std::string&) { return answer(200, "", ""); }, {}, TLS1_1_VERSION);
  EXPECT_EQ(get().error().status, KC_E_TLS);
  EXPECT_TRUE(server->requests().empty());
}

TEST_F(HttpClient, NobodyThereMeansThatNothingWasSent) {
  serve([](const std::string&) { return answer(200, "", ""); });
  server.reset();
  const auto refused = put("x");
  EXPECT_EQ(refused.error().status, KC_E_NETWORK);
  EXPECT_EQ(refused.error().code, "KC-NET-CONNECT");
}

TEST_F(HttpClient, ABrokenAnswerMeansThatTheOutcomeIsUnknown) {
  for (const char* half : {"", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf", "not http at all\r\n\r\n"}) {
    serve([first = true, half](const std::string&) mutable {
      const std::string out = first ? half : "";
      first = false;
      return out;
    });
    const auto outcome = [&] {
      if (std::string(half).empty()) return put("x");
      http_request request;
      request.endpoint = "ra";
      request.method = "PUT";
      request.path = "/v1/order";
      request.timeout_ms = 300;  // it does not close after a half answer by itself
      request.body = bytes_of("x");
      return client->send(with.abi(), request);
    }();
    ASSERT_FALSE(outcome.ok()) << half;
    EXPECT_EQ(outcome.error().status, KC_E_OUTCOME_UNKNOWN) << half;
    EXPECT_GE(server->requests().size(), 1U);
  }
}

TEST_F(HttpClient, TooMuchIsCutOff) {
  serve([](const std::string& request) {
    if (request.find("/headers") != std::string::npos)
      return answer(200, "X: " + std::string(100'000, 'h') + "\r\n", "");
    return answer(200, "", std::string(1024 * 1024 + 1, 'b'));
  });
  EXPECT_EQ(get("/v1/body").error().status, KC_E_TOO_LARGE);
  EXPECT_EQ(get("/v1/headers").error().status, KC_E_TOO_LARGE);
}

TEST_F(HttpClient, ACancelledPutMayHaveHappenedACancelledGetDidNothing) {
  serve([this](const std::string&) {
    with.cancel();  // the request is here; the person presses cancel
    return std::string("(hold)");
  });
  EXPECT_EQ(put("x").error().status, KC_E_OUTCOME_UNKNOWN);
  EXPECT_EQ(get().error().status, KC_E_CANCELLED);
}

TEST_F(HttpClient, ACallThatWasCancelledBeforeSendsNothing) {
  serve([](const std::string&) { return answer(200, "", ""); });
  with.cancel();
  EXPECT_EQ(put("x").error().status, KC_E_CANCELLED);
  EXPECT_EQ(server->connections(), 0);
}

TEST_F(HttpClient, ADeadlineEndsAWaitThatNobodyAnswers) {
  serve([this](const std::string&) {
    time.advance(100);
    return std::string("(hold)");
  });
  call timed("zh-CN", time.monotonic_ns() + 50'000'000'000);
  http_request request;
  request.endpoint = "ra";
  request.method = "GET";
  request.path = "/v1/info";
  EXPECT_EQ(client->send(timed.abi(), request).error().status, KC_E_TIMEOUT);
}

TEST_F(HttpClient, AProxyOfTheEnvironmentIsNotUsed) {
  serve([](const std::string&) { return answer(200, "", ""); });
  ::setenv("https_proxy", "http://127.0.0.1:1", 1);
  ::setenv("ALL_PROXY", "http://127.0.0.1:1", 1);
  EXPECT_TRUE(get().ok());
  ::unsetenv("https_proxy");
  ::unsetenv("ALL_PROXY");
}

}  // namespace
}  // namespace keycare::services
