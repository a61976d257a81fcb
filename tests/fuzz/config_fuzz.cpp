// config_fuzz.cpp - the configuration file, and the reader of JSON beneath it.
#include "host-stub/services/config/config.hpp"
#include "keycare/sdk/json.hpp"
#include "promises.hpp"

using namespace keycare;

FUZZ(config) {
  const auto text = text_of(data);
  const auto parsed = read_json(text, {64 * 1024, 16});
  if (fuzz::good(parsed)) {
    fuzz::must(nlohmann::json::parse(text, nullptr, false) == *parsed, "the library reads the same");
    const auto again = read_json(parsed->dump(), {1024 * 1024, 16});
    fuzz::must(again.ok() && *again == *parsed, "what was read can be written and read again");
  }
  const auto read = services::parse_config(text, "/etc/keycare");
  if (!fuzz::good(read)) return;
  for (const auto& library : read->skf) fuzz::must(library.path.is_absolute(), "a library has a whole path");
  for (const auto& [name, endpoint] : read->endpoints)
    fuzz::must(endpoint.url.starts_with("https://") && !name.empty(), "an endpoint is https");
}
