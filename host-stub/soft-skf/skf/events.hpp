// events.hpp - plugging and pulling, as SKF_WaitForDevEvent reports it.
#pragma once

#include <string>

namespace keycare::soft_skf {

/// Events are counted from the first time that this process looked into the folder; later looks change nothing, so that
/// what one thread lists is not lost for another that waits.
void watch_from_now(const std::string& folder);

}  // namespace keycare::soft_skf
