// plugin.cpp - makes the validity core a plugin.
#include "keycare/sdk/plugin_side.hpp"
#include "plugins/validity/core/core.hpp"

KEYCARE_PLUGIN("validity", "1.0.0", keycare::validity::make_core)
