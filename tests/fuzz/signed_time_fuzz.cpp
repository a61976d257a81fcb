// signed_time_fuzz.cpp - the RA's answer to "what time is it", behind a signature that is taken for good here.
#include "host-stub/services/http/signed_time.hpp"
#include "promises.hpp"

using namespace keycare;

FUZZ(signed_time) {
  const auto trusting = [](std::string_view, std::string_view, octets_view cms) -> result<octets> {
    return octets(cms.begin(), cms.end());
  };
  const std::string nonce(32, 'a');
  if (const auto time = services::read_signed_time(data, nonce, "ra", trusting); fuzz::good(time))
    fuzz::must(*time >= 0, "a time is not before 1970");
}
