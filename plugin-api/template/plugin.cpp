// plugin.cpp - makes the template's core a plugin.
#include "core.hpp"

KEYCARE_PLUGIN("template", "1.0.0", keycare::sample::make_core)
