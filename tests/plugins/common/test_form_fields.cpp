// test_form_fields.cpp - names, telephones, e-mail, invoices: what a clerk types, and what stands beside the field.
#include "plugins/common/contact.hpp"
#include "plugins/common/invoice.hpp"
#include "plugins/common/names.hpp"
#include "plugins/common/narrow.hpp"
#include "plugins/common/utf8.hpp"

#include "tests/plugins/common/outcome.hpp"

#include <gtest/gtest.h>

namespace keycare::common {
namespace {

using namespace std::chrono;
TEST(Mobile, LosesItsDecorations) {
  for (const char* typed :
       {"13800138000", "+86 138 0013 8000", "0086-138-0013-8000", "１３８００１３８０００", "+8613800138000"})
    EXPECT_EQ(outcome(check_mobile(typed)), "13800138000") << typed;
}

TEST(Mobile, NamesWhatIsWrong) {
  EXPECT_EQ(outcome(check_mobile("")), "KC-FORM-MISSING");
  for (const char* typed : {"12800138000", "1380013800", "138001380000", "020-89524338", "1380013800a"})
    EXPECT_EQ(outcome(check_mobile(typed)), "KC-FORM-MOBILE") << typed;
}

TEST(Email, AcceptsWhatPeopleHave) {
  EXPECT_EQ(outcome(check_email("zhang.san+ca@Example.COM.cn")), "zhang.san+ca@example.com.cn");
  EXPECT_EQ(outcome(check_email(" ｚｓ＠ｅｘａｍｐｌｅ．ｃｏｍ ")), "zs@example.com");
  EXPECT_EQ(outcome(check_email("4008301330@qq.com")), "4008301330@qq.com");
}

TEST(Email, NamesWhatIsWrong) {
  EXPECT_EQ(outcome(check_email("")), "KC-FORM-MISSING");
  for (const char* typed : {"zhangsan", "@example.com", "a@b", "a@.com", "a@-x.com", "a..b@example.com",
                            ".a@example.com", "a b@example.com", "a@example.c", "a@10.0.0.1", "张三@example.com"})
    EXPECT_EQ(outcome(check_email(typed)), "KC-FORM-EMAIL") << typed;
  EXPECT_EQ(outcome(check_email(std::string(65, 'a') + "@example.com")), "KC-FORM-EMAIL");
}

TEST(Names, KeepRareCharactersAndTheMiddleDot) {
  for (const char* name :
       {"张三", "阿卜杜拉·买买提", "𠮷野家", "㛃𬎆", "O'Brien", "Jean-Luc P.", "〇一", "\xEE\xA0\x80"})
    EXPECT_EQ(outcome(check_name(name)), name);
  EXPECT_EQ(outcome(check_name("　张三 ")), "张三");
}

TEST(Names, NameWhatIsWrong) {
  EXPECT_EQ(outcome(check_name("　")), "KC-FORM-MISSING");
  for (const char* name : {"张3", "张<b>", "张３", "张，三", "张😀", "张\"三"})
    EXPECT_EQ(outcome(check_name(name)), "KC-FORM-NAME") << name;
  EXPECT_EQ(outcome(check_name("张\u202E三")), "KC-FORM-CHARACTERS");
  EXPECT_EQ(outcome(check_name("张\n三")), "KC-FORM-CHARACTERS");
  EXPECT_EQ(outcome(check_name("\xF0\x28\x8C\x28")), "KC-FORM-CHARACTERS");
  std::string four_bytes;
  for (int i = 0; i < 33; ++i) four_bytes += "𠮷";
  EXPECT_EQ(outcome(check_name(four_bytes)), "KC-FORM-TOO-LONG");
}

TEST(Address, IsOptionalAndOneLine) {
  EXPECT_EQ(outcome(check_address("")), "");
  EXPECT_EQ(outcome(check_address("广州市天河区 1 号")), "广州市天河区 1 号");
  EXPECT_EQ(outcome(check_address(std::string(257, 'a'))), "KC-FORM-TOO-LONG");
}

TEST(Telephone, MayBeAFixedLine) {
  EXPECT_EQ(outcome(check_telephone("020-89524338")), "020-89524338");
  EXPECT_EQ(outcome(check_telephone("(020) 8952 4338")), "(020)89524338");
  EXPECT_EQ(outcome(check_telephone("call me")), "KC-FORM-TELEPHONE");
}

TEST(Utf8, RefusesOverlongFormsSurrogatesAndCutSequences) {
  for (const char* bad : {"\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE4\xBD", "\x80", "\xFF"})
    EXPECT_FALSE(decode_utf8(bad).has_value());
  EXPECT_EQ(decode_utf8("a中𠮷")->size(), 3U);
  EXPECT_EQ(encode_utf8(*decode_utf8("a中𠮷é")), "a中𠮷é");
}

TEST(Utf8, ShowsHostileTextAsOneHarmlessLine) {
  EXPECT_EQ(showable("a\n\u202Eb\xFF"), "ab\uFFFD");
  EXPECT_EQ(showable("一二三四", 2), "一二…");
}

invoice enterprise() {
  return {"enterprise", "平安供应商有限公司", "91350100M000100Y43", "a@example.com", {}, {}, {}, {}};
}

std::string problems(const checked_invoice& checked) {
  std::string all;
  for (const auto& one : checked.problems) all += one.field + "=" + one.code + (one.warning ? "? " : " ");
  return all;
}

TEST(Invoice, OfAnEnterpriseNeedsItsNumber) {
  EXPECT_EQ(problems(check_invoice(enterprise(), today)), "");
  auto without = enterprise();
  without.taxpayer_number.clear();
  EXPECT_EQ(problems(check_invoice(without, today)), "invoice.taxpayer_number=KC-FORM-MISSING ");
  EXPECT_FALSE(check_invoice(without, today).fits());
}

TEST(Invoice, OfAPersonOrAPublicBodyNeedsNoNumber) {
  EXPECT_EQ(problems(check_invoice({"personal", "张三", {}, "a@example.com", {}, {}, {}, {}}, today)), "");
  EXPECT_EQ(problems(check_invoice({"public-body", "某某局", {}, "a@example.com", {}, {}, {}, {}}, today)), "");
}

TEST(Invoice, WithAnOddOldNumberWarnsButPasses) {
  for (const char* number : {"440106123456789", "44010612345678901234", "11010519491231002X"}) {
    auto old = enterprise();
    old.taxpayer_number = number;
    const auto checked = check_invoice(old, today);
    EXPECT_EQ(problems(checked), "invoice.taxpayer_number=KC-FORM-TAX-ODD? ") << number;
    EXPECT_TRUE(checked.fits());
    EXPECT_EQ(checked.value.taxpayer_number, number);
  }
}

TEST(Invoice, WithAMistypedNumberIsStopped) {
  auto wrong = enterprise();
  wrong.taxpayer_number = "91350100M000100Y44";
  EXPECT_EQ(problems(check_invoice(wrong, today)), "invoice.taxpayer_number=KC-FORM-CREDIT-CHECK ");
  wrong.taxpayer_number = "123";
  EXPECT_EQ(problems(check_invoice(wrong, today)), "invoice.taxpayer_number=KC-FORM-TAX-NUMBER ");
}

TEST(Invoice, SpecialOneNeedsAddressTelephoneBankAndAccountAndSaysAllAtOnce) {
  auto special = enterprise();
  special.kind = "special";
  EXPECT_EQ(problems(check_invoice(special, today)),
            "invoice.address=KC-FORM-MISSING invoice.telephone=KC-FORM-MISSING invoice.bank=KC-FORM-MISSING "
            "invoice.account=KC-FORM-MISSING ");
  special.address = "广州市";
  special.telephone = "020-89524338";
  special.bank = "平安银行";
  special.account = "6222 0000 1111 2222 333";
  const auto checked = check_invoice(special, today);
  EXPECT_EQ(problems(checked), "");
  EXPECT_EQ(invoice_json(checked.value).at("account"), "6222000011112222333");
}

TEST(Invoice, LeavesOutWhatItsKindDoesNotNeed) {
  auto person = enterprise();
  person.kind = "personal";
  const auto json = invoice_json(check_invoice(person, today).value);
  EXPECT_FALSE(json.contains("taxpayer_number"));
  EXPECT_EQ(json.size(), 3U);
}

TEST(Invoice, OfAnUnknownKindIsRefused) {
  auto odd = enterprise();
  odd.kind = "other";
  EXPECT_EQ(problems(check_invoice(odd, today)), "invoice.kind=KC-FORM-INVOICE-KIND ");
}

}  // namespace
}  // namespace keycare::common
