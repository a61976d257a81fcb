// soft_token_fuzz.cpp - the soft token's file. The target makes header and digest, or nothing but them would be tried.
#include "fuzz.hpp"
#include "token_codec.hpp"

using namespace keycare;

FUZZ(soft_token) {
  namespace soft = soft_skf;
  (void)soft::decode(data);
  soft::bytes file = {'K', 'C', 'T', 'O', 'K', 'E', 'N', 0};
  for (const std::uint32_t number : {soft::token_format_version, static_cast<std::uint32_t>(data.size())})
    for (int shift = 24; shift >= 0; shift -= 8) file.push_back(static_cast<std::uint8_t>(number >> shift));
  file.insert(file.end(), data.begin(), data.end());
  const auto digest = soft::crypto::sha256(file);
  if (!digest) return;
  file.insert(file.end(), digest->begin(), digest->end());
  const auto token = soft::decode(file);
  if (!token) return;
  fuzz::must(token->applications.size() <= soft::max_applications, "a token is bounded");
  const auto again = soft::encode(*token);
  fuzz::must(again.ok() && *again == file, "a token is written as it was read");
}
