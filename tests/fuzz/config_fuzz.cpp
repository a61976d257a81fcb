// config_fuzz.cpp - the configuration file, and the strict JSON reader beneath it.
#include "host-stub/services/config/config.hpp"
#include "host-stub/services/config/strict_json.hpp"
#include "promises.hpp"

using namespace keycare;

FUZZ(config) {
  const auto text = text_of(data);
  const auto parsed = services::parse_strict(text, {64 * 1024, 16});
  if (fuzz::good(parsed)) {
    const auto again = services::parse_strict(parsed->dump(), {1024 * 1024, 16});
    fuzz::must(again.ok() && *again == *parsed, "what was read can be written and read again");
  }
  const auto read = services::parse_config(text, "/etc/keycare");
  if (!fuzz::good(read)) return;
  for (const auto& library : read->skf) fuzz::must(library.path.is_absolute(), "a library has a whole path");
  for (const auto& [name, endpoint] : read->endpoints)
    fuzz::must(endpoint.url.starts_with("https://") && !name.empty(), "an endpoint is https");
}
