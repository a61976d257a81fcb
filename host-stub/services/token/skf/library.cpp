// library.cpp - trial (or what is remembered of it), load, and the port of the right width.
#include "host-stub/services/token/skf/library.hpp"

#include "host-stub/services/token/skf/port.hpp"
#include "host-stub/services/token/skf/probe.hpp"
#include "host-stub/services/token/skf/skf_module.hpp"

#include <dlfcn.h>

namespace keycare::services::skf {

namespace {

void* look_up(void* library, const char* name) {
  return dlsym(library, name);
}

}  // namespace

result<std::shared_ptr<token_module>> load(const skf_config& which, const std::filesystem::path& remembered,
                                           std::chrono::milliseconds patience) {
  const auto seen = tried_module(which.path, skf_trial, remembered, patience);
  if (!seen) return seen.error();
  const auto library = load_module(which.path);
  if (!library) return library.error();
  const bool is_wide =
      which.width == ulong_width::bits64 || (which.width == ulong_width::automatic && *seen == skf_wide);
  return make_module(which.name, is_wide ? make_port64(*library, look_up) : make_port32(*library, look_up));
}

}  // namespace keycare::services::skf
