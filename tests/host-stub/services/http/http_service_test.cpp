// http_service_test.cpp - keycare.http/1 as a plugin calls it, and signed time.
#include "host-stub/services/http/http_service.hpp"
#include "host-stub/services/call.hpp"
#include "host-stub/services/threads.hpp"
#include "keycare/abi/http.h"
#include "keycare/sdk/statement.hpp"
#include "tests/host-stub/services/scratch_folder.hpp"
#include "tls_server.hpp"

#include <gtest/gtest.h>
#include <openssl/evp.h>

#include <memory>
#include <string>

namespace keycare::services {
namespace {

std::string base64(std::string_view text) {
  std::string out(4 * ((text.size() + 2) / 3) + 1, '\0');
  const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                                   reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
  out.resize(static_cast<std::size_t>(size));
  return out;
}

/// "SIGNED:" in front stands for a good signature: verification itself is the crypto service's and tested there.
result<octets> stand_in_verify(std::string_view endpoint, std::string_view role, octets_view cms) {
  const auto text = text_of(cms);
  if (endpoint != "ra" || role != "time" || !text.starts_with("SIGNED:"))
    return fail(KC_E_UNTRUSTED, "KC-TRUST-SIGNATURE");
  return octets(cms.begin() + 7, cms.end());
}

class HttpService : public testing::Test {
protected:
  void serve(tls_server::handler handler) {
    const auto identity = tls_identity::make({});
    identity.pin(scratch.path());
    server = std::make_unique<tls_server>(identity, std::move(handler));
    client = std::make_unique<http_client>(
        std::map<std::string, endpoint_config>{{"ra", {server->url(), scratch.path(), {}}}}, time, log);
    owner = make_http_service(*client, &stand_in_verify, {"renewal", "1.0.0", {"net:ra"}});
    table = reinterpret_cast<const kc_http_service*>(owner->table());
  }
  /// A server that answers /v1/time with what @p said makes of the nonce.
  void serve_time(std::function<std::string(const std::string& nonce)> said) {
    serve([said = std::move(said)](const std::string& request) {
      const auto at = request.find("nonce=") + 6;
      const auto nonce = request.substr(at, request.find(' ', at) - at);
      return answer(200, "Content-Type: application/json\r\n", R"({"cms":")" + base64(said(nonce)) + "\"}");
    });
  }
  kc_status signed_time(std::int64_t& at) {
    why = sized<kc_error>();
    return table->signed_time(table, with.abi(), borrow("ra"), &at, &why);
  }
  static std::string statement_of(const std::string& nonce, std::int64_t at) {
    return *statement::canonical({{"type", "time"}, {"version", 1}, {"ra", "dev"}, {"time", at}, {"nonce", nonce}});
  }

  scratch_folder scratch;
  manual_time time{1'750'000'000};
  memory_log log{time};
  call with;
  std::unique_ptr<tls_server> server;
  std::unique_ptr<http_client> client;
  std::unique_ptr<service> owner;
  const kc_http_service* table = nullptr;
  kc_error why = sized<kc_error>();
  thread_role_scope role{thread_role::worker};
};

TEST_F(HttpService, APluginSendsToTheEndpointsOfItsManifestOnly) {
  serve([](const std::string&) { return answer(200, "Retry-After: 3\r\n", "hello"); });
  auto request = sized<kc_http_request>();
  request.endpoint = borrow("ra");
  request.method = borrow("GET");
  request.path = borrow("/v1/info");
  struct seen {
    std::int32_t status = 0;
    std::int64_t retry_after = 0;
    std::string body;
  } got;
  const auto sink = [](void* to, const kc_http_response* response) {
    *static_cast<seen*>(to) = {response->status, response->retry_after, std::string(text_of(bytes(response->body)))};
  };
  EXPECT_EQ(table->send(table, with.abi(), &request, sink, &got, &why), KC_OK) << why.code;
  EXPECT_EQ(got.status, 200);
  EXPECT_EQ(got.retry_after, 3);
  EXPECT_EQ(got.body, "hello");
  request.endpoint = borrow("portal");
  EXPECT_EQ(table->send(table, with.abi(), &request, sink, &got, &why), KC_E_NO_PERMISSION);
  EXPECT_STREQ(why.code, "KC-NET-NO-PERMISSION");
  EXPECT_EQ(table->send(table, with.abi(), nullptr, sink, &got, &why), KC_E_ARGUMENT);
  const thread_role_scope nowhere(thread_role::none);
  EXPECT_EQ(table->send(table, with.abi(), &request, sink, &got, &why), KC_E_WRONG_THREAD);
}

TEST_F(HttpService, SignedTimeHoldsAlthoughTheComputersClockIsWrong) {
  serve_time([](const std::string& nonce) { return "SIGNED:" + statement_of(nonce, 1'750'000'123); });
  time.set_wall(1'000'000'000);
  std::int64_t at = 0;
  ASSERT_EQ(signed_time(at), KC_OK) << why.code;
  EXPECT_EQ(at, 1'750'000'123);
}

TEST_F(HttpService, SignedTimeOfAnotherSignerNonceOrTypeIsRefused) {
  std::int64_t at = 0;
  serve_time([](const std::string& nonce) { return "FORGED:" + statement_of(nonce, 1); });
  EXPECT_EQ(signed_time(at), KC_E_UNTRUSTED);
  serve_time([](const std::string&) { return "SIGNED:" + statement_of(std::string(32, 'a'), 1); });
  EXPECT_EQ(signed_time(at), KC_E_UNTRUSTED);
  EXPECT_STREQ(why.code, "KC-NET-TIME-REFUSED");
  serve_time([](const std::string& nonce) {
    return "SIGNED:" + *statement::canonical({{"type", "receipt"}, {"nonce", nonce}, {"time", 1}});
  });
  EXPECT_EQ(signed_time(at), KC_E_UNTRUSTED);
  serve([](const std::string&) { return answer(200, "", R"({"cms":"!!!!"})"); });
  EXPECT_EQ(signed_time(at), KC_E_UNTRUSTED);
  serve([](const std::string&) { return answer(503, "", ""); });
  EXPECT_EQ(signed_time(at), KC_E_UNTRUSTED);
  EXPECT_EQ(at, 0);
}

}  // namespace
}  // namespace keycare::services
