// status.hpp - how soft-skf's inside carries a SAR_ code: in the `native` of a keycare::error.
#pragma once

#include <cstdint>

#include "gmt0016/skf_constants.h"
#include "keycare/sdk/result.hpp"

namespace keycare::soft_skf {

inline keycare::error sar(std::uint32_t code) {
  return keycare::fail(KC_E_FAILED, "KC-SOFTSKF", code);
}

}  // namespace keycare::soft_skf
