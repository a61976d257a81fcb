// ra_client.cpp - requests to the RA, and what its answers mean.
#include "plugins/common/ra_client.hpp"

#include "keycare/sdk/json.hpp"
#include "plugins/common/dates.hpp"
#include "plugins/common/money.hpp"

#include <algorithm>
#include <cctype>

namespace keycare::common {

using nlohmann::json;

namespace {

constexpr std::size_t max_code = 40;
constexpr std::size_t max_fields = 16;
constexpr std::int64_t one_day = 86400;

std::string word(const json& object, const char* name) {
  const auto it = object.find(name);
  if (it == object.end() || !it->is_string()) return {};
  const auto& text = it->get_ref<const std::string&>();
  const bool plain = text.size() <= max_code && std::all_of(text.begin(), text.end(), [](char c) {
                       return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
                     });
  return plain ? text : std::string{};
}

std::optional<std::int64_t> seconds_in(const json& object, const char* name) {
  const auto it = object.find(name);
  if (it == object.end() || !it->is_number_integer()) return std::nullopt;
  const auto value = it->get<std::int64_t>();
  if (value < 1 || value > one_day) return std::nullopt;
  return value;
}

keycare::error not_an_answer(int status) {
  return fail(KC_E_DAMAGED, "KC-RA-ANSWER", status);
}

ra_problem read_problem(const json& body) {
  ra_problem problem{word(body, "code"), {}, nullptr};
  problem.from_ra = !problem.code.empty();
  if (const auto it = body.find("fields"); it != body.end() && it->is_array())
    for (const auto& item : *it)
      if (item.is_object() && problem.fields.size() < max_fields)
        problem.fields.push_back({word(item, "field"), word(item, "code")});
  if (const auto it = body.find("order"); it != body.end() && it->is_object()) problem.order = *it;
  return problem;
}

}  // namespace

result<ra_answer> read_answer(const http_response& response) {
  ra_answer answer{response.status, json::object(), {}, {}, response.date};
  if (response.retry_after) answer.retry_after = std::clamp<std::int64_t>(*response.retry_after, 1, one_day);
  const bool good = response.status >= 200 && response.status < 300;
  auto body = read_json(text_of(response.body), {response.body.size(), 16});  // the host bounds its size
  const bool is_object = body && body->is_object();
  if (good) {
    if (!is_object || !response.content_type.starts_with("application/json")) return not_an_answer(response.status);
    answer.body = std::move(*body);
    const auto order = answer.body.find("order");
    const auto& poll = order != answer.body.end() && order->is_object() ? *order : answer.body;
    if (!answer.retry_after) answer.retry_after = seconds_in(poll, "next_poll");
    return answer;
  }
  // A gateway between us and the RA answers without a problem document; then the status itself is the code.
  if (is_object && response.content_type.starts_with("application/problem+json")) {
    answer.problem = read_problem(*body);
    if (!answer.retry_after) answer.retry_after = seconds_in(*body, "retry_after");
  }
  if (!answer.problem || answer.problem->code.empty()) {
    if (response.status < 400) return not_an_answer(response.status);
    const bool passes = response.status >= 500 || response.status == 429;
    answer.problem = ra_problem{passes ? "unavailable" : "refused", {}, {}};
  }
  return answer;
}

void describe_order(const json& summary, json& args) {
  if (!summary.is_object()) return;
  const auto number = summary.find("number");
  if (number != summary.end() && number->is_string() && number->get_ref<const std::string&>().size() <= 32)
    args["number"] = *number;
  const auto months = summary.find("months");
  if (months != summary.end() && months->is_number_integer()) args["months"] = *months;
  const auto fee = summary.find("fee_fen");
  if (fee != summary.end() && fee->is_number_integer()) args["amount"] = yuan_text(fee->get<std::int64_t>());
}

keycare::error problem_error(const ra_answer& answer) {
  std::string code = "KC-RA-";
  for (const char c : answer.problem->code)
    code.push_back(static_cast<char>(std::toupper(static_cast<unsigned char>(c))));
  json args = json::object();
  if (answer.retry_after) args["seconds"] = *answer.retry_after;
  if (!answer.problem->fields.empty()) {
    std::string fields;
    for (const auto& item : answer.problem->fields) {
      if (fields.size() + item.field.size() > 200) break;
      if (!fields.empty()) fields += ", ";
      fields += item.field;
    }
    args["fields"] = fields;
  }
  describe_order(answer.problem->order, args);
  // A server that broke down may have done it before: what is asked for has one id, and can be asked for again.
  return fail_with(answer.http_status >= 500 ? KC_E_OUTCOME_UNKNOWN : KC_E_FAILED, std::move(code), args,
                   answer.http_status);
}

bool clocks_disagree(std::int64_t computer, std::int64_t ra) noexcept {
  return computer > ra ? computer - ra > clock_tolerance : ra - computer > clock_tolerance;
}

keycare::error clock_error(std::int64_t computer, std::int64_t ra, std::int32_t utc_offset) {
  const auto apart = computer > ra ? computer - ra : ra - computer;
  return fail_with(KC_E_TLS_DATE, "KC-CLOCK-WRONG",
                   {{"computer", computer},
                    {"ra", ra},
                    {"computer_time", date_time_text(computer, utc_offset)},
                    {"ra_time", date_time_text(ra, utc_offset)},
                    {"minutes", (apart + 59) / 60}});
}

result<ra_answer> ra_client::exchange(const kc_call& call, const http_request& request) const {
  const auto response = http_.send(call, request);
  if (response) return read_answer(*response);
  if (response.error().status != KC_E_TLS_DATE) return response.error();
  // A wrong clock breaks TLS first. The RA's signed time tells it from a server whose certificate has really ended.
  const auto time = http_.signed_time(call, request.endpoint);
  const auto now = clock_.now();
  if (!time || !clocks_disagree(now, *time)) return response.error();
  return clock_error(now, *time, clock_.utc_offset(now));
}

result<ra_answer> ra_client::get(const kc_call& call, std::string_view path, std::string_view bearer) const {
  http_request request;
  request.path = path;
  request.bearer = bearer;
  return exchange(call, request);
}

result<ra_answer> ra_client::post_json(const kc_call& call, std::string_view path, const json& body,
                                       std::string_view bearer) const {
  const auto text = json_text(body);
  return send(call, "POST", path, "application/json", octets(text.begin(), text.end()), bearer);
}

result<ra_answer> ra_client::send(const kc_call& call, std::string_view method, std::string_view path,
                                  std::string_view content_type, octets body, std::string_view bearer) const {
  http_request request;
  request.method = method;
  request.path = path;
  request.content_type = content_type;
  request.bearer = bearer;
  request.body = std::move(body);
  return exchange(call, request);
}

}  // namespace keycare::common
