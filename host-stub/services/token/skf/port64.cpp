// port64.cpp - the port to libraries whose ULONG has 64 bits.
#include "host-stub/services/token/skf/port_of.hpp"

namespace keycare::services::skf {

namespace width64 {
#define SKF_ULONG uint64_t
#include "gmt0016/skf_width.inc"
struct types {
  using ulong = ULONG;
  using BOOL = width64::BOOL;
  using DEVINFO = width64::DEVINFO;
  using FILEATTRIBUTE = width64::FILEATTRIBUTE;
  using RSAPUBLICKEYBLOB = width64::RSAPUBLICKEYBLOB;
  using BLOCKCIPHERPARAM = width64::BLOCKCIPHERPARAM;
  using functions = width64::skf_functions;
};
}  // namespace width64

std::unique_ptr<port> make_port64(void* library, symbol_finder find) {
  return std::make_unique<port_of<width64::types>>(library, find);
}

}  // namespace keycare::services::skf
