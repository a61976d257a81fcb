// recorded_disk.cpp - a VFS of SQLite's (https://sqlite.org/vfs.html) that passes everything on to the system's and
// keeps a list.
#include "recorded_disk.hpp"

#include <sqlite3.h>
#include <fstream>
#include <mutex>
#include <random>
#include <utility>

namespace keycare::dev_ra::test {

namespace {

using kind = disk_event::kind;

std::mutex guard;
std::vector<disk_event>* record = nullptr;
sqlite3_vfs* under = nullptr;

void keep(kind what, const std::string& file, std::int64_t at = 0, std::string octets = {}) {
  const std::lock_guard lock(guard);
  if (record != nullptr) record->push_back({what, file, at, std::move(octets)});
}

std::string name_of(const char* path) {
  return path == nullptr ? std::string("temporary") : std::filesystem::path(path).filename().string();
}

/// Ours, and behind it in the same memory the system's.
struct recorded_file {
  sqlite3_file base;
  std::string* name;
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};
static_assert(sizeof(recorded_file) % alignof(std::max_align_t) == 0);

recorded_file& own(sqlite3_file* file) {
  return *reinterpret_cast<recorded_file*>(file);
}
sqlite3_file* real(sqlite3_file* file) {
  return own(file).real();
}
const sqlite3_io_methods& system_of(sqlite3_file* file) {
  return *real(file)->pMethods;
}

// Version 2: without memory-mapped pages, which would be written behind our back.
const sqlite3_io_methods methods = {
    2,
    [](sqlite3_file* file) {
      delete own(file).name;
      return system_of(file).xClose(real(file));
    },
    [](sqlite3_file* file, void* out, int size, sqlite3_int64 at) {
      return system_of(file).xRead(real(file), out, size, at);
    },
    [](sqlite3_file* file, const void* octets, int size, sqlite3_int64 at) {
      const int status = system_of(file).xWrite(real(file), octets, size, at);
      if (status == SQLITE_OK)
        keep(kind::write, *own(file).name, at, {static_cast<const char*>(octets), static_cast<std::size_t>(size)});
      return status;
    },
    [](sqlite3_file* file, sqlite3_int64 size) {
      const int status = system_of(file).xTruncate(real(file), size);
      if (status == SQLITE_OK) keep(kind::truncate, *own(file).name, size);
      return status;
    },
    [](sqlite3_file* file, int flags) {
      const int status = system_of(file).xSync(real(file), flags);
      if (status == SQLITE_OK) keep(kind::sync, *own(file).name);
      return status;
    },
    [](sqlite3_file* file, sqlite3_int64* size) { return system_of(file).xFileSize(real(file), size); },
    [](sqlite3_file* file, int level) { return system_of(file).xLock(real(file), level); },
    [](sqlite3_file* file, int level) { return system_of(file).xUnlock(real(file), level); },
    [](sqlite3_file* file, int* held) { return system_of(file).xCheckReservedLock(real(file), held); },
    [](sqlite3_file* file, int what, void* argument) {
      return system_of(file).xFileControl(real(file), what, argument);
    },
    [](sqlite3_file* file) { return system_of(file).xSectorSize(real(file)); },
    [](sqlite3_file* file) { return system_of(file).xDeviceCharacteristics(real(file)); },
    [](sqlite3_file* file, int page, int size, int extend, void volatile** out) {
      return system_of(file).xShmMap(real(file), page, size, extend, out);
    },
    [](sqlite3_file* file, int offset, int count, int flags) {
      return system_of(file).xShmLock(real(file), offset, count, flags);
    },
    [](sqlite3_file* file) { system_of(file).xShmBarrier(real(file)); },
    [](sqlite3_file* file, int remove) { return system_of(file).xShmUnmap(real(file), remove); },
    nullptr,
    nullptr};

int open_file(sqlite3_vfs*, const char* path, sqlite3_file* file, int flags, int* given) {
  auto& made = own(file);
  made.base.pMethods = nullptr;
  const int status = under->xOpen(under, path, made.real(), flags, given);
  if (made.real()->pMethods == nullptr) return status;
  made.name = new std::string(name_of(path));
  made.base.pMethods = &methods;
  return status;
}

int remove_file(sqlite3_vfs*, const char* path, int sync_folder) {
  const int status = under->xDelete(under, path, sync_folder);
  if (status == SQLITE_OK) keep(kind::remove, name_of(path));
  return status;
}

sqlite3_vfs recording{};

void apply(std::map<std::string, std::string>& files, const disk_event& event, std::size_t most = std::string::npos) {
  const auto at = static_cast<std::size_t>(event.at);
  switch (event.what) {
    case kind::write: {
      auto& file = files[event.file];
      const auto octets = event.octets.substr(0, most);
      if (file.size() < at + octets.size()) file.resize(at + octets.size(), '\0');
      file.replace(at, octets.size(), octets);
      break;
    }
    case kind::truncate:
      files[event.file].resize(at, '\0');
      break;
    case kind::remove:
      files.erase(event.file);
      break;
    case kind::sync:
      break;
  }
}

}  // namespace

recorded_disk::recorded_disk() {
  under = sqlite3_vfs_find("unix");
  recording = *under;
  recording.pNext = nullptr;
  recording.zName = "recorded";
  recording.szOsFile = static_cast<int>(sizeof(recorded_file)) + under->szOsFile;
  recording.xOpen = open_file;
  recording.xDelete = remove_file;
  record = new std::vector<disk_event>;
  sqlite3_vfs_register(&recording, /*makeDflt=*/1);
}

recorded_disk::~recorded_disk() {
  sqlite3_vfs_register(under, 1);
  sqlite3_vfs_unregister(&recording);
  const std::lock_guard lock(guard);
  delete std::exchange(record, nullptr);
}

std::size_t recorded_disk::length() const {
  const std::lock_guard lock(guard);
  return record->size();
}

std::vector<disk_event> recorded_disk::events() const {
  const std::lock_guard lock(guard);
  return *record;
}

void played_disk::play(const disk_event& event) {
  apply(written_, event);
  if (event.what == kind::remove) {
    // The folder's entry; what was in the file is of no use any more, on the disk or not.
    synced_.erase(event.file);
    std::erase_if(pending_, [&](const auto& one) { return one.file == event.file; });
  } else if (event.what == kind::sync) {
    for (const auto& one : pending_)
      if (one.file == event.file) apply(synced_, one);
    std::erase_if(pending_, [&](const auto& one) { return one.file == event.file; });
  } else {
    pending_.push_back(event);
  }
}

std::map<std::string, std::string> played_disk::after_power_cut(std::uint32_t chance) const {
  std::vector<const disk_event*> kept;
  if (chance != 0) {
    std::minstd_rand pick(chance);
    for (const auto& one : pending_)
      if ((pick() & 1024U) != 0) kept.push_back(&one);
  }
  auto left = synced_;
  for (const auto* one : kept) apply(left, *one, one == kept.back() ? one->octets.size() / 2 : std::string::npos);
  return left;
}

void put(const std::map<std::string, std::string>& files, const std::filesystem::path& folder) {
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  for (const auto& [name, octets] : files)
    std::ofstream(folder / name, std::ios::binary).write(octets.data(), static_cast<std::streamsize>(octets.size()));
}

}  // namespace keycare::dev_ra::test
