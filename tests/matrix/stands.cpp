// stands.cpp - the libraries of the matrix: where each is, what it needs, and how a CA's counter would make its token.
#include "child_process.hpp"
#include "host-stub/services/token/pkcs11/calls.hpp"
#include "host-stub/services/token/pkcs11/initialise.hpp"
#include "host-stub/services/token/pkcs11/pkcs11_session.hpp"
#include "softskf_admin.hpp"
#include "stand.hpp"

#include <arpa/inet.h>
#include <dlfcn.h>
#include <grp.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <initializer_list>
#include <thread>

namespace keycare::test {

namespace {

namespace fs = std::filesystem;
using namespace keycare::services;
using namespace std::chrono_literals;

secret pin(std::string_view text) {
  return secret(text);
}

/// The first of @p paths that is there.
fs::path first_of(std::initializer_list<const char*> paths) {
  std::error_code ignored;
  for (const char* one : paths)
    if (fs::exists(one, ignored)) return one;
  return {};
}

made_stand absent(std::string why) {
  return {nullptr, std::move(why)};
}
made_stand not_made(const std::string& what, const error& why) {
  return absent(what + " (" + why.code + ", " + std::to_string(why.native) + ")");
}

class skf_stand final : public stand {
public:
  explicit skf_stand(fs::path tokens) : tokens_(std::move(tokens)) {}
  void configure(config& into) const override {
    into.skf.push_back({"soft-skf", KEYCARE_SOFTSKF_PATH, ulong_width::automatic});
  }
  [[nodiscard]] std::string application() const override { return "KEYCARE"; }
  [[nodiscard]] bool can_unplug() const override { return true; }
  void unplug() override { (void)soft_skf::unplug(tokens_, "token"); }
  void plug() override { (void)soft_skf::plug(tokens_, "token"); }

private:
  fs::path tokens_;
};

class pkcs11_stand : public stand {
public:
  pkcs11_stand(pkcs11_config library, fs::path remembered)
      : library_(std::move(library)), remembered_(std::move(remembered)) {}
  ~pkcs11_stand() override { finalize(); }
  void configure(config& into) const override { into.pkcs11.push_back(library_); }
  void forget() override { finalize(); }

