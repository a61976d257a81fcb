// statement_fuzz.cpp - typed statements, as plugins and the RA send them, and what the PIN dialog says of them.
#include "host-stub/services/signing/statement_view.hpp"
#include "keycare/sdk/statement.hpp"
#include "promises.hpp"

using namespace keycare;

FUZZ(statement) {
  const auto text = text_of(data);
  const auto parsed = statement::parse(text);
  if (!fuzz::good(parsed)) return;
  const auto again = statement::canonical(*parsed);
  fuzz::must(again.ok() && *again == text, "a statement is its own canonical text");
  (void)fuzz::good(statement::payload_text(*parsed));
  if (!fuzz::good(statement::check(*parsed))) return;
  const auto& type = *statement::find_type(parsed->at("type").get_ref<const std::string&>());
  if (type.by == statement::maker::client)
    fuzz::must(!statement::head_of(*parsed).serial.empty(), "a client's statement has a head");
  for (const auto* language : {"zh-CN", "en"})
    for (const auto& line : services::statement_lines(*parsed, language, [](std::int64_t) { return 8 * 3600; }))
      fuzz::must(fuzz::is_utf8(line) && statement::is_plain_text(line), "a dialog shows one plain line");
}
