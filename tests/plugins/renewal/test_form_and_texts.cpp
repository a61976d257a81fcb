// test_form_and_texts.cpp - the form's fields all at once, and a sentence for everything that can be said.
#include "plugins/common/encoding.hpp"
#include "plugins/renewal/core/form.hpp"
#include "plugins/renewal/core/order_table.hpp"
#include "plugins/renewal/core/texts.hpp"

#include <gtest/gtest.h>

namespace keycare::renewal {
namespace {

using nlohmann::json;
const common::day today = common::local_day(1'795'392'000, 8 * 3600);

TEST(Form, IsNormalisedWhenItFits) {
  const auto checked = check_form({{"id_number", "１１０１０５19491231002x"},
                                   {"name", " 张三 "},
                                   {"phone", "+86 138 0013 8000"},
                                   {"email", "zhangsan@Example.com"},
                                   {"address", ""}},
                                  today);
  EXPECT_TRUE(checked.fits());
  EXPECT_EQ(checked.value, json({{"id_type", "resident-id"},
                                 {"id_number", "11010519491231002X"},
                                 {"name", "张三"},
                                 {"phone", "13800138000"},
                                 {"email", "zhangsan@example.com"}}));
}

TEST(Form, EveryWrongFieldIsNamedAtOnceInTheFormsOrder) {
  const auto checked = check_form({{"id_number", "110105194912310021"}, {"name", ""}, {"phone", "1380013800"}}, today);
  std::vector<std::string> fields;
  for (const auto& problem : checked.problems) fields.push_back(problem.field);
  EXPECT_EQ(fields, (std::vector<std::string>{"id_number", "name", "phone", "email"}));
  EXPECT_EQ(checked.problems.front().code, "KC-FORM-ID-CHECK");
}

TEST(Form, AnUnknownKindOfDocumentIsTheKindsFault) {
  const auto checked = check_form({{"id_type", "library-card"}, {"id_number", "1"}}, today);
  EXPECT_EQ(checked.problems.front().field, "id_type");
}

TEST(Form, ACorrectionHoldsOnlyTheFieldsThatChange) {
  const auto checked = check_correction({{"phone", "13900139000"}}, today);
  EXPECT_TRUE(checked.fits());
  EXPECT_EQ(checked.value, json({{"phone", "13900139000"}}));
}

TEST(Form, OneToFiveYearsAreOffered) {
  for (const int months : {12, 24, 36, 48, 60}) EXPECT_TRUE(is_offered_term(months));
  for (const int months : {0, 1, 6, 13, 72, -12}) EXPECT_FALSE(is_offered_term(months));
}

TEST(Texts, EverythingHasASentenceInBothLanguages) {
  for (const auto& table : texts().tables())
    for (const auto& sentence : table) {
      EXPECT_FALSE(sentence.zh.empty()) << sentence.code;
      EXPECT_FALSE(sentence.en.empty()) << sentence.code;
      EXPECT_EQ(texts().find(sentence.code, "en"), std::optional(texts().text(sentence.code, "en")));
    }
}

TEST(Texts, EveryStepAndEveryStateCanBeSaid) {
  for (const auto& row : steps)
    EXPECT_TRUE(texts().find("step." + std::string(name_of(row.what)), "zh-CN")) << name_of(row.what);
  for (std::size_t i = 2; i < ra_state_names.size(); ++i)
    EXPECT_TRUE(texts().find("state." + std::string(ra_state_names[i]), "zh-CN")) << ra_state_names[i];
  for (const auto s : {stage::sign_intent, stage::signed_, stage::accepted})
    EXPECT_TRUE(texts().find("state." + std::string(name_of(s)), "zh-CN"));
}

TEST(Texts, AnErrorSaysWhatToDoNext) {
  const auto internal = texts().explain({KC_E_FAILED, "KC-RA-INTERNAL", 500, "{}"}, "zh-CN");
  EXPECT_EQ(internal, "注册机构暂时无法办理，已提交的内容不会丢失。请稍后继续。");
  const auto said = texts().explain({KC_E_FAILED, "KC-RENEWAL-NOT-ENDED", 0, "{}"}, "zh-CN");
  EXPECT_EQ(said, "数字证书 CA 已过期，请重新新申请。");
}

TEST(Encoding, FollowsTheVectorsOfRfc4648AndRefusesWhatOnlyLooksLikeIt) {
  using common::from_base64, common::to_base64, common::to_base32;
  EXPECT_EQ(to_base64(bytes_of("")), "");
  EXPECT_EQ(to_base64(bytes_of("f")), "Zg==");
  EXPECT_EQ(to_base64(bytes_of("foobar")), "Zm9vYmFy");
  EXPECT_EQ(to_base32(bytes_of("foobar")), "mzxw6ytboi");
  for (const char* text : {"", "Zg==", "Zm8=", "Zm9v", "Zm9vYg=="}) EXPECT_EQ(to_base64(*from_base64(text)), text);
  for (const char* text : {"Zg", "Zg=", "Zh==", "Zm9=", "Z===", "Zm 9", "=Zg=", "Zm9v\n"})
    EXPECT_FALSE(from_base64(text)) << text;
  EXPECT_EQ(common::to_uuid(octets(16, 0xFF)), "ffffffff-ffff-4fff-bfff-ffffffffffff");
  EXPECT_TRUE(common::from_uuid("ffffffff-ffff-4fff-bfff-ffffffffffff"));
  EXPECT_FALSE(common::from_uuid("FFFFFFFF-ffff-4fff-bfff-ffffffffffff"));
}

}  // namespace
}  // namespace keycare::renewal