  /// The raw calls, to make a token with.
  [[nodiscard]] result<std::shared_ptr<pkcs11::calls>> raw() const {
    return pkcs11::load_calls(library_.path, remembered_, 10s, library_.init);
  }
  /// Makes the first empty slot a token.
  [[nodiscard]] result<void> make_token() const {
    const auto made = pkcs11::initialise({library_.path, remembered_, "keycare"}, pin(pins::admin), pin(pins::user));
    if (!made) return made.error();
    return {};
  }

protected:
  void finalize() const {
    void* library = dlopen(library_.path.c_str(), RTLD_NOW | RTLD_NOLOAD);
    if (library == nullptr) return;
    CK_C_Finalize end = nullptr;
    void* found = dlsym(library, "C_Finalize");
    std::memcpy(&end, &found, sizeof end);
    if (end != nullptr) end(nullptr);
  }

private:
  pkcs11_config library_;
  fs::path remembered_;
};

/// A session that may write, of the first token for which @p is_it.
template <class IsIt>
result<pkcs11::owned_session> open_one(pkcs11::calls& module, IsIt is_it) {
  const auto slots = module.slots(true);
  if (!slots) return slots.error();
  for (const auto slot : *slots) {
    const auto facts = module.token(slot);
    if (!facts || !is_it(*facts)) continue;
    const auto opened = module.open(slot, true);
    if (!opened) return opened.error();
    return pkcs11::owned_session(module, *opened);
  }
  return fail(KC_E_NOT_FOUND, "KC-TOKEN-NOT-FOUND");
}

// --- opencryptoki ----------------------------------------------------------------------------------------------------

/// Lays the daemon's and the library's fixed places over with folders of ours, for this process and its children only.
std::string private_places(const fs::path& folder) {
  const auto* group = getgrnam("pkcs11");
  if (group == nullptr) return "opencryptoki: there is no group pkcs11 (the package makes it)";
  if (unshare(CLONE_NEWNS | CLONE_NEWIPC) != 0)
    return std::string("opencryptoki: no private mounts for its daemon here: ") + std::strerror(errno);
  if (mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0)
    return std::string("opencryptoki: no private mounts for its daemon here: ") + std::strerror(errno);
  const auto lay = [&](const char* name, const char* over) {
    fs::create_directories(folder / name);
    return mount((folder / name).c_str(), over, nullptr, MS_BIND, nullptr) == 0;
  };
  if (!lay("etc", "/etc/opencryptoki") || !lay("lib", "/var/lib/opencryptoki") || !lay("run", "/run") ||
      !lay("shm", "/dev/shm"))
    return std::string("opencryptoki: its folders cannot be laid over: ") + std::strerror(errno);
  std::ofstream(folder / "etc" / "opencryptoki.conf") << "version opencryptoki-3.8\n"
                                                         "slot 0\n{\nstdll = libpkcs11_sw.so\n}\n";
  for (const char* name : {"lib/swtok/TOK_OBJ", "run/lock/opencryptoki/swtok"}) fs::create_directories(folder / name);
  for (const char* name : {"lib", "run"})
    for (const auto& entry : fs::recursive_directory_iterator(folder / name)) {
      if (chown(entry.path().c_str(), 0, group->gr_gid) != 0) return "opencryptoki: folders cannot be given away";
      fs::permissions(entry.path(), fs::perms::owner_all | fs::perms::group_all);
    }
  return {};
}

class opencryptoki_stand final : public pkcs11_stand {
public:
  opencryptoki_stand(const pkcs11_config& library, const fs::path& folder, const std::string& daemon)
      : pkcs11_stand(library, folder / "modules"), daemon_({daemon, "-f"}, folder / "pkcsslotd.log") {}
  ~opencryptoki_stand() override { finalize(); }
  [[nodiscard]] bool is_up() {
    for (int i = 0; i < 100 && daemon_.runs(); ++i) {
      if (fs::exists("/run/pkcsslotd.socket")) return true;
      std::this_thread::sleep_for(50ms);
    }
    return false;
  }
  /// A new token has the SO PIN 87654321, also for C_InitToken, and it has to be changed first.
  [[nodiscard]] result<void> make_token() const {
    const auto module = raw();
    if (!module) return module.error();
    const auto first = pin("87654321");
    const auto slots = (*module)->slots(true);
    if (!slots) return slots.error();
    if (slots->empty()) return fail(KC_E_NOT_FOUND, "KC-TOKEN-NOT-FOUND");
    if (auto ok = (*module)->init_token(slots->front(), first, "keycare"); !ok) return ok;
    const auto session = open_one(**module, [](const auto&) { return true; });
    if (!session) return session.error();
    if (auto ok = (*module)->login(session->get(), CKU_SO, first); !ok) return ok;
    if (auto ok = (*module)->set_pin(session->get(), first, pin(pins::admin)); !ok) return ok;
    auto outcome = (*module)->init_pin(session->get(), pin(pins::user));
    (*module)->logout(session->get());
    return outcome;
  }

private:
  child_process daemon_;
};

// --- TPM 2.0 ---------------------------------------------------------------------------------------------------------

bool connects(int port) {
  const int at = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in where{};
  where.sin_family = AF_INET;
  where.sin_port = htons(static_cast<std::uint16_t>(port));
  where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const bool good = connect(at, reinterpret_cast<const sockaddr*>(&where), sizeof where) == 0;
  close(at);
  return good;
}
/// A port of the loopback that nobody had a moment ago.
int free_port() {
  const int at = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in where{};
  where.sin_family = AF_INET;
  where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof where;
  const bool good = bind(at, reinterpret_cast<const sockaddr*>(&where), size) == 0 &&
                    getsockname(at, reinterpret_cast<sockaddr*>(&where), &size) == 0;
  close(at);
  return good ? ntohs(where.sin_port) : 0;
}

/// A TPM in software, and its resource manager on a message bus of its own. Without the manager the module works too,
/// but the TPM has room for three loaded keys and no more: then it fails at the fourth (C_SetPIN, 0x5).
class soft_tpm {
public:
  explicit soft_tpm(fs::path folder) : folder_(std::move(folder)) {
    fs::create_directories(folder_ / "tpm");
    setenv("DBUS_SESSION_BUS_ADDRESS", ("unix:path=" + (folder_ / "bus").string()).c_str(), 1);
  }
  ~soft_tpm() { stop(); }
  soft_tpm(const soft_tpm&) = delete;
  soft_tpm& operator=(const soft_tpm&) = delete;

