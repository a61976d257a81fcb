// token_store.hpp - tokens as files: the folder, the locks, and one durable write.
//
//   <folder>/<name>.kct            a plugged token
//   <folder>/unplugged/<name>.kct  where plug() and unplug() keep the others; any other place will do as well
//   <folder>/.state/<name>.lock    held for one operation; also records which file it was last (see epoch)
//   <folder>/.state/<name>.device  held by SKF_LockDev
//   <folder>/.state/<name>.tmp     a write under way
//
// Lock files are never renamed or removed, and a token is read again after its lock was taken: with anything less,
// several processes can each spend "the same" try. Copying a token file copies its retry counter, and so defeats it; a
// folder that an attacker can write to is outside what a software token can defend.
#pragma once

#include <chrono>
#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fd.hpp"
#include "status.hpp"
#include "token.hpp"

namespace keycare::soft_skf {

/// Where a token's file is: its folder, and the file's name without ".kct". The name is also the SKF device name.
struct token_ref {
  std::string folder;
  std::string name;
  friend auto operator<=>(const token_ref&, const token_ref&) = default;
};

/// $KEYCARE_SOFTSKF_DIR, else $XDG_DATA_HOME/keycare/soft-tokens, else ~/.local/share/keycare/soft-tokens. Empty if
/// none is set.
std::string token_folder();

/// 1 to 64 octets without '/', control characters, or a '.' at the begin.
bool valid_token_name(std::string_view name);

/// Makes the folder and its parents, with mode 0700, where they are missing.
result<void> make_folder(const std::string& folder);

/// Names of all token files in the folder, sorted, the damaged ones too. No folder is an empty one.
std::vector<std::string> token_names(const std::string& folder);

/// Reads a token without any lock; good for a look only.
result<token> read_token(const token_ref& ref);

/// Writes a new token file. SAR_FILE_ALREADY_EXIST if there is one of that name, plugged or unplugged.
result<void> write_new_token(const token_ref& ref, const token& value);

/// Moves the file out of the folder or back in, as pulling and plugging a token would. SAR_DEVICE_REMOVED if it is not
/// there.
result<void> unplug_token(const token_ref& ref);
result<void> plug_token(const token_ref& ref);
void unplug_all(const std::string& folder);

enum class access {
  look,  // reads what is public, also while another process holds SKF_LockDev
  use,   // anything else: waits for that process, 10 s at most
};

using lock_wait = std::optional<std::chrono::milliseconds>;  // nothing: for ever

/// SKF_LockDev's lock, exclusive across processes and handles. Closing the descriptor releases it. SAR_TIMEOUTERR.
result<unique_fd> lock_device(const token_ref& ref, lock_wait wait);

/// One operation on one token: exclusive from open() to destruction, with the state as it was under the lock.
class token_guard {
public:
  /// @p owns_device_lock: this process holds SKF_LockDev. SAR_DEVICE_REMOVED, SAR_TIMEOUTERR, and what decode()
  /// answers.
  static result<token_guard> open(const token_ref& ref, access how, bool owns_device_lock);

  token state;

  /// Changes when the token was pulled and plugged again, whoever did it (to the resolution of the file system's clock,
  /// a few milliseconds, where the file was moved by hand). Never 0.
  [[nodiscard]] std::uint64_t epoch() const { return record_.epoch; }
  [[nodiscard]] std::size_t file_size() const { return file_size_; }

  /// Makes `state` durable: after success it survives anything; after a failure or a crash the file is the old or the
  /// new one.
  result<void> commit();

private:
  /// In the lock file: which file the epoch is for. `pending` is the inode that a writer was about to put in place when
  /// it died.
  struct record {
    std::uint64_t epoch = 0;
    std::uint64_t inode = 0;
    std::int64_t seconds = 0;  // st_ctim: a rename moves it
    std::int64_t nanoseconds = 0;
    std::uint64_t pending = 0;
  };

  void settle_epoch(std::uint64_t inode, std::int64_t seconds, std::int64_t nanoseconds);
  void write_record() const;

  token_ref ref_;
  unique_fd folder_;
  unique_fd state_folder_;
  unique_fd device_lock_;
  unique_fd lock_;
  record record_;
  std::uint64_t inode_ = 0;
  std::size_t file_size_ = 0;
};

}  // namespace keycare::soft_skf
