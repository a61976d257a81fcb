// test_numbers.cpp - identity numbers, credit codes and the numbers of other documents.
#include "plugins/common/credit_code.hpp"
#include "plugins/common/documents.hpp"
#include "plugins/common/identity_number.hpp"

#include "tests/plugins/common/outcome.hpp"

#include <gtest/gtest.h>

namespace keycare::common {
namespace {

using namespace std::chrono;
TEST(IdentityNumber, AcceptsTheStandardsOwnExamples) {
  EXPECT_EQ(outcome(check_identity_number("11010519491231002X", today)), "11010519491231002X");
  EXPECT_EQ(outcome(check_identity_number("440524188001010014", today)), "440524188001010014");
}

TEST(IdentityNumber, TakesSmallXFullWidthAndBlanks) {
  EXPECT_EQ(outcome(check_identity_number("11010519491231002x", today)), "11010519491231002X");
  EXPECT_EQ(outcome(check_identity_number("１１０１０５１９４９１２３１００２Ｘ", today)), "11010519491231002X");
  EXPECT_EQ(outcome(check_identity_number("　110105 19491231 002X ", today)), "11010519491231002X");
}

TEST(IdentityNumber, NamesWhatIsWrong) {
  EXPECT_EQ(outcome(check_identity_number("", today)), "KC-FORM-MISSING");
  EXPECT_EQ(outcome(check_identity_number("  ", today)), "KC-FORM-MISSING");
  EXPECT_EQ(outcome(check_identity_number("110105491231002", today)), "KC-FORM-ID-LENGTH");
  EXPECT_EQ(outcome(check_identity_number("1101051949123100AX", today)), "KC-FORM-ID-CHARACTERS");
  EXPECT_EQ(outcome(check_identity_number("11010519491231002Y", today)), "KC-FORM-ID-CHARACTERS");
  EXPECT_EQ(outcome(check_identity_number("110105194912310021", today)), "KC-FORM-ID-CHECK");
  EXPECT_EQ(outcome(check_identity_number("11010519490229002X", today)), "KC-FORM-ID-DATE");
  EXPECT_EQ(outcome(check_identity_number("110105194913310020", today)), "KC-FORM-ID-DATE");
  EXPECT_EQ(outcome(check_identity_number(std::string("110105\xFF", 7), today)), "KC-FORM-CHARACTERS");
  EXPECT_EQ(outcome(check_identity_number(std::string(5000, '1'), today)), "KC-FORM-TOO-LONG");
}

TEST(IdentityNumber, BirthdayTodayIsFineTomorrowIsNot) {
  const std::string body = "11010520261123001";
  int sum = 0;
  constexpr int weights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  for (std::size_t i = 0; i < 17; ++i) sum += weights[i] * (body[i] - '0');
  const auto number = body + "10X98765432"[sum % 11];
  EXPECT_EQ(outcome(check_identity_number(number, today)), number);
  EXPECT_EQ(outcome(check_identity_number(number, today - days(1))), "KC-FORM-ID-DATE");
}

TEST(IdentityNumber, EveryMistypedDigitOfAnExampleIsCaught) {
  const std::string right = "11010519491231002X";
  for (std::size_t i = 0; i < 17; ++i) {
    for (char c = '0'; c <= '9'; ++c) {
      auto wrong = right;
      wrong[i] = c;
      EXPECT_EQ(check_identity_number(wrong, today).ok(), c == right[i]) << wrong;
    }
  }
}

TEST(IdentityNumber, KnowsNoRegionsSoThatResidencePermitsPass) {
  const std::string body = "81000019900101001";
  int sum = 0;
  constexpr int weights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  for (std::size_t i = 0; i < 17; ++i) sum += weights[i] * (body[i] - '0');
  EXPECT_TRUE(check_identity_number(body + "10X98765432"[sum % 11], today).ok());
}

TEST(CreditCode, AcceptsKnownCodes) {
  EXPECT_EQ(outcome(check_credit_code("91350100M000100Y43")), "91350100M000100Y43");
  EXPECT_EQ(outcome(check_credit_code("91440300708461136T")), "91440300708461136T");
  EXPECT_EQ(outcome(check_credit_code("９１３５０１００m000100y43")), "91350100M000100Y43");
}

TEST(CreditCode, NamesWhatIsWrong) {
  EXPECT_EQ(outcome(check_credit_code("")), "KC-FORM-MISSING");
  EXPECT_EQ(outcome(check_credit_code("91350100M000100Y4")), "KC-FORM-CREDIT-LENGTH");
  EXPECT_EQ(outcome(check_credit_code("91350100I000100Y43")), "KC-FORM-CREDIT-CHARACTERS");
  EXPECT_EQ(outcome(check_credit_code("91350100M000100Y44")), "KC-FORM-CREDIT-CHECK");
}

TEST(Documents, HoldEachKindAgainstItsOwnRule) {
  EXPECT_EQ(outcome(check_document("", "11010519491231002x", today)), "11010519491231002X");
  EXPECT_EQ(outcome(check_document("social-credit-code", "91350100M000100Y43", today)), "91350100M000100Y43");
  EXPECT_EQ(outcome(check_document("hk-macau-permit", "h12345678", today)), "H12345678");
  EXPECT_EQ(outcome(check_document("hk-macau-permit", "M1234567890", today)), "M1234567890");
  EXPECT_EQ(outcome(check_document("hk-macau-permit", "H123456789", today)), "KC-FORM-HK-MACAU");
  EXPECT_EQ(outcome(check_document("hk-macau-permit", "A12345678", today)), "KC-FORM-HK-MACAU");
  EXPECT_EQ(outcome(check_document("taiwan-permit", "1234 5678", today)), "12345678");
  EXPECT_EQ(outcome(check_document("taiwan-permit", "123456789", today)), "KC-FORM-TAIWAN");
  EXPECT_EQ(outcome(check_document("passport", "e12345678", today)), "E12345678");
  EXPECT_EQ(outcome(check_document("passport", "E123", today)), "KC-FORM-PASSPORT");
  EXPECT_EQ(outcome(check_document("passport", "E12345678901234567", today)), "KC-FORM-PASSPORT");
  EXPECT_EQ(outcome(check_document("library-card", "1", today)), "KC-FORM-DOCUMENT-KIND");
  EXPECT_EQ(outcome(check_document("passport", "", today)), "KC-FORM-MISSING");
}

TEST(Documents, AreNamedAsTheFormNamesThem) {
  EXPECT_EQ(document_kinds().front().zh, "身份证");
  EXPECT_EQ(document_name("passport", "en"), "Passport");
  EXPECT_EQ(document_name("other", "en"), "other");
}

TEST(Documents, ShowOnlyTheEndsOfANumber) {
  EXPECT_EQ(masked("11010519491231002X"), "110************02X");
  EXPECT_EQ(masked("12345"), "*****");
}

}  // namespace
}  // namespace keycare::common
