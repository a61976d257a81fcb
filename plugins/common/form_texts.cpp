// form_texts.cpp - see form_texts.hpp. The Chinese terms are those of the guide, section 2 step 3.
#include "plugins/common/form_texts.hpp"

#include <array>

namespace keycare::common {
namespace {

constexpr std::array texts = std::to_array<sentence>({
    {"KC-FORM-MISSING", "此项必须填写。", "This field must be filled in."},
    {"KC-FORM-CHARACTERS", "含有无法识别的字符，请删除后重新填写。",
     "There are characters here that cannot be read; delete them and type again."},
    {"KC-FORM-TOO-LONG", "内容过长，请缩短后重新填写。", "This is too long; please shorten it."},
    {"KC-FORM-DOCUMENT-KIND", "不支持该证件类型，请从列表中选择。",
     "This kind of document is not offered; choose one of the list."},
    {"KC-FORM-ID-LENGTH", "必须填写真实有效的身份证号码：应为18位，请核对后重新填写。",
     "A resident identity number has 18 characters; compare it with the card and type it again."},
    {"KC-FORM-ID-CHARACTERS", "必须填写真实有效的身份证号码：只能是数字，最后一位可以是X。",
     "A resident identity number has digits only; its last character may be X."},
    {"KC-FORM-ID-DATE", "必须填写真实有效的身份证号码：第7至14位不是有效的出生日期，请核对。",
     "Characters 7 to 14 are not a real date of birth; compare the number with the card."},
    {"KC-FORM-ID-CHECK", "必须填写真实有效的身份证号码：校验位不符，可能有一位输入错误，请逐位核对。",
     "The check character does not fit: one character may be mistyped; compare the number with the card."},
    {"KC-FORM-CREDIT-LENGTH", "统一社会信用代码应为18位，请核对后重新填写。",
     "A unified social credit code has 18 characters; compare it with the business licence."},
    {"KC-FORM-CREDIT-CHARACTERS", "统一社会信用代码只含数字和大写字母（不含I、O、S、V、Z），请核对。",
     "A unified social credit code has digits and capitals only (never I, O, S, V or Z)."},
    {"KC-FORM-CREDIT-CHECK", "统一社会信用代码校验位不符，可能有一位输入错误，请逐位核对。",
     "The check character does not fit: one character may be mistyped; compare it with the business licence."},
    {"KC-FORM-HK-MACAU", "港澳居民来往内地通行证号码应为H或M加8位或10位数字，请核对。",
     "The number is H or M and 8 or 10 digits; compare it with the permit."},
    {"KC-FORM-TAIWAN", "台湾居民来往大陆通行证号码应为8位或10位数字，请核对。",
     "The number has 8 or 10 digits; compare it with the permit."},
    {"KC-FORM-PASSPORT", "护照号码应为5至17位字母和数字，请核对。",
     "A passport number has 5 to 17 letters and digits."},
    {"KC-FORM-NAME", "必须填写真实有效的经办人姓名，与身份证号码需匹配：不能含有数字或符号（间隔号“·”除外）。",
     "Type the name as on the document: no digits and no signs (a middle dot is fine)."},
    {"KC-FORM-MOBILE", "必须填写真实有效的手机号码：应为11位，以13至19开头。",
     "A mobile number has 11 digits and starts with 13 to 19."},
    {"KC-FORM-EMAIL", "必须填写真实有效的经办人email，例如 name@example.com。",
     "Type a complete e-mail address, for example name@example.com."},
    {"KC-FORM-TELEPHONE", "请填写有效的电话号码，例如 020-89524338。", "Type a telephone number such as 020-89524338."},
    {"KC-FORM-INVOICE-KIND", "不支持该发票类型，请从列表中选择。",
     "This kind of invoice is not offered; choose one of the list."},
    {"KC-FORM-TAX-NUMBER", "纳税人识别号应为统一社会信用代码（18位），请核对后重新填写。",
     "The taxpayer number is the unified social credit code (18 characters); please check it."},
    {"KC-FORM-TAX-ODD", "该纳税人识别号不是统一社会信用代码，如仍在使用旧号码可以继续，请再次核对。",
     "This taxpayer number is not a unified social credit code. If the old number is still in use, go on; please check "
     "it once more."},
    {"KC-FORM-BANK-ACCOUNT", "银行账号应为6至32位数字，请核对后重新填写。", "A bank account has 6 to 32 digits."},
});

}  // namespace

std::span<const sentence> form_texts() {
  return texts;
}

}  // namespace keycare::common
