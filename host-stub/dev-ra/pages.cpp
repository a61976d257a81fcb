// pages.cpp - HTML by hand, everything from outside escaped.
#include "pages.hpp"

#include "octets.hpp"
#include "provider.hpp"
#include "reviews.hpp"

#include <nlohmann/json.hpp>

namespace keycare::dev_ra {

namespace {

std::string escaped(std::string_view text) {
  std::string safe;
  for (const char c : text) {
    switch (c) {
      case '&':
        safe += "&amp;";
        break;
      case '<':
        safe += "&lt;";
        break;
      case '>':
        safe += "&gt;";
        break;
      case '"':
        safe += "&quot;";
        break;
      case '\'':
        safe += "&#39;";
        break;
      default:
        safe += c;
    }
  }
  return safe;
}

html page(std::string_view title, const std::string& body, int status = 200) {
  return {
      status,
      "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><meta name=\"viewport\" "
      "content=\"width=device-width\"><title>" +
          escaped(title) +
          "</title><style>body{font:16px sans-serif;max-width:60em;margin:2em auto;padding:0 1em}"
          "td,th{text-align:left;padding:.3em .6em;border-bottom:1px solid #ccc}button{font:inherit;padding:.4em 1em}"
          "</style><h1>" +
          escaped(title) + "</h1><p>开发环境，不涉及真实资金与证书。</p>" + body + "</html>"};
}

std::string yuan(std::int64_t fen) {
  const auto rest = fen % 100;
  return std::to_string(fen / 100) + "." + (rest < 10 ? "0" : "") + std::to_string(rest) + " 元";
}

std::string decision_buttons(std::string_view uuid, std::string_view token, bool is_order) {
  auto form = "<form method=\"post\" action=\"/review?token=" + escaped(token) +
              "\"><input type=\"hidden\" name=\"uuid\" value=\"" + escaped(uuid) +
              "\"><input name=\"reason\" maxlength=\"60\" placeholder=\"原因\" aria-label=\"原因\"> ";
  if (is_order)
    form +=
        "<select name=\"field\" aria-label=\"需更正的字段\"><option value=\"name\">经办人姓名<option "
        "value=\"id_number\">证件号码<option "
        "value=\"phone\">手机号码<option value=\"email\">email<option value=\"address\">地址</select> ";
  form += "<button name=\"decision\" value=\"approve\">通过</button> ";
  if (is_order) form += "<button name=\"decision\" value=\"correct\">需更正</button> ";
  return form + "<button name=\"decision\" value=\"reject\">拒绝</button></form>";
}

}  // namespace

html payment_page(const room& at, std::string_view payment, std::string_view key, std::string_view action) {
  const auto right = base64_url(hmac_sha256(at.keys.master(), "pay " + std::string(payment))).substr(0, 22);
  if (!equal_secret(key, right)) return page("支付", "<p>此支付链接无效。</p>", 404);
  if (action == "pay") (void)provider::pay(at, payment);
  if (action == "cancel") (void)provider::cancel(at, payment);
  const auto now = provider::find(at, payment);
  if (!now) return page("支付", "<p>此支付链接无效。</p>", 404);
  if (now->state == "paid") return page("支付", "<p>支付成功。请回到【证书续期】界面，点击【支付成功】。</p>");
  if (now->state != "open") return page("支付", "<p>该支付已关闭。</p>");
  return page("支付",
              "<p>数字证书续期费用：<strong>" + yuan(now->fee_fen) +
                  "</strong></p><form method=\"post\"><button name=\"action\" value=\"pay\">支付</button> <button "
                  "name=\"action\" value=\"cancel\">取消</button></form>");
}

html review_page(const room& at, std::string_view token, const review_form& form) {
  if (!equal_secret(token, at.keys.admin_token())) return page("审核", "<p>无权访问。</p>", 401);
  std::string said;
  if (!form.uuid.empty()) {
    auto fields = nlohmann::json::array();
    if (form.decision == "correct") fields.push_back({{"field", form.field}, {"code", "mismatch"}});
    const auto decided = decide(at, form.uuid, form.decision, form.reason.substr(0, 180), fields);
    said = decided ? "<p>已处理。</p>" : "<p>未处理：" + escaped(decided.error().code) + "</p>";
  }
  std::string rows;
  {
    auto orders = at.db.select(
        "SELECT uuid, number, subject, months, form FROM orders WHERE state = 'under-review' ORDER BY id LIMIT 100");
    while (orders.next()) {
      const auto data = nlohmann::json::parse(orders.text(4));
      rows += "<tr><td>" + escaped(orders.text(1)) + "<td>" + escaped(orders.text(2)) + "<td>" +
              std::to_string(orders.integer(3)) + " 个月<td>" + escaped(data.value("name", "")) + " " +
              escaped(data.value("id_number", "")) + " " + escaped(data.value("phone", "")) + "<td>" +
              decision_buttons(orders.text(0), token, true);
    }
  }
  {
    auto unlocks = at.db.select(
        "SELECT uuid, serial, applicant, remark FROM unlocks WHERE state = 'under-review' ORDER BY id LIMIT 100");
    while (unlocks.next()) {
      const auto data = nlohmann::json::parse(unlocks.text(2));
      rows += "<tr><td>解锁<td>" + escaped(unlocks.text(1)) + "<td>" + escaped(unlocks.text(3)) + "<td>" +
              escaped(data.value("name", "")) + " " + escaped(data.value("id_number", "")) + " " +
              escaped(data.value("phone", "")) + "<td>" + decision_buttons(unlocks.text(0), token, false);
    }
  }
  if (rows.empty()) return page("审核", said + "<p>没有待审核的业务。</p>");
  return page("审核", said + "<table><tr><th>业务单号<th>证书主题<th>续期时间<th>经办人<th>决定" + rows + "</table>");
}

}  // namespace keycare::dev_ra
