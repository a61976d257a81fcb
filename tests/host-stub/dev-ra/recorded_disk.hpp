// recorded_disk.hpp - keeps everything that SQLite does to its files, so that a test can see the disk as it was at any
// moment: after a kill, when all that was written is there, or after a power cut, when only what was synced must be.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace keycare::dev_ra::test {

struct disk_event {
  enum class kind { write, truncate, sync, remove };
  kind what;
  std::string file;  ///< Its name, without the folder.
  std::int64_t at = 0;
  std::string octets;
};

/// While it lives, every database that this process opens goes through it. One at a time.
class recorded_disk {
public:
  recorded_disk();
  ~recorded_disk();
  recorded_disk(const recorded_disk&) = delete;
  recorded_disk& operator=(const recorded_disk&) = delete;

  [[nodiscard]] std::size_t length() const;
  [[nodiscard]] std::vector<disk_event> events() const;
};

/// A folder as the events make it, one by one.
class played_disk {
public:
  void play(const disk_event& event);
  /// What a killed process leaves: all that was written.
  [[nodiscard]] const std::map<std::string, std::string>& written() const { return written_; }
  /// What a power cut may leave: all that was synced, and of the later writes those that @p chance picks (a number of
  /// any kind), the last of them torn in the middle. 0: none.
  [[nodiscard]] std::map<std::string, std::string> after_power_cut(std::uint32_t chance) const;

private:
  std::map<std::string, std::string> written_;
  std::map<std::string, std::string> synced_;
  std::vector<disk_event> pending_;  ///< Not synced yet.
};

/// Writes @p files into @p folder, and nothing else stays in it.
void put(const std::map<std::string, std::string>& files, const std::filesystem::path& folder);

}  // namespace keycare::dev_ra::test
