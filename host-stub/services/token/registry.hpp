// registry.hpp - every token of every configured library, by its name for good; and the way to act on one.
#pragma once

#include "host-stub/services/config/config.hpp"
#include "host-stub/services/log/log.hpp"
#include "host-stub/services/token/backend.hpp"
#include "host-stub/services/token/device_worker.hpp"
#include "host-stub/services/token/token_lock.hpp"

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace keycare::services {

/// A library and the one thread that calls it.
struct module_slot {
  module_slot(std::shared_ptr<token_module> loaded, const time_source& time)
      : module(std::move(loaded)), worker(time) {}
  std::shared_ptr<token_module> module;
  std::mutex mutex;
  std::vector<token_info> last;  ///< What it held when it last answered; under mutex.
  device_worker worker;
};

/// One token, opened on its module's worker; closed there, too, when the last copy goes.
struct token_device {
  std::shared_ptr<module_slot> module;
  std::shared_ptr<token_session> session;
  token_ref token;
};

/// How long a device may take before it is given up.
namespace patience {
inline constexpr std::chrono::seconds usual{15};
inline constexpr std::chrono::seconds generate{60};
inline constexpr std::chrono::seconds lock{15};
}  // namespace patience

/// KC_E_CONFLICT "KC-TOKEN-AMBIGUOUS" with "serial" when two of the tokens call themselves the same. Pure. [any-thread]
[[nodiscard]] result<void> told_apart(const std::vector<token_info>& there);

/// Owns the modules and their threads. [any-thread] unless said otherwise.
class token_registry {
public:
  /// @param lock_folder shared by this user's processes
  token_registry(const time_source& time, log_sink& log, std::filesystem::path lock_folder);
  ~token_registry();
  token_registry(const token_registry&) = delete;
  token_registry& operator=(const token_registry&) = delete;

  /// Loads what the configuration names; what cannot be loaded is logged and listed in refused().
  void load(const std::vector<skf_config>& libraries, const std::filesystem::path& remembered);
  void load(const std::vector<pkcs11_config>& libraries, const std::filesystem::path& remembered);
  void add(std::shared_ptr<token_module> module);
  struct refused_module {
    std::string name;
    error why;
  };
  /// A library of load(), for people who look after drivers.
  struct driver {
    std::string name;
    std::string kind;  ///< "skf" or "pkcs11"
    std::filesystem::path path;
    std::string description;  ///< token_module::description(), asked once when it was loaded.
    std::optional<error> refused;
  };
  [[nodiscard]] const std::vector<driver>& drivers() const noexcept { return drivers_; }
  [[nodiscard]] const std::vector<refused_module>& refused() const noexcept { return refused_; }
  /// An error about a refused library, with its "module" and "why" (its code) for the sentence of @p code. [any-thread]
  [[nodiscard]] static error about_driver(std::string code, const refused_module& one);

  /// Starts one event thread a module. @p changed is a hint that tokens came or went; it must not wait for a device.
  void watch(std::function<void()> changed);
  /// After it returned, the hint is not given any more.
  void stop_watching();
  /// Told after each call that changes something on a token (a PIN that was tried, a key, a certificate): devices have
  /// no event for that. Once, before anything acts; it must not wait for a device. [main-thread]
  void on_written(std::function<void()> written) { written_ = std::move(written); }

  /// Every token; those of a library that does not answer as they were, marked busy. Two that call themselves the same
  /// are both listed. [worker-thread]
  [[nodiscard]] result<std::vector<token_info>> tokens(const kc_call* call);
  /// Every certificate on @p token, or on all. KC_E_NOT_FOUND when it is not there; KC-TOKEN-AMBIGUOUS with "serial"
  /// when two devices of one library call themselves the same: of all tokens those are left out, and it is an error
  /// when there is nothing else; KC-TOKEN-NONE-DRIVER when there is no token at all and a library was refused.
  /// [worker-thread]
  [[nodiscard]] result<std::vector<certificate_info>> certificates(const kc_call* call,
                                                                   const std::optional<token_ref>& token);
  /// The certificate with this hash on @p token. KC_E_NOT_FOUND "KC-CERTIFICATE-NOT-FOUND". [worker-thread]
  [[nodiscard]] result<certificate_info> find(const kc_call* call, const token_ref& token, const digest& sha256);
  [[nodiscard]] result<std::vector<found_file>> files(const kc_call* call, const token_ref& token);
  [[nodiscard]] result<octets> read_file(const kc_call* call, const token_ref& token, const std::string& application,
                                         const std::string& name);
  /// The token's description, read now. KC_E_NOT_FOUND, KC_E_TOKEN_BUSY. [worker-thread]
  [[nodiscard]] result<token_info> describe(const kc_call* call, const token_ref& token);
  /// The token's first application. [worker-thread]
  [[nodiscard]] result<std::string> first_application(const kc_call* call, const token_ref& token);
  [[nodiscard]] result<token_device> open(const kc_call* call, const token_ref& token);

  /// Runs @p act on the opened token: under the token's lock (threads, processes, SKF_LockDev), after the device said
  /// anew that it is this token. Everything @p act needs is copied into it. KC_E_TOKEN_REMOVED when another token
  /// answers; else as device_worker::run. [worker-thread]
  template <class T>
  [[nodiscard]] result<T> act(const kc_call* call, const token_device& device, std::chrono::nanoseconds most,
                              device_effect effect, std::function<result<T>(token_session&)> act) {
    auto lock = token_lock::acquire(lock_folder_, device.token, call, time_, patience::lock);
    if (!lock) return lock.error();
    auto outcome = device.module->worker.run<T>(
        call, most, effect, [lock = *lock, device_copy = held{device.session, device.token}, act = std::move(act)] {
          return locked<T>(*device_copy.session, device_copy.token, act);
        });
    if (effect == device_effect::writes && written_) written_();
    return outcome;
  }

private:
  struct held {
    std::shared_ptr<token_session> session;
    token_ref token;
  };
  struct watcher;

  void add_or_refuse(driver about, result<std::shared_ptr<token_module>> loaded);

  template <class T>
  static result<T> locked(token_session& session, const token_ref& token,
                          const std::function<result<T>(token_session&)>& act) {
    if (auto ok = session.lock(std::chrono::seconds(5)); !ok) return ok.error();
    struct unlocker {
      token_session& session;
      ~unlocker() { session.unlock(); }
    } const at_end{session};
    const auto who = session.identity();
    if (!who) return who.error();
    if (*who != token) return fail(KC_E_TOKEN_REMOVED, "KC-TOKEN-REMOVED");
    return act(session);
  }

  [[nodiscard]] std::vector<std::shared_ptr<module_slot>> slots() const;
  result<std::vector<token_info>> ask(const kc_call* call, const std::shared_ptr<module_slot>& slot);
  result<std::shared_ptr<module_slot>> holder(const kc_call* call, const token_ref& token);
  result<std::vector<certificate_info>> read_certificates(const kc_call* call, const std::shared_ptr<module_slot>& slot,
                                                          const token_ref& token);
  void note(const module_slot& slot, const std::vector<error>& left_out);

  const time_source& time_;
  log_sink& log_;
  std::filesystem::path lock_folder_;
  mutable std::mutex mutex_;
  std::vector<std::shared_ptr<module_slot>> slots_;
  std::vector<refused_module> refused_;
  std::vector<driver> drivers_;
  std::vector<std::shared_ptr<watcher>> watchers_;
  std::function<void()> written_;
};

}  // namespace keycare::services
