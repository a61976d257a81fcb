// p11_kit.cpp - files of lines "key: value"; what this host does not know is no error.
#include "host-stub/services/token/pkcs11/p11_kit.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <optional>
#include <string>

namespace keycare::services::pkcs11 {

namespace {

constexpr std::uintmax_t max_file = 64 * 1024;
constexpr std::size_t most_files = 64;

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r";
  const auto from = text.find_first_not_of(blanks);
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(blanks) - from + 1);
}

std::map<std::string, std::string> read(const std::filesystem::path& file) {
  std::map<std::string, std::string> out;
  std::error_code failed;
  if (std::filesystem::file_size(file, failed) > max_file || failed) return out;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    const auto text = trimmed(line);
    const auto colon = text.find(':');
    if (text.empty() || text.front() == '#' || colon == std::string_view::npos) continue;
    out[std::string(trimmed(text.substr(0, colon)))] = trimmed(text.substr(colon + 1));
  }
  return out;
}

/// Whether @p list, separated by blanks and commas, has @p name.
bool lists(std::string_view list, std::string_view name) {
  constexpr std::string_view separators = " ,\t";
  while (!list.empty()) {
    const auto end = std::min(list.find_first_of(separators), list.size());
    if (list.substr(0, end) == name) return true;
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return false;
}

std::optional<pkcs11_config> module_of(const std::filesystem::path& file, const module_folders& where,
                                       std::string_view program) {
  const auto keys = read(file);
  const auto value = [&](const char* key) {
    const auto found = keys.find(key);
    return found == keys.end() ? std::string() : found->second;
  };
  const std::filesystem::path module = value("module");
  if (module.empty() || module.filename() == "p11-kit-proxy.so" || value("trust-policy") == "yes") return std::nullopt;
  if (keys.contains("enable-in") && !lists(value("enable-in"), program)) return std::nullopt;
  if (lists(value("disable-in"), program)) return std::nullopt;
  pkcs11_config out{file.stem().string(), module, value("x-init-reserved")};
  for (const auto& folder : where.libraries) {
    std::error_code failed;
    if (module.is_absolute() || !std::filesystem::exists(folder / module, failed)) continue;
    out.path = folder / module;
    break;
  }
  if (!out.path.is_absolute()) return std::nullopt;
  return out;
}

}  // namespace

std::vector<pkcs11_config> system_modules(const module_folders& where, std::string_view program) {
  std::map<std::string, std::filesystem::path> files;
  for (const auto& folder : where.configured) {
    std::error_code failed;
    for (std::filesystem::directory_iterator at(folder, failed), end; !failed && at != end; at.increment(failed))
      if (at->path().extension() == ".module" && files.size() < most_files)
        files[at->path().filename().string()] = at->path();
  }
  std::vector<pkcs11_config> out;
  for (const auto& [name, file] : files) {
    auto one = module_of(file, where, program);
    const auto is_same = [&](const pkcs11_config& other) { return other.path == one->path; };
    if (one && std::none_of(out.begin(), out.end(), is_same)) out.push_back(std::move(*one));
  }
  return out;
}

}  // namespace keycare::services::pkcs11
