// ra_answer_fuzz.cpp - one answer of the RA as octets: status, content type, body, and every reader of what is in it.
#include "plugins/common/ra_client.hpp"
#include "plugins/renewal/core/bundle_check.hpp"
#include "plugins/renewal/core/next_step.hpp"
#include "plugins/renewal/core/ra_order.hpp"
#include "plugins/renewal/core/texts.hpp"
#include "plugins/unlock/core/record.hpp"
#include "promises.hpp"

using namespace keycare;
using nlohmann::json;

namespace {

renewal::order_record record_before() {
  renewal::order_record out;
  out.uuid = "8d4e5b0e-8a30-4b9f-9d0c-2f6b8f1f7a11";
  out.at = renewal::stage::accepted;
  out.token = {"Maker", "A1"};
  out.old_certificate = {1};
  out.certificate_sha256 = std::string(64, 'a');
  out.container = renewal::container_name(out.uuid, 1);
  out.number = "KC1";
  out.secret = std::string(40, 's');
  return out;
}

void read_as_order(const json& body) {
  const auto order = renewal::read_order(body);
  if (!fuzz::good(order)) return;
  const auto after = renewal::merged(record_before(), *order, 1'795'392'000);
  const auto again = renewal::read_record(after.uuid, bytes_of(renewal::write_record(after)));
  fuzz::must(again.ok() && *again == after, "what the RA said can be stored and read again");
  (void)renewal::current_payment(*order);
  (void)renewal::progress_of(after.at, renewal::state_of(*order));
}

void read_as_unlock(const json& body) {
  unlock::record mine;
  mine.uuid = "8d4e5b0e-8a30-4b9f-9d0c-2f6b8f1f7a11";
  mine.token = {"Maker", "A1"};
  mine.certificate.fill(0xAB);
  mine.sealed = "c2VhbGVk";
  const auto view = unlock::read_ra_view(body, mine);
  if (!fuzz::good(view)) return;
  mine.ra = *view;
  fuzz::must(unlock::read_record(unlock::write_record(mine)).ok(), "what the RA said can be stored and read again");
}

}  // namespace

FUZZ(ra_answer) {
  fuzz::input in(data);
  http_response response;
  constexpr int statuses[] = {200, 201, 202, 301, 400, 401, 404, 409, 422, 429, 500, 503};
  const auto how = in.octet();
  response.status = statuses[how % std::size(statuses)];
  response.content_type = (how & 0x80U) != 0 ? "application/problem+json" : "application/json; charset=utf-8";
  response.body.assign(in.rest().begin(), in.rest().end());
  const auto answer = common::read_answer(response);
  if (!fuzz::good(answer)) return;
  if (!answer->ok()) {
    const auto why = common::problem_error(*answer);
    fuzz::check_error(why);
    for (const auto* language : {"zh-CN", "en"})
      if (const auto text = renewal::texts().explain(why, language)) fuzz::must(fuzz::is_utf8(*text), "a sentence");
    return;
  }
  const auto& body = answer->body;
  read_as_order(body);
  read_as_order(body.value("order", json()));
  read_as_unlock(body);
  read_as_unlock(body.value("unlock", json()));
  (void)fuzz::good(renewal::read_bundle(body));
  if (const auto quote = renewal::read_quote(body); fuzz::good(quote))
    (void)renewal::quote_problem(*quote, std::string(64, 'a'), quote->at("old_not_after"), quote->at("months"), 1);
}
