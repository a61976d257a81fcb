// plugin.cpp - makes the unlock core a plugin.
#include "keycare/sdk/plugin_side.hpp"
#include "plugins/unlock/core/core.hpp"

KEYCARE_PLUGIN("unlock", "1.0.0", keycare::unlock::make_core)
