// devices.hpp - the device key of a soft token.
#pragma once

#include <string_view>

namespace keycare::soft_skf {

/// The development device key (SM4), the same for every soft token and no secret: it keeps nobody out. A client that
/// creates applications authenticates with it, so that its code for real tokens is exercised.
inline constexpr std::string_view device_key = "KeycareSoftToken";

}  // namespace keycare::soft_skf
