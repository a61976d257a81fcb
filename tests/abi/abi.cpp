// abi.cpp - the whole contract and both sides of the SDK as C++20 on this platform.
#include "keycare/abi/all.h"
#include "keycare/sdk/host_side.hpp"
#include "keycare/sdk/plugin_side.hpp"
#include "keycare/sdk/statement.hpp"
