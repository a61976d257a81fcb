// database.hpp - the records of every plugin in one SQLite file, each sealed and with a version.
//
// WAL and synchronous=FULL: a commit is one fsync and is on the disk when it returns; queries read beside a writer and
// never wait for it. A killed process leaves the old or the new record.
#pragma once

#include "host-stub/services/secure/secret.hpp"
#include "keycare/sdk/result.hpp"
#include "keycare/sdk/view.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct sqlite3;

namespace keycare::services {

/// Opened once a process and shared by all plugins' services; several processes may have the same folder open.
/// [any-thread], except that write and remove wait for the disk.
class database {
public:
  struct record {
    std::uint64_t version = 0;
    secret value;
  };
  struct entry {
    std::string key;
    std::uint64_t version = 0;
  };
  struct options {
    std::int64_t most_octets = 1024LL * 1024 * 1024;  ///< Of the file; beyond it the disk counts as full.
    int busy_ms = 5000;                               ///< How long to wait for another process's commit.
  };

  /// Opens or makes `<folder>/store.db` and `<folder>/store.key`.
  /// KC-STORE-NEWER (made by a newer client; nothing is touched), KC-STORE-FOREIGN (not ours), KC-STORE-DAMAGED,
  /// KC-STORE-KEY-MISSING (records, but no key for them), KC-STORE-FULL, KC-STORE-READ-ONLY, KC-STORE-UNAVAILABLE.
  static result<std::unique_ptr<database>> open(const std::filesystem::path& folder, options how);
  static result<std::unique_ptr<database>> open(const std::filesystem::path& folder) { return open(folder, options{}); }
  ~database();
  database(const database&) = delete;
  database& operator=(const database&) = delete;

  /// KC_E_NOT_FOUND; KC_E_DAMAGED, and the record stays as it is.
  result<record> read(std::string_view plugin, std::string_view key);
  /// Writes if the record's version is still @p version (0: it must not exist); gives the new one. KC_E_CONFLICT.
  /// KC_E_OUTCOME_UNKNOWN when the disk failed in the middle of the commit: read again.
  result<std::uint64_t> write_if(std::string_view plugin, std::string_view key, std::uint64_t version,
                                 octets_view value);
  /// Removes if the version is still @p version; an absent record is a success.
  result<void> remove_if(std::string_view plugin, std::string_view key, std::uint64_t version);
  /// The keys that start with @p prefix, in the order of their octets.
  result<std::vector<entry>> list(std::string_view plugin, std::string_view prefix);

private:
  struct connection;
  database(std::unique_ptr<connection> writer, std::unique_ptr<connection> reader, secret key);
  std::unique_ptr<connection> writer_;
  std::unique_ptr<connection> reader_;
  secret key_;
};

}  // namespace keycare::services
