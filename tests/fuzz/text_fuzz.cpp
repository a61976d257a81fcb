// text_fuzz.cpp - texts on their way to people and logs, names from tokens, and the encodings in between.
#include "host-stub/services/crypto/encoding.hpp"
#include "host-stub/services/log/redact.hpp"
#include "host-stub/services/pin/new_pin.hpp"
#include "host-stub/services/text/plain.hpp"
#include "host-stub/services/token/skf/names.hpp"
#include "keycare/sdk/statement.hpp"
#include "keycare/sdk/table.hpp"
#include "plugins/common/catalogue.hpp"
#include "plugins/common/encoding.hpp"
#include "promises.hpp"

using namespace keycare;
using namespace keycare::services;

FUZZ(text) {
  const auto text = text_of(data);
  const auto line = plain_line(text, 200);
  fuzz::must(line.size() <= 200 && fuzz::is_utf8(line) && statement::is_plain_text(line), "a line is plain");
  fuzz::must(plain_line(line, 200) == line, "a plain line stays as it is");
  fuzz::must(fuzz::is_utf8(plain_text(text)), "a plain text is UTF-8");

  const auto once = redact_text(text);
  fuzz::must(redact_text(once) == once, "what was redacted has nothing left to redact");
  fuzz::must(fuzz::is_utf8(once) || !fuzz::is_utf8(text), "redaction cuts no character in two");
  if (const auto doc = nlohmann::json::parse(text, nullptr, false); !doc.is_discarded()) (void)redact(doc);
  (void)is_private_field(text);

  const auto shown = skf::readable(text);
  fuzz::must(fuzz::is_utf8(shown) && skf::original(shown) == text, "a token's name can be shown and found again");
  if (const auto names = skf::name_list(data); fuzz::good(names))
    for (const auto& name : *names) fuzz::must(!name.empty() && name.size() <= skf::max_name, "a name is bounded");
  fuzz::must(fuzz::is_utf8(skf::field(text.data(), text.size())), "a field is UTF-8");

  const auto host = from_base64(text);
  const auto plugin = common::from_base64(text);
  fuzz::must(fuzz::good(host) == plugin.has_value(), "host and plugin agree what base64 is");
  if (host) fuzz::must(*host == *plugin && base64(*host) == text, "base64 has one text for the same octets");
  fuzz::must(*common::from_base64(common::to_base64(data)) == octets(data.begin(), data.end()), "base64 turns back");
  if (const auto raw = common::from_uuid(text)) fuzz::must(raw->size() == 16, "a uuid has 16 octets");
  (void)common::from_hex(text);

  if (new_pin_problem(text, {}) == pin_problem::ok) fuzz::must(text.size() >= 6 && text.size() <= 16, "a PIN's length");
  const auto id = parse_table_id(text);
  fuzz::must(id.major == 0 || std::string(id.name).size() < text.size(), "an id is a name and a version");
  (void)common::fill(text, {{"name", "value"}, {"number", 5}});
}
