// plugin.cpp - makes the renewal core a plugin.
#include "keycare/sdk/plugin_side.hpp"
#include "plugins/renewal/core/core.hpp"

KEYCARE_PLUGIN("renewal", "1.0.0", keycare::renewal::make_core)
