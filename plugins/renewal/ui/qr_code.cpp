// qr_code.cpp - see qr_code.hpp.
#include "plugins/renewal/ui/qr_code.hpp"

#include <qrencode.h>

#include <memory>

namespace keycare::renewal {

qr_code make_qr_code(std::string_view text) {
  constexpr std::size_t longest = 1000;
  if (text.empty() || text.size() > longest) return {};
  const std::unique_ptr<QRcode, decltype(&QRcode_free)> made(
      QRcode_encodeData(static_cast<int>(text.size()), reinterpret_cast<const unsigned char*>(text.data()), 0,
                        QR_ECLEVEL_M),
      &QRcode_free);
  if (made == nullptr) return {};
  qr_code out{made->width, {}};
  const auto modules = static_cast<std::size_t>(out.size) * static_cast<std::size_t>(out.size);
  // The lowest bit is the module's colour; the others say what it is for.
  for (std::size_t i = 0; i < modules; ++i) out.dark.push_back((made->data[i] & 1U) != 0);
  return out;
}

}  // namespace keycare::renewal
