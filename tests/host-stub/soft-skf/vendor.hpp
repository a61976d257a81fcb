// vendor.hpp - test support: a folder of tokens, and the library as a client of any vendor would open it.
#pragma once

#include <dlfcn.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "gmt0016/skf_constants.h"
#include "gmt0016/skf_functions.h"
#include "softskf_admin.hpp"

namespace skf {
#define SKF_ULONG uint32_t
#include "gmt0016/skf_width.inc"
}  // namespace skf

namespace soft_skf_test {

using skf::BYTE;
using skf::ULONG;
namespace admin = keycare::soft_skf;

/// Every function of the library, looked up by one loop.
template <class Functions>
Functions open_library(const char* path) {
  void* library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) throw std::runtime_error(dlerror());
  Functions out{};
#define SKF_LOOK_UP(name, parameters) out.name = reinterpret_cast<decltype(out.name)>(dlsym(library, "SKF_" #name));
  SKF_FUNCTIONS(SKF_LOOK_UP)
#undef SKF_LOOK_UP
  return out;
}

inline const skf::skf_functions& lib() {
  static const auto functions = open_library<skf::skf_functions>(SOFTSKF_LIBRARY);
  return functions;
}

/// The standard's strings are not const; nothing is written to them.
inline skf::LPSTR str(const char* text) {
  return const_cast<char*>(text);
}
inline BYTE* raw(std::string_view text) {
  return reinterpret_cast<BYTE*>(const_cast<char*>(text.data()));
}

inline constexpr const char* user_pin = "user-pin-1";
inline constexpr const char* admin_pin = "admin-pin-1";

/// Splits a list of names; a list that does not end as the standard says is one name "<malformed>".
inline std::vector<std::string> names(const std::string& list) {
  std::vector<std::string> out;
  std::size_t at = 0;
  while (at < list.size() && list[at] != '\0') {
    const std::size_t end = list.find('\0', at);
    if (end == std::string::npos) return {"<malformed>"};
    out.push_back(list.substr(at, end - at));
    at = end + 1;
  }
  if (at + 1 != list.size()) return {"<malformed>"};
  return out;
}

/// Asks for the size, then for the list.
template <class F>
std::vector<std::string> listed(F&& call) {
  ULONG size = 0;
  if (call(nullptr, &size) != SAR_OK) return {"<failed>"};
  std::string list(size, '\xff');
  if (call(list.data(), &size) != SAR_OK) return {"<failed>"};
  list.resize(size);
  return names(list);
}

inline std::vector<std::string> devices() {
  return listed([](char* out, ULONG* size) { return lib().EnumDev(TRUE, out, size); });
}

inline std::string read_all(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// Runs in a child process, which ends with the answer (0 to 255). -signal if it was killed.
inline int in_child(const std::function<int()>& body) {
  const pid_t child = fork();
  if (child == 0) _exit(body());
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

/// A fresh folder that the library looks into, with a way to make tokens in it.
class Folder : public ::testing::Test {
protected:
  Folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "softskf-XXXXXX").string();
    folder = mkdtemp(pattern.data());
    setenv("KEYCARE_SOFTSKF_DIR", folder.c_str(), 1);
    unsetenv("KEYCARE_SOFTSKF_FAULT");
  }
  ~Folder() override {
    unsetenv("KEYCARE_SOFTSKF_FAULT");
    std::filesystem::remove_all(folder);
  }

  /// A token with one application "APP", cheap to try PINs on.
  void make_token(const std::string& name, std::uint32_t tries = 10, const std::string& label = "label") {
    admin::token_spec spec;
    spec.name = name;
    spec.label = label;
    spec.max_containers = 3;
    spec.scrypt_log2_n = 4;
    spec.applications.push_back({"APP", std::string_view(user_pin), std::string_view(admin_pin), tries, tries});
    const auto made = admin::create_token(folder, spec);
    ASSERT_TRUE(made.ok()) << std::hex << made.error().native;
  }

  std::filesystem::path file(const std::string& name) const { return std::filesystem::path(folder) / (name + ".kct"); }

  std::string file_content(const std::string& name) const { return read_all(file(name)); }

  std::string folder;
};

/// A connection to a token's application, closed at the end.
class session {
public:
  explicit session(const char* token = "token") {
    if (lib().ConnectDev(str(token), &device) != SAR_OK) return;
    opened = lib().OpenApplication(device, str("APP"), &app);
  }
  ~session() {
    if (app != nullptr) lib().CloseApplication(app);
    if (device != nullptr) lib().DisConnectDev(device);
  }
  session(const session&) = delete;

  ULONG verify(const char* pin, ULONG type = USER_TYPE) { return lib().VerifyPIN(app, type, str(pin), &retries); }
  ULONG log_in() { return verify(user_pin); }
  ULONG remaining(ULONG type = USER_TYPE) {
    ULONG limit = 0;
    ULONG left = 999;
    skf::BOOL fresh = FALSE;
    return lib().GetPINInfo(app, type, &limit, &left, &fresh) == SAR_OK ? left : 999;
  }
  std::vector<std::string> containers() {
    return listed([this](char* out, ULONG* size) { return lib().EnumContainer(app, out, size); });
  }
  skf::HCONTAINER container(const char* name) {
    skf::HCONTAINER out = nullptr;
    if (lib().OpenContainer(app, str(name), &out) != SAR_OK) lib().CreateContainer(app, str(name), &out);
    return out;
  }

  skf::DEVHANDLE device = nullptr;
  skf::HAPPLICATION app = nullptr;
  ULONG opened = SAR_FAIL;
  ULONG retries = 999;
};

/// Fits a fresh session with the user logged in, or fails the test.
#define LOGGED_IN(name)           \
  session name;                   \
  ASSERT_EQ(name.opened, SAR_OK); \
  ASSERT_EQ(name.log_in(), SAR_OK)

}  // namespace soft_skf_test
