// token_watch.hpp - which tokens are there, looked at off the main thread whenever something changed.
#pragma once

#include "host-stub/client/client.hpp"
#include "host-stub/services/commands/commands_service.hpp"

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

namespace keycare::shell {

/// A thread of its own for as long as it lives; a device that hangs is given up by its registry, and shown as busy.
class token_watch {
public:
  using told_function = std::function<void(const std::vector<token_info>&)>;
  /// @param told on the main thread, after each look; not after this is gone. Looks at once. @p client and @p main live
  /// longer. [main-thread]
  token_watch(host::client& client, services::main_executor& main, told_function told);
  ~token_watch();
  /// Looks again soon. [any-thread]
  void look();

private:
  void run(const std::weak_ptr<told_function>& told);
  host::client& client_;
  services::main_executor& main_;
  std::shared_ptr<told_function> told_;  ///< Main thread only; the posted functions hold it weakly.
  std::shared_ptr<services::call> call_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool due_ = true;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace keycare::shell
