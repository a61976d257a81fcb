// qr_code.hpp - a text as a QR code (ISO/IEC 18004): octets, error correction level M.
//
// Our own, because a plugin may link nothing but the C++ run time and Qt: a client's folder has no libqrencode. The
// tests hold it against libqrencode, module for module.
#pragma once

#include <string_view>
#include <vector>

namespace keycare::renewal {

struct qr_code {
  int size = 0;            ///< Modules on a side, without the quiet zone of four; 0: the text is too long.
  std::vector<bool> dark;  ///< Row by row.

  [[nodiscard]] bool at(int x, int y) const { return dark[static_cast<std::size_t>(y * size + x)]; }
};

/// The smallest code for @p text, up to about 990 octets. @param mask 0 to 7, or -1: the one with the least penalty.
/// Pure. [any-thread]
[[nodiscard]] qr_code make_qr_code(std::string_view text, int mask = -1);

}  // namespace keycare::renewal
