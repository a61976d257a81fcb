// token_lock.cpp - flock with a patience and a cancel flag.
#include "host-stub/services/token/token_lock.hpp"

#include "host-stub/services/crypto/public_key.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <thread>

namespace keycare::services {

result<std::shared_ptr<token_lock>> token_lock::acquire(const std::filesystem::path& folder, const token_ref& token,
                                                        const kc_call* call, const time_source& time,
                                                        std::chrono::milliseconds patience) {
  std::error_code why;
  std::filesystem::create_directories(folder, why);
  // A hash, because a serial number may hold anything.
  const auto name = hex(sha256(bytes_of(token.manufacturer + '\n' + token.serial))) + ".lock";
  const int file = open((folder / name).c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file < 0) return fail(KC_E_FAILED, "KC-TOKEN-LOCK-FOLDER", errno);
  auto out = std::make_shared<token_lock>(file);
  const auto end = std::chrono::steady_clock::now() + patience;
  while (flock(file, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK && errno != EINTR) return fail(KC_E_FAILED, "KC-TOKEN-LOCK-FOLDER", errno);
    if (auto ok = may_go_on(call, time); !ok) return ok.error();
    if (std::chrono::steady_clock::now() >= end) return fail(KC_E_TOKEN_BUSY, "KC-TOKEN-BUSY");
    std::this_thread::sleep_for(std::chrono::milliseconds(5));  // flock has no wait with a time-out.
  }
  return out;
}

token_lock::~token_lock() {
  close(file_);
}

}  // namespace keycare::services
