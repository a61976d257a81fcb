// port32.cpp - the port to libraries whose ULONG has 32 bits.
#include "host-stub/services/token/skf/port_of.hpp"

namespace keycare::services::skf {

namespace width32 {
#define SKF_ULONG uint32_t
#include "gmt0016/skf_width.inc"
struct types {
  using ulong = ULONG;
  using BOOL = width32::BOOL;
  using DEVINFO = width32::DEVINFO;
  using FILEATTRIBUTE = width32::FILEATTRIBUTE;
  using RSAPUBLICKEYBLOB = width32::RSAPUBLICKEYBLOB;
  using BLOCKCIPHERPARAM = width32::BLOCKCIPHERPARAM;
  using functions = width32::skf_functions;
};
}  // namespace width32

std::unique_ptr<port> make_port32(void* library, symbol_finder find) {
  return std::make_unique<port_of<width32::types>>(library, find);
}

}  // namespace keycare::services::skf
