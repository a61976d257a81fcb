// softhsm.cpp - see softhsm.hpp.
#include "softhsm.hpp"

#include <dlfcn.h>

#include <cstdlib>
#include <cstring>
#include <fstream>

namespace keycare::test {

std::filesystem::path softhsm_path() {
  for (const char* path : {"/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
                           "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so"})
    if (std::filesystem::exists(path)) return path;
  return {};
}

secret user_pin() {
  return secret(std::string_view("Test1357"));
}
secret admin_pin() {
  return secret(std::string_view("Admin2468"));
}

soft_hsm::soft_hsm() {
  std::filesystem::create_directory(folder_.path() / "tokens");
  const auto conf = folder_.path() / "softhsm2.conf";
  std::ofstream(conf) << "directories.tokendir = " << (folder_.path() / "tokens").string()
                      << "\nobjectstore.backend = file\nlog.level = ERROR\n";
  setenv("SOFTHSM2_CONF", conf.c_str(), 1);
}
soft_hsm::~soft_hsm() {
  restart();
}

void soft_hsm::restart() const {
  void* library = dlopen(softhsm_path().c_str(), RTLD_NOW | RTLD_NOLOAD);
  if (library == nullptr) return;
  CK_C_Finalize finalize = nullptr;
  void* found = dlsym(library, "C_Finalize");
  std::memcpy(&finalize, &found, sizeof finalize);
  finalize(nullptr);
}

token_ref soft_hsm::make_token(const std::string& label) const {
  const auto made = pkcs11::initialise({softhsm_path(), folder_.path() / "modules", label}, admin_pin(), user_pin());
  EXPECT_TRUE(made.ok()) << made.error().code << " " << made.error().native;
  return made ? *made : token_ref{};
}

std::shared_ptr<token_module> soft_hsm::load() const {
  auto loaded = pkcs11::load({"softhsm", softhsm_path(), {}}, folder_.path() / "modules");
  EXPECT_TRUE(loaded.ok()) << loaded.error().code << " " << loaded.error().native;
  return loaded ? *loaded : nullptr;
}

std::shared_ptr<pkcs11::calls> soft_hsm::raw() const {
  auto loaded = pkcs11::load_calls(softhsm_path(), folder_.path() / "modules");
  EXPECT_TRUE(loaded.ok());
  return loaded ? *loaded : nullptr;
}

std::filesystem::path soft_hsm::objects() const {
  for (const auto& entry : std::filesystem::directory_iterator(folder_.path() / "tokens"))
    if (entry.is_directory()) return entry.path();
  return {};
}

raw_session::raw_session(std::shared_ptr<pkcs11::calls> module, const token_ref& token) : module_(std::move(module)) {
  const auto slots = module_->slots(true);
  for (const auto slot : *slots) {
    const auto facts = module_->token(slot);
    if (!facts || facts->serial != token.serial) continue;
    handle_ = *module_->open(slot, true);
    module_->logout(handle_);
    EXPECT_TRUE(module_->login(handle_, CKU_USER, user_pin()).ok());
  }
}
raw_session::~raw_session() {
  module_->logout(handle_);
  module_->close(handle_);
}

std::vector<pkcs11::object_handle> raw_session::all(ck_object_class_t kind) const {
  const auto which = {pkcs11::number(CKA_CLASS, kind)};
  const auto found = module_->find(handle_, which);
  EXPECT_TRUE(found.ok());
  return found ? *found : std::vector<pkcs11::object_handle>{};
}

}  // namespace keycare::test
