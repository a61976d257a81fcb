// encoding.cpp - see encoding.hpp.
#include "host-stub/services/crypto/encoding.hpp"

#include "host-stub/services/crypto/openssl_ptr.hpp"

#include <openssl/err.h>

namespace keycare::services {

std::string base64(octets_view data) {
  std::string out(4 * ((data.size() + 2) / 3) + 1, '\0');  // EVP_EncodeBlock ends it with a zero.
  const int size =
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()), data.data(), static_cast<int>(data.size()));
  out.resize(static_cast<std::size_t>(size));
  return out;
}

result<octets> from_base64(std::string_view text) {
  octets out(3 * (text.size() / 4));
  const bool shaped = text.size() % 4 == 0 && text.find_first_of(" \t\r\n") == std::string_view::npos;
  const int size = shaped ? EVP_DecodeBlock(out.data(), reinterpret_cast<const unsigned char*>(text.data()),
                                            static_cast<int>(text.size()))
                          : -1;
  if (size < 0) {
    ERR_clear_error();
    return fail(KC_E_DAMAGED, "KC-BASE64-DAMAGED");
  }
  const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with("=") ? 1 : 0;
  out.resize(static_cast<std::size_t>(size) - padding);
  // OpenSSL drops '-' at the end, takes '=' for a zero anywhere, and forgets stray bits of the last character.
  if (base64(out) != text) return fail(KC_E_DAMAGED, "KC-BASE64-DAMAGED");
  return out;
}

result<octets> distinguished_name(std::span<const std::pair<std::string, std::string>> fields) {
  const std::unique_ptr<X509_NAME, openssl_free<X509_NAME_free>> name(X509_NAME_new());
  for (const auto& [field, value] : fields) {
    const int type = field == "C" ? MBSTRING_ASC : MBSTRING_UTF8;
    const auto* text = reinterpret_cast<const unsigned char*>(value.data());
    if (X509_NAME_add_entry_by_txt(name.get(), field.c_str(), type, text, static_cast<int>(value.size()), -1, 0) != 1) {
      ERR_clear_error();
      return fail(KC_E_ARGUMENT, "KC-CRYPTO-FAILED");
    }
  }
  const int size = i2d_X509_NAME(name.get(), nullptr);
  if (size < 0) return fail(KC_E_FAILED, "KC-CRYPTO-FAILED");
  octets out(static_cast<std::size_t>(size));
  auto* at = out.data();
  i2d_X509_NAME(name.get(), &at);
  return out;
}

}  // namespace keycare::services
