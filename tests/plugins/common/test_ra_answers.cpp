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

TEST(RaAnswer, ThatHasAMemberTwiceIsNone) {
  // Which of the two counts, two readers would not agree about.
  for (const char* body : {R"({"fee_fen":20000,"fee_fen":1})", R"({"order":{"a":1,"b":2,"a":1}})",
                           R"({"list":[{"a":1},{"a":1,"\u0061":2}]})"}) {
    const auto read = read_answer(response(200, "application/json", body));
    ASSERT_FALSE(read.ok()) << body;
    EXPECT_EQ(read.error().code, "KC-RA-ANSWER");
  }
  EXPECT_TRUE(read_answer(response(200, "application/json", R"({"a":{"a":1},"b":[{"a":1},{"a":1}]})")).ok())
      << "in other objects the same name is another member";
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
