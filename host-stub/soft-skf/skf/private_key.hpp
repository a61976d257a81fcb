// private_key.hpp - a container's private key, unsealed for the length of one operation.
#pragma once

#include "../crypto.hpp"
#include "api.hpp"

namespace keycare::soft_skf {

/// SAR_KEYNOTFOUNTERR if there is no such pair, SAR_HASHNOTEQUALERR if its seal does not fit its place.
result<crypto::pkey> open_private_key(const container_operation& op, byte_view master, bool signing);

}  // namespace keycare::soft_skf
