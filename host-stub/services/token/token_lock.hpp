// token_lock.hpp - one token, one user at a time: within the process and among this user's processes.
#pragma once

#include "host-stub/services/call.hpp"
#include "keycare/sdk/values.hpp"

#include <chrono>
#include <filesystem>
#include <memory>

namespace keycare::services {

/// Held until its end. The death of the process releases it.
class token_lock {
public:
  /// Waits for the lock of @p token: an flock on a file in @p folder that is never removed. Every holder opens the file
  /// anew, so that the same lock keeps threads apart, too. KC-TOKEN-BUSY after @p patience, KC-CALL-CANCELLED;
  /// KC-TOKEN-LOCK-FOLDER when the folder cannot be used. [worker-thread]
  static result<std::shared_ptr<token_lock>> acquire(const std::filesystem::path& folder, const token_ref& token,
                                                     const kc_call* call, const time_source& time,
                                                     std::chrono::milliseconds patience);
  explicit token_lock(int file) : file_(file) {}
  token_lock(const token_lock&) = delete;
  token_lock& operator=(const token_lock&) = delete;
  ~token_lock();

private:
  int file_;
};

}  // namespace keycare::services
