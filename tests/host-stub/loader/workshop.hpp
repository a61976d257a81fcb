// workshop.hpp - a temporary folder in which a test puts manifests beside libraries, and the options to load them with.
#pragma once

#include "host-stub/loader/loader.hpp"
#include "host-stub/loader/verdict.hpp"
#include "keycare/sdk/view.hpp"

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

namespace keycare::loader::testing {

using nlohmann::json;
namespace fs = std::filesystem;

inline digest sha256(std::span<const std::uint8_t> octets) {
  digest out{};
  EXPECT_EQ(EVP_Digest(octets.data(), octets.size(), out.data(), nullptr, EVP_sha256(), nullptr), 1);
  return out;
}

inline std::vector<std::uint8_t> read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

inline void write_file(const fs::path& path, std::span<const std::uint8_t> octets) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out.write(reinterpret_cast<const char*>(octets.data()), static_cast<std::streamsize>(octets.size()));
}
inline void write_file(const fs::path& path, std::string_view text) {
  write_file(path, std::span(reinterpret_cast<const std::uint8_t*>(text.data()), text.size()));
}

/// A library of the corpus, by its name.
inline fs::path bad_plugin(const std::string& name) {
  return fs::path(KEYCARE_BAD_PLUGINS) / (name + ".so");
}

/// A folder of this test's own, gone at its end.
class workshop {
public:
  workshop() {
    auto name = (fs::temp_directory_path() / "keycare-loader-XXXXXX").string();
    const char* made = ::mkdtemp(name.data());
    EXPECT_NE(made, nullptr);
    folder_ = name;
  }
  ~workshop() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  workshop(const workshop&) = delete;
  workshop& operator=(const workshop&) = delete;

  [[nodiscard]] const fs::path& folder() const { return folder_; }

  /// Writes <name>.json for @p library, which is linked beside it, and changes it by @p patch (a JSON merge patch).
  fs::path add(const std::string& name, const fs::path& library, const json& patch = json::object()) {
    std::error_code ignored;
    fs::create_symlink(library, folder_ / (name + ".so"), ignored);
    json manifest{{"id", "bad"},
                  {"names", {{"zh-CN", "坏插件"}, {"en", "Bad plugin"}}},
                  {"version", "1.0.0"},
                  {"abi", {{"min", "1.0"}, {"max", "1.x"}}},
                  {"min_client_version", "4.8.2"},
                  {"permissions", json::array()},
                  {"slots", json::array()},
                  {"core", {{"file", name + ".so"}, {"sha256", to_hex(sha256(read_file(library)))}}}};
    if (patch.is_object()) manifest.merge_patch(patch);
    const auto file = folder_ / (name + ".json");
    write_file(file, manifest.dump());
    return file;
  }

  /// The same with a library whose octets the test made up.
  fs::path add(const std::string& name, std::span<const std::uint8_t> octets, const json& patch = json::object()) {
    const auto library = folder_ / (name + ".so");
    write_file(library, octets);
    return add(name, library, patch);
  }

  [[nodiscard]] options with() const {
    options out;
    out.host = {{KC_ABI_MAJOR, KC_ABI_MINOR}, {4, 8, 2}, "4.8.2", {"token.read", "net:ra"}};
    out.sha256 = sha256;
    out.probe = KEYCARE_PROBE;
    out.cache_dir = folder_ / "cache";
    out.probe_timeout = std::chrono::seconds(30);
    return out;
  }

private:
  fs::path folder_;
};

/// The verdict's support code, or "loaded".
template <class T>
std::string code_of(const result<T>& outcome) {
  return outcome ? std::string("loaded") : outcome.error().code;
}

}  // namespace keycare::loader::testing
