// documents.cpp - sample texts; a real RA serves its own.
#include "documents.hpp"

#include "octets.hpp"

#include <algorithm>
#include <array>

namespace keycare::dev_ra {

namespace {

struct document {
  std::string_view member;
  std::string_view id;
  std::string_view language;
  std::string_view text;
};

constexpr std::string_view current_version = "1.0";

constexpr std::array texts = std::to_array<document>({
    {"agreement", "service-agreement", "zh-CN",
     "网证通电子认证服务协议（开发环境样本，不具法律效力）\n\n"
     "1. 续期将使用您现有证书的私钥签署申请。\n"
     "2. 续期完成后，新证书使用新的密钥。用旧证书加密的文件（例如投标文件）只能用旧证书打开，请保留旧证书及其密钥。\n"
     "3. 费用按年收取，每年 200 元，不包含快递费。\n"
     "4. 电子印章与证书一一对应，续期后需要重新制作印章。\n"},
    {"agreement", "service-agreement", "en",
     "Electronic certification service agreement (sample for development, without legal effect)\n\n"
     "1. The application is signed with the private key of your present certificate.\n"
     "2. The new certificate has a new key. Files encrypted to the old certificate (bids, for example) open with the "
     "old one "
     "only: keep it and its key.\n"
     "3. The fee is 200 CNY a year, delivery not included.\n"
     "4. An electronic seal belongs to one certificate and is issued again after renewal.\n"},
    {"personal_data", "personal-data", "zh-CN",
     "个人信息处理告知同意书（开发环境样本）\n\n为核验身份与办理续期，我们处理经办人的证件类型、证件号码、姓名、地址、"
     "手机号码和 "
     "email，仅用于本业务及解锁时的身份核验。\n"},
    {"personal_data", "personal-data", "en",
     "Consent to the processing of personal data (sample for development)\n\nTo check the identity and to carry out "
     "the renewal we "
     "process the applicant's document type and number, name, address, mobile number and e-mail, for this business and "
     "for "
     "checking the identity before an unlock only.\n"},
});

const document& find(std::string_view member, std::string_view language) {
  const auto is = [&](std::string_view wanted) {
    return std::find_if(texts.begin(), texts.end(),
                        [&](const auto& d) { return d.member == member && d.language == wanted; });
  };
  const auto it = is(language);
  return it != texts.end() ? *it : *is("zh-CN");
}

nlohmann::json shown(const document& d) {
  return {{"id", d.id},
          {"version", current_version},
          {"language", d.language},
          {"sha256", sha256_hex(d.text)},
          {"text", d.text}};
}

}  // namespace

nlohmann::json documents(std::string_view language) {
  return {{"agreement", shown(find("agreement", language))}, {"personal_data", shown(find("personal_data", language))}};
}

bool consents(const nlohmann::json& consent, std::int64_t now) {
  constexpr std::int64_t clock_error = 600;
  for (const char* member : {"agreement", "personal_data"}) {
    const auto& given = consent.at(member);
    const auto language = given.at("language").get<std::string>();
    const auto& wanted = find(member, language);
    if (wanted.language != language || given.at("id") != wanted.id || given.at("version") != current_version ||
        given.at("sha256") != sha256_hex(wanted.text))
      return false;
    const auto accepted = given.at("accepted_at").get<std::int64_t>();
    if (given.at("shown_at").get<std::int64_t>() > accepted || accepted > now + clock_error) return false;
  }
  return true;
}

}  // namespace keycare::dev_ra
