// token_codec.hpp - a token as the octets of its file, and back.
//
// File: "KCTOKEN\0", format version (u32), length of the body (u32), body, SHA-256 of all that precedes.
// Numbers are big-endian, strings and octets carry a u32 length. The digest finds damage; it does not keep an attacker
// out.
#pragma once

#include "bytes.hpp"
#include "crypto.hpp"
#include "status.hpp"
#include "token.hpp"

namespace keycare::soft_skf {

inline constexpr std::uint32_t token_format_version = 1;

/// SAR_NO_ROOM if the file would exceed max_token_file.
result<bytes> encode(const token& value);

/// SAR_FILEERR for a damaged file, SAR_NOTSUPPORTYETERR for one of a newer format.
result<token> decode(byte_view file);

/// The fields one after the other, each with its length: what a seal is bound to.
bytes associated_data(std::initializer_list<byte_view> fields);

}  // namespace keycare::soft_skf