  [[nodiscard]] static bool is_installed() {
    return fs::exists(tpm) && fs::exists(manager) && fs::exists(bus) && fs::exists(bus_client);
  }
  bool start() {
    for (int attempt = 0; attempt < 5; ++attempt) {
      if (start_tpm() && start_manager()) return true;
      stop();
    }
    return false;
  }
  void stop() {
    manager_.reset();
    tpm_.reset();
  }

private:
  static constexpr const char* tpm = "/usr/bin/swtpm";
  static constexpr const char* manager = "/usr/sbin/tpm2-abrmd";
  static constexpr const char* bus = "/usr/bin/dbus-daemon";
  static constexpr const char* bus_client = "/usr/bin/dbus-send";

  /// Looks until @p is_up or @p process ends, for at most three seconds.
  template <class IsUp>
  static bool comes_up(child_process& process, IsUp is_up) {
    for (int i = 0; i < 60 && process.runs(); ++i) {
      if (is_up()) return true;
      std::this_thread::sleep_for(50ms);
    }
    return false;
  }
  [[nodiscard]] std::unique_ptr<child_process> run(const std::vector<std::string>& program) const {
    return std::make_unique<child_process>(program, folder_ / "tpm.log");
  }
  /// Its control port is the one behind its own: that is where the manager looks for it.
  bool start_tpm() {
    port_ = free_port();
    const auto address = [](int at) { return "type=tcp,bindaddr=127.0.0.1,port=" + std::to_string(at); };
    tpm_ = run({tpm, "socket", "--tpm2", "--server", address(port_), "--ctrl", address(port_ + 1), "--tpmstate",
                "dir=" + (folder_ / "tpm").string(), "--flags", "not-need-init,startup-clear"});
    // Not the TPM's own port: it serves one client, and would take this look for it.
    return comes_up(*tpm_, [this] { return connects(port_ + 1); });
  }
  bool start_manager() {
    // One for the process, which ends with it and not before: GLib ends a process whose bus goes.
    static child_process* const one_bus =
        run({bus, "--session", "--nofork", "--nopidfile", "--address=unix:path=" + (folder_ / "bus").string()})
            .release();
    if (!comes_up(*one_bus, [this] { return fs::exists(folder_ / "bus"); })) return false;
    std::vector<std::string> program{manager, "--session", "--tcti=swtpm:host=127.0.0.1,port=" + std::to_string(port_)};
    if (geteuid() == 0) program.emplace_back("--allow-root");
    manager_ = run(program);
    return comes_up(*manager_, [this] {
      return run({bus_client, "--session", "--print-reply", "--dest=com.intel.tss2.Tabrmd", "/",
                  "org.freedesktop.DBus.Peer.Ping"})
          ->succeeds();
    });
  }

