// statement_view.cpp - the words for each type of statement and operation, in Chinese and English.
#include "host-stub/services/signing/statement_view.hpp"

#include "host-stub/services/token/utf8.hpp"
#include "keycare/sdk/statement.hpp"

#include <array>
#include <cstdio>
#include <ctime>

namespace keycare::services {

namespace {

bool is_chinese(std::string_view language) {
  return language.substr(0, 2) != "en";
}

struct words {
  std::string_view name;
  std::string_view zh;
  std::string_view en;
};

std::string_view find(const auto& table, std::string_view name, bool zh) {
  for (const auto& row : table)
    if (row.name == name) return zh ? row.zh : row.en;
  return {};
}

constexpr auto titles = std::to_array<words>({
    {"apply", "申请证书续期", "Apply for the renewal of the certificate"},
    {"bind-csr", "把介质中的新密钥绑定到续期业务", "Bind the token's new key to the renewal"},
    {"confirm", "确认新证书已安装", "Confirm that the new certificate is installed"},
    {"withdraw", "撤销续期申请", "Withdraw the application"},
    {"correct", "更正申请资料", "Correct the application"},
    {"list", "查询本证书的续期业务", "List the renewals of this certificate"},
    {"new-generation", "为同一业务重新生成密钥", "Use a new key on the same order"},
    {"unlock-proof", "向发证机构证明密码已重置", "Prove to the authority that the PIN was reset"},
});

constexpr auto operations = std::to_array<words>({
    {"create", "在介质中新建容器", "Create a container in the token"},
    {"generate", "在介质中生成新密钥", "Generate a new key in the token"},
    {"request", "生成证书请求", "Make a certification request"},
    {"install", "把新证书写入介质", "Write the new certificate to the token"},
    {"prove", "验证新证书和新密钥", "Prove the new certificate and key"},
    {"reap", "删除未完成的容器", "Delete an unfinished container"},
});

/// Members that a line is made of: path, label. What needs more than a copy stands in value_text().
struct shown {
  std::string_view path;
  std::string_view zh;
  std::string_view en;
};
constexpr auto members = std::to_array<shown>({
    {"order", "业务", "Order"},
    {"account", "账号", "Account"},
    {"generation", "密钥序号", "Key number"},
    {"quote.months", "续期时间", "Term"},
    {"quote.fee_fen", "费用", "Fee"},
    {"quote.new_not_after", "新有效期至", "New end of validity"},
    {"form.name", "经办人", "Applicant"},
    {"form.id_number", "经办人证件号码", "Applicant's document number"},
    {"form.phone", "手机号码", "Mobile number"},
    {"form.email", "email", "E-mail"},
    {"form.address", "经办人地址", "Applicant's address"},
    {"consent.agreement.id", "接受的协议", "Agreement accepted"},
    {"consent.agreement.version", "协议版本", "Agreement's version"},
    {"public_key_sha256", "新公钥指纹", "New public key (SHA-256)"},
    {"signing_certificate_sha256", "新证书指纹", "New certificate (SHA-256)"},
});

std::string date(std::int64_t at, const zone& offset) {
  const std::time_t local = at + (offset ? offset(at) : 0);
  std::tm parts{};
  if (gmtime_r(&local, &parts) == nullptr) return std::to_string(at);
  std::array<char, 32> out{};
  const auto size = std::strftime(out.data(), out.size(), "%Y-%m-%d", &parts);
  return {out.data(), size};
}

/// The first three and the last two characters; less when it is short. Characters, because a plugin may write anything
/// where a number should stand, and half a character is broken text.
std::string masked(std::string_view text) {
  const auto plain = plain_line(text);
  std::vector<std::string_view> characters;
  for (std::size_t at = 0; at < plain.size(); at += characters.back().size())
    characters.push_back(std::string_view(plain).substr(at, utf8_character(plain, at)));
  if (characters.size() < 8) return "***";
  std::string out;
  for (std::size_t i = 0; i < characters.size(); ++i)
    out += i < 3 || i + 2 >= characters.size() ? characters[i] : std::string_view("*");
  return out;
}

std::string value_text(std::string_view path, const nlohmann::json& value, bool zh, const zone& offset) {
  if (value.is_string()) {
    const auto& text = value.get_ref<const std::string&>();
    if (path == "form.id_number" || path == "form.phone") return masked(text);
    if (path.ends_with("_sha256")) return text.substr(0, 16) + "…";
    return plain_line(text);
  }
  const auto number = value.get<std::int64_t>();
  if (path == "quote.new_not_after") return date(number, offset);
  if (path == "quote.months") return std::to_string(number) + (zh ? "个月" : " months");
  if (path == "quote.fee_fen") {
    std::array<char, 40> out{};
    std::snprintf(out.data(), out.size(), "%lld.%02lld", static_cast<long long>(number / 100),
                  static_cast<long long>(number % 100));
    return std::string(out.data()) + (zh ? " 元" : " CNY");
  }
  return std::to_string(number);
}

}  // namespace

std::string statement_title(std::string_view type, std::string_view language) {
  const auto title = find(titles, type, is_chinese(language));
  return std::string(title.empty() ? type : title);
}

std::vector<std::string> statement_lines(const nlohmann::json& statement, std::string_view language,
                                         const zone& offset) {
  const bool zh = is_chinese(language);
  const auto& type = statement.at("type").get_ref<const std::string&>();
  std::vector<std::string> out{statement_title(type, language)};
  for (const auto& [path, label_zh, label_en] : members) {
    const auto* value = statement::detail::find(statement, path);
    if (value == nullptr || (value->is_string() && value->get_ref<const std::string&>().empty())) continue;
    if (path == "generation" && value->get<std::int64_t>() <= 1) continue;
    out.push_back(std::string(zh ? label_zh : label_en) + (zh ? "：" : ": ") + value_text(path, *value, zh, offset));
  }
  return out;
}

std::string operation_line(std::string_view kind, std::string_view container, std::string_view language) {
  const bool zh = is_chinese(language);
  const auto what = find(operations, kind, zh);
  if (what.empty()) return {};
  return std::string(what) + (zh ? "：" : ": ") + plain_line(container);
}

std::string signing_sentence(std::string_view subject, std::string_view language) {
  const auto shown = plain_line(subject);
  if (is_chinese(language)) return "正在使用 " + shown + " 的证书对应的私钥进行签名";
  return "Signing with the private key of the certificate of " + shown;
}

}  // namespace keycare::services
