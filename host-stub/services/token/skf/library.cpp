// library.cpp - hash, probe (or what is remembered of it), load, and the port of the right width.
#include "host-stub/services/token/skf/library.hpp"

#include "host-stub/services/crypto/public_key.hpp"
#include "host-stub/services/token/skf/port.hpp"
#include "host-stub/services/token/skf/probe.hpp"
#include "host-stub/services/token/skf/skf_module.hpp"

#include <dlfcn.h>

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

namespace keycare::services::skf {

namespace {

constexpr std::uintmax_t max_library = 256ULL * 1024 * 1024;

error refused(const char* code, const std::filesystem::path& path, const char* why) {
  error out = fail(KC_E_FAILED, code);
  out.args = nlohmann::json{{"path", path.string()}, {"why", why == nullptr ? "" : why}}.dump(
      -1, ' ', true, nlohmann::json::error_handler_t::replace);
  return out;
}

result<std::string> content_hash(const std::filesystem::path& path) {
  std::error_code ignored;
  const auto size = std::filesystem::file_size(path, ignored);
  if (ignored || size > max_library) return refused("KC-MODULE-UNREADABLE", path, "");
  std::ifstream in(path, std::ios::binary);
  const octets content((std::istreambuf_iterator<char>(in)), {});
  if (!in) return refused("KC-MODULE-UNREADABLE", path, "");
  return hex(sha256(content));
}

/// A note is one word: "skf-32" or "skf-64". Failures are not remembered: a missing driver may come later.
result<probe_result> probed(const skf_config& which, const std::filesystem::path& remembered,
                            std::chrono::milliseconds patience) {
  const auto hash = content_hash(which.path);
  if (!hash) return hash.error();
  const auto note = remembered / ("module-" + *hash);
  std::string word;
  if (std::ifstream(note) >> word && (word == "skf-32" || word == "skf-64")) return probe_result{word == "skf-64"};
  const auto seen = probe(which.path, patience);
  if (!seen) return seen.error();
  std::error_code ignored;
  std::filesystem::create_directories(remembered, ignored);
  // A note that cannot be written costs another probe next time; half a note is no word.
  std::ofstream(note) << (seen->wide_ulong ? "skf-64" : "skf-32") << '\n';
  return *seen;
}

void* look_up(void* library, const char* name) {
  return dlsym(library, name);
}

}  // namespace

result<std::shared_ptr<token_module>> load(const skf_config& which, const std::filesystem::path& remembered,
                                           std::chrono::milliseconds patience) {
  const auto seen = probed(which, remembered, patience);
  if (!seen) return seen.error();
  // Never closed: a maker's library may leave threads and exit handlers behind.
  void* library = dlopen(which.path.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  if (library == nullptr) return refused("KC-MODULE-UNLOADABLE", which.path, dlerror());
  const bool is_wide =
      which.width == ulong_width::bits64 || (which.width == ulong_width::automatic && seen->wide_ulong);
  return make_module(which.name, is_wide ? make_port64(library, look_up) : make_port32(library, look_up));
}

}  // namespace keycare::services::skf
