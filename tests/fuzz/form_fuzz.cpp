// form_fuzz.cpp - what people type into the forms: identity numbers, names, telephones, addresses, invoices.
#include "keycare/sdk/statement.hpp"
#include "plugins/common/credit_code.hpp"
#include "plugins/common/documents.hpp"
#include "plugins/common/identity_number.hpp"
#include "plugins/common/invoice.hpp"
#include "plugins/common/narrow.hpp"
#include "plugins/common/utf8.hpp"
#include "plugins/renewal/core/form.hpp"
#include "plugins/unlock/core/applicant.hpp"
#include "promises.hpp"

using namespace keycare;
using nlohmann::json;

namespace {

constexpr auto today = common::day(std::chrono::days(20'780));  // 2026-11-23

/// What a rule made of a text passes the rule again, unchanged, and is one plain line.
void settles(const result<std::string>& once, auto rule) {
  if (!fuzz::good(once)) return;
  const auto twice = rule(*once);
  fuzz::must(twice.ok() && *twice == *once, "a normalised text is normal");
  fuzz::must(fuzz::is_utf8(*once) && statement::is_plain_text(*once), "a normalised text is one plain line");
}

}  // namespace

FUZZ(form) {
  fuzz::input in(data);
  std::vector<std::string> lines;
  while (!in.empty() && lines.size() < 9) lines.push_back(in.line());
  lines.resize(9);
  for (const auto& line : lines) {
    settles(common::narrow(line), [](const auto& text) { return common::narrow(text); });
    settles(common::keep(line, 128), [](const auto& text) { return common::keep(text, 128); });
    settles(common::check_identity_number(line, today),
            [](const auto& text) { return common::check_identity_number(text, today); });
    settles(common::check_credit_code(line), [](const auto& text) { return common::check_credit_code(text); });
    const auto shown = common::showable(line, 32);
    fuzz::must(fuzz::is_utf8(shown) && statement::is_plain_text(shown), "what is shown is one plain line");
    if (const auto points = common::decode_utf8(line))
      fuzz::must(common::encode_utf8(*points) == line, "UTF-8 is UTF-8");
  }
  json typed;
  constexpr const char* fields[] = {"id_type", "id_number", "name", "phone", "email", "address"};
  for (std::size_t i = 0; i < std::size(fields); ++i)
    if (fuzz::is_utf8(lines[i])) typed[fields[i]] = lines[i];
  if (typed.is_null()) typed = json::object();
  const auto whole = renewal::check_form(typed, today);
  if (whole.fits())
    fuzz::must(renewal::check_form(whole.value, today).value == whole.value, "a checked form is checked");
  (void)renewal::check_correction(typed, today);
  const auto applicant = unlock::check_applicant(typed, today);
  if (!applicant.problems.empty()) fuzz::check_error(unlock::form_error(applicant.problems));
  const auto invoice =
      common::check_invoice({lines[8], lines[0], lines[1], lines[2], lines[3], lines[4], lines[5], lines[6]}, today);
  if (invoice.fits()) fuzz::must(common::check_invoice(invoice.value, today).fits(), "a checked invoice is checked");
}
