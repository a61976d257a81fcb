// qr_code.hpp - a text as a QR code (ISO/IEC 18004): octets, error correction level M. By libqrencode.
#pragma once

#include <string_view>
#include <vector>

namespace keycare::renewal {

struct qr_code {
  int size = 0;            ///< Modules on a side, without the quiet zone of four; 0: there is none.
  std::vector<bool> dark;  ///< Row by row.

  [[nodiscard]] bool at(int x, int y) const { return dark[static_cast<std::size_t>(y * size + x)]; }
};

/// The smallest code for @p text; none for an empty text and for one of more than 1,000 octets, which no telephone's
/// camera would read. Pure. [any-thread]
[[nodiscard]] qr_code make_qr_code(std::string_view text);

}  // namespace keycare::renewal