  fs::path folder_;
  int port_ = 0;
  std::unique_ptr<child_process> tpm_, manager_;
};

class tpm2_stand final : public pkcs11_stand {
public:
  tpm2_stand(const pkcs11_config& library, const fs::path& folder, std::unique_ptr<soft_tpm> tpm)
      : pkcs11_stand(library, folder / "modules"), tpm_(std::move(tpm)) {}
  ~tpm2_stand() override { finalize(); }
  [[nodiscard]] bool can_unplug() const override { return true; }
  void unplug() override { tpm_->stop(); }
  void plug() override { (void)tpm_->start(); }

private:
  std::unique_ptr<soft_tpm> tpm_;
};

}  // namespace

made_stand make_soft_skf(const fs::path& folder) {
  const auto tokens = folder / "plugged";
  fs::create_directories(tokens);
  setenv("KEYCARE_SOFTSKF_DIR", tokens.c_str(), 1);
  soft_skf::token_spec spec;
  spec.name = "token";
  spec.scrypt_log2_n = 4;
  soft_skf::application_spec application;
  application.user_pin = pins::user;
  application.admin_pin = pins::admin;
  spec.applications.push_back(application);
  if (const auto made = soft_skf::create_token(tokens, spec); !made) return not_made("soft-skf", made.error());
  return {std::make_unique<skf_stand>(tokens), {}};
}

made_stand make_softhsm(const fs::path& folder) {
  const auto library = first_of({"/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
                                 "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so"});
  if (library.empty()) return absent("SoftHSM 2 (package softhsm2) is not installed");
  fs::create_directories(folder / "tokens");
  const auto conf = folder / "softhsm2.conf";
  std::ofstream(conf) << "directories.tokendir = " << (folder / "tokens").string()
                      << "\nobjectstore.backend = file\nlog.level = ERROR\n";
  setenv("SOFTHSM2_CONF", conf.c_str(), 1);
  auto out = std::make_unique<pkcs11_stand>(pkcs11_config{"softhsm", library, {}}, folder / "modules");
  if (auto ok = out->make_token(); !ok) return not_made("SoftHSM 2 makes no token", ok.error());
  return {std::move(out), {}};
}

made_stand make_opencryptoki(const fs::path& folder) {
  const auto library = first_of(
      {"/usr/lib/x86_64-linux-gnu/pkcs11/libopencryptoki.so", "/usr/lib/aarch64-linux-gnu/pkcs11/libopencryptoki.so"});
  const auto daemon = first_of({"/usr/sbin/pkcsslotd"});
  if (library.empty() || daemon.empty()) return absent("opencryptoki (package opencryptoki) is not installed");
  if (geteuid() != 0) return absent("opencryptoki: its daemon pkcsslotd runs as root only");
  if (auto why = private_places(folder); !why.empty()) return absent(std::move(why));
  auto out = std::make_unique<opencryptoki_stand>(pkcs11_config{"opencryptoki", library, {}}, folder, daemon.string());
  if (!out->is_up()) return absent("opencryptoki: its daemon pkcsslotd did not come up");
  if (auto ok = out->make_token(); !ok) return not_made("opencryptoki makes no token", ok.error());
  return {std::move(out), {}};
}

made_stand make_tpm2(const fs::path& folder) {
  const auto library =
      first_of({"/usr/lib/x86_64-linux-gnu/libtpm2_pkcs11.so.1", "/usr/lib/aarch64-linux-gnu/libtpm2_pkcs11.so.1"});
  if (library.empty()) return absent("tpm2-pkcs11 (package libtpm2-pkcs11-1) is not installed");
  if (!soft_tpm::is_installed())
    return absent(
        "tpm2-pkcs11: no TPM in software (packages swtpm, tpm2-abrmd, libtss2-tcti-tabrmd0, dbus) is installed");
  fs::create_directories(folder / "store");
  auto tpm = std::make_unique<soft_tpm>(folder);
  if (!tpm->start()) return absent("tpm2-pkcs11: the TPM in software did not come up");
  setenv("TPM2_PKCS11_STORE", (folder / "store").c_str(), 1);
  setenv("TPM2_PKCS11_BACKEND", "esysdb", 1);
  setenv("TPM2_PKCS11_TCTI", "tabrmd:bus_type=session", 1);
  setenv("TPM2_PKCS11_LOG_LEVEL", "0", 1);
  setenv("TSS2_LOG", "all+NONE", 1);  // What it would print of a wrong PIN is in the matrix.
  auto out = std::make_unique<tpm2_stand>(pkcs11_config{"tpm2", library, {}}, folder, std::move(tpm));
  // In a process of its own: the manager's library has threads, and the host's trial could not fork beside them.
  const pid_t maker = fork();
  if (maker == 0) _exit(out->make_token() ? 0 : 1);
  int status = 0;
  if (waitpid(maker, &status, 0) != maker || status != 0) return absent("tpm2-pkcs11 makes no token");
  return {std::move(out), {}};
}

made_stand make_nss(const fs::path& folder) {
  const auto library =
      first_of({"/usr/lib/x86_64-linux-gnu/libsoftokn3.so", "/usr/lib/x86_64-linux-gnu/nss/libsoftokn3.so",
                "/usr/lib/aarch64-linux-gnu/libsoftokn3.so", "/usr/lib/aarch64-linux-gnu/nss/libsoftokn3.so"});
  if (library.empty()) return absent("NSS softoken (package libnss3) is not installed");
  fs::create_directories(folder / "profile");
  pkcs11_config words{
      "nss", library,
      "configdir='sql:" + (folder / "profile").string() + "' certPrefix='' keyPrefix='' secmod='secmod.db' flags="};
  auto out = std::make_unique<pkcs11_stand>(words, folder / "modules");
  // The first password is set by a security officer without one; afterwards there is none.
  const auto make = [&]() -> result<void> {
    const auto module = out->raw();
    if (!module) return module.error();
    const auto session = open_one(**module, [](const auto& facts) { return (facts.flags & CKF_WRITE_PROTECTED) == 0; });
    if (!session) return session.error();
    if (auto ok = (*module)->login(session->get(), CKU_SO, pin("")); !ok) return ok;
    auto outcome = (*module)->init_pin(session->get(), pin(pins::user));
    (*module)->logout(session->get());
    return outcome;
  };
  if (auto ok = make(); !ok) return not_made("NSS softoken makes no token", ok.error());
  return {std::move(out), {}};
}

}  // namespace keycare::test
