// room.hpp - what every request stands on: configuration, keys, database, and one moment of the RA's clock.
#pragma once

#include "authority.hpp"
#include "database.hpp"
#include "serve.hpp"

#include <cstdint>
#include <string>

namespace keycare::dev_ra {

/// What /dev/ can change while dev-ra runs.
struct switches {
  std::int64_t clock_offset = 0;
  bool provider_holds = false;           // the provider gives no word
  bool provider_refuses_refund = false;  // and its word about a refund is no
};

struct room {
  const options& config;
  const authority& keys;
  database& db;
  switches& dev;
  const std::string& base_url;
  std::int64_t now;  // seconds since 1970; the same through one request
};

/// Times that the contract fixes, in seconds.
inline constexpr std::int64_t day = 86'400;
inline constexpr std::int64_t statement_freshness = 600;

}  // namespace keycare::dev_ra
