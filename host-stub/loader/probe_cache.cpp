// probe_cache.cpp - remembers what a probe found, for each hash.
#include "host-stub/loader/probe_cache.hpp"

#include "host-stub/loader/file.hpp"
#include "host-stub/loader/verdict.hpp"
#include "keycare/sdk/json.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string_view>

namespace keycare::loader {
namespace {

using nlohmann::json;

constexpr int format = 1;
constexpr std::size_t max_cache_octets = 1U << 20U;
constexpr std::size_t max_entries = 256;

std::string key_of(const std::string& sha256, abi_version abi) {
  return sha256 + "@" + to_text(abi);
}

bool is_ours(const std::filesystem::path& file) {
  struct stat about {};
  return ::lstat(file.c_str(), &about) == 0 && S_ISREG(about.st_mode) && about.st_uid == ::geteuid() &&
         (about.st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

/// An entry that reads as this format writes it: a plugin, or a refusal.
std::optional<result<probed_plugin>> read_finding(const json& entry) {
  const auto text = [&](const char* name) { return entry.contains(name) && entry[name].is_string(); };
  if (!entry.is_object()) return std::nullopt;
  if (text("id") && text("version")) return probed_plugin{entry["id"], entry["version"]};
  if (!text("code") || !entry.contains("args") || !entry["args"].is_object()) return std::nullopt;
  const auto why = reason_of(fail(KC_E_FAILED, entry["code"]));
  if (!why) return std::nullopt;
  error verdict = refuse(*why, {});
  verdict.args = json_text(entry["args"]);
  return verdict;
}

json write_finding(const result<probed_plugin>& finding) {
  if (finding) return {{"id", finding->id}, {"version", finding->version}};
  return {{"code", finding.error().code}, {"args", json::parse(finding.error().args, nullptr, false)}};
}

std::map<std::string, result<probed_plugin>> read_file(const std::filesystem::path& file) {
  if (!is_ours(file)) return {};
  return read_findings(read_bounded(file, max_cache_octets).octets);
}

}  // namespace

std::map<std::string, result<probed_plugin>> read_findings(std::span<const std::uint8_t> text) {
  const auto guard = [](int depth, json::parse_event_t, json&) { return depth < 8; };
  const auto document = json::parse(text.begin(), text.end(), guard, false);
  if (!document.is_object() || document.value("format", json()) != json(format)) return {};
  const auto entries = document.value("entries", json::object());
  if (!entries.is_object() || entries.size() > max_entries) return {};
  std::map<std::string, result<probed_plugin>> out;
  for (const auto& [key, entry] : entries.items())
    if (auto finding = read_finding(entry)) out.emplace(key, *std::move(finding));
  return out;
}

bool is_lasting(const result<probed_plugin>& finding) {
  if (finding) return true;
  switch (reason_of(finding.error()).value_or(reason::probe_failed)) {
    case reason::crashed:
    case reason::threw:
    case reason::exited:
    case reason::entry_refused:
    case reason::table_wrong:
      return true;
    default:
      return false;
  }
}

probe_cache::probe_cache(std::filesystem::path folder) {
  if (folder.empty()) return;
  file_ = std::move(folder) / "plugin-probes.json";
  findings_ = read_file(file_);
}

std::optional<result<probed_plugin>> probe_cache::find(const std::string& sha256, abi_version abi,
                                                       const std::string& id) const {
  const auto found = findings_.find(key_of(sha256, abi));
  if (found == findings_.end()) return std::nullopt;
  if (found->second) return found->second;
  auto verdict = found->second.error();
  auto args = json::parse(verdict.args);
  args["id"] = id;
  verdict.args = json_text(args);
  return verdict;
}

void probe_cache::remember(const std::string& sha256, abi_version abi, const result<probed_plugin>& finding) {
  if (file_.empty() || !is_lasting(finding)) return;
  findings_ = read_file(file_);  // another process may have written meanwhile
  if (findings_.size() >= max_entries) findings_.clear();
  findings_.insert_or_assign(key_of(sha256, abi), finding);

  json document{{"format", format}, {"entries", json::object()}};
  for (const auto& [key, value] : findings_) document["entries"][key] = write_finding(value);
  const auto text = json_text(document);
  std::error_code ignored;
  std::filesystem::create_directories(file_.parent_path(), ignored);
  std::string temporary = file_.string() + ".XXXXXX";
  const descriptor out(::mkostemp(temporary.data(), O_CLOEXEC));  // 0600
  if (!out) return;
  const bool whole = ::write(out.get(), text.data(), text.size()) == static_cast<ssize_t>(text.size());
  if (!whole || ::rename(temporary.c_str(), file_.c_str()) != 0) ::unlink(temporary.c_str());
}

}  // namespace keycare::loader
