// story.hpp - the demo: a clerk's certificate from 25 days before its end to the new one, and a locked token opened
// again.
#pragma once

#include "host-stub/demo/stage.hpp"

namespace keycare::demo {

/// Plays the story and holds every step against what it should do. The exit status: 0 only when all of it did.
/// [main-thread]
[[nodiscard]] int play(const demo_options& how);

}  // namespace keycare::demo
