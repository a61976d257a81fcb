// test_ra_answers.cpp - what an HTTP response means under the RA's contract.
#include "plugins/common/ra_client.hpp"

#include <gtest/gtest.h>

namespace keycare::common {
namespace {

http_response response(int status, const char* type, std::string_view body) {
  http_response out;
  out.status = status;
  out.content_type = type;
  out.body.assign(body.begin(), body.end());
  return out;
}

TEST(RaAnswer, OfAGatewayIsNotTheRasOwnWord) {
  const auto ours = read_answer(response(403, "application/problem+json", R"({"code":"wrong-signer"})"));
  ASSERT_TRUE(ours.ok());
  EXPECT_TRUE(ours->problem->from_ra);
  for (const auto& [type, body] : {std::pair{"text/html", "<html>"}, std::pair{"application/problem+json", "{}"},
                                   std::pair{"application/json", R"({"code":"wrong-signer"})"}}) {
    const auto read = read_answer(response(403, type, body));
    ASSERT_TRUE(read.ok());
    EXPECT_FALSE(read->problem->from_ra) << body;
    EXPECT_EQ(problem_error(*read).code, "KC-RA-REFUSED");
  }
}

}  // namespace
}  // namespace keycare::common
