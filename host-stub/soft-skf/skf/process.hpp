// process.hpp - what this process knows beside the token files: handles, who is logged in, which devices it holds.
//
// A handle is a number that is looked up, never a pointer that is followed. Rights belong to the process and to (token,
// application), as on real tokens: they survive SKF_CloseApplication and SKF_DisConnectDev, and end with
// SKF_ClearSecureState, when the token is pulled, when the PIN is locked, and in a child after fork().
#pragma once

#include <openssl/evp.h>

#include <array>
#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "../bytes.hpp"
#include "../pins.hpp"
#include "../token_store.hpp"

namespace keycare::soft_skf {

struct device {
  token_ref ref;
  std::uint64_t epoch = 0;  // of the token when it was connected: pulled and plugged again, it is another device
  std::atomic<bool> connected{true};
  std::mutex mutex;                                      // guards what follows
  std::optional<std::array<std::uint8_t, 8>> challenge;  // SKF_DevAuth's, from the last SKF_GenRandom
  unique_fd lock;                                        // SKF_LockDev's
};

struct application_handle {
  std::shared_ptr<device> dev;
  std::string name;
};

struct container_handle {
  std::shared_ptr<device> dev;
  std::string application;
  std::string name;
};

struct session_key {
  std::mutex mutex;
  std::uint32_t algorithm = 0;
  secret key;
  struct parameters {
    bytes iv;
    bool padding = false;
  };
  std::optional<parameters> encrypting;
  std::optional<parameters> decrypting;
};

struct free_md_ctx {
  void operator()(EVP_MD_CTX* p) const { EVP_MD_CTX_free(p); }
};

struct digest {
  std::mutex mutex;
  std::unique_ptr<EVP_MD_CTX, free_md_ctx> context;
  std::size_t size = 0;
  bool updated = false;
  bool finished = false;
};

class process {
public:
  static process& get();

  /// nullptr when there are too many handles.
  template <class T>
  void* add(std::shared_ptr<T> value) {
    const std::lock_guard lock(mutex_);
    if (handles_.size() >= max_handles) return nullptr;
    next_handle_ += 16;
    handles_.emplace(next_handle_, std::move(value));
    return reinterpret_cast<void*>(next_handle_);
  }

  /// nullptr for a handle that never was, is closed, or is of another kind.
  template <class T>
  std::shared_ptr<T> find(const void* handle) {
    const std::lock_guard lock(mutex_);
    const auto it = handles_.find(reinterpret_cast<std::uintptr_t>(handle));
    if (it == handles_.end()) return nullptr;
    const auto* value = std::get_if<std::shared_ptr<T>>(&it->second);
    return value == nullptr ? nullptr : *value;
  }

  template <class T>
  std::shared_ptr<T> remove(const void* handle) {
    const std::lock_guard lock(mutex_);
    const auto it = handles_.find(reinterpret_cast<std::uintptr_t>(handle));
    if (it == handles_.end()) return nullptr;
    auto* value = std::get_if<std::shared_ptr<T>>(&it->second);
    if (value == nullptr) return nullptr;
    std::shared_ptr<T> out = std::move(*value);
    handles_.erase(it);
    return out;
  }

  // Rights. Each holds for one epoch of the token: a token that was pulled forgets them.
  void log_in(const token_ref& ref, std::uint64_t epoch, const std::string& application, role who, secret master);
  void log_out(const token_ref& ref, const std::string& application, std::optional<role> who);
  std::optional<secret> master_key(const token_ref& ref, std::uint64_t epoch, const std::string& application, role who);
  void authenticate_device(const token_ref& ref, std::uint64_t epoch);
  bool device_authenticated(const token_ref& ref, std::uint64_t epoch);

  // Which devices this process holds by SKF_LockDev: its own operations pass.
  void hold(const token_ref& ref, bool held);
  bool holds(const token_ref& ref);

private:
  struct login {
    std::uint64_t epoch = 0;
    secret master;
  };
  using any_handle =
      std::variant<std::shared_ptr<device>, std::shared_ptr<application_handle>, std::shared_ptr<container_handle>,
                   std::shared_ptr<session_key>, std::shared_ptr<digest>>;
  static constexpr std::size_t max_handles = 16384;

  process();
  void forget_everything();

  std::mutex mutex_;
  std::uintptr_t next_handle_ = 0x5AF70001;
  std::map<std::uintptr_t, any_handle> handles_;
  std::map<std::pair<std::pair<token_ref, std::string>, role>, login> logins_;
  std::map<token_ref, std::uint64_t> authenticated_;
  std::map<token_ref, int> held_;
};

}  // namespace keycare::soft_skf
