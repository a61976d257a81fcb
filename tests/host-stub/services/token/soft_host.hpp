// soft_host.hpp - the token side of a host with one real software token in it, for tests.
#pragma once

#include "host-stub/services/call.hpp"
#include "host-stub/services/threads.hpp"
#include "host-stub/services/token/token_side.hpp"
#include "keycare/sdk/services.hpp"
#include "tests/host-stub/services/scratch_folder.hpp"
#include "tests/host-stub/services/token/test_ca.hpp"

#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

namespace keycare::test {

using namespace keycare::services;

/// The computer's clocks, which a test may move forward.
class shifting_time final : public time_source {
public:
  [[nodiscard]] std::int64_t wall_seconds() const override { return real_.wall_seconds() + shift_ + turned_; }
  [[nodiscard]] std::int64_t monotonic_ns() const override { return real_.monotonic_ns() + shift_ * 1'000'000'000; }
  [[nodiscard]] std::int32_t utc_offset(std::int64_t) const override { return 8 * 3600; }
  void advance(std::int64_t seconds) { shift_ += seconds; }
  /// Somebody sets the computer's clock: no time passes.
  void turn_wall_clock(std::int64_t seconds) { turned_ += seconds; }

private:
  system_time real_;
  std::atomic<std::int64_t> shift_ = 0;
  std::atomic<std::int64_t> turned_ = 0;
};

/// A person as a script: answers in order, then presses 取消. Keeps what was shown.
class scripted_prompt final : public pin_prompt {
public:
  std::deque<std::string> answers;
  std::vector<prompt_view> asked;
  std::vector<prompt_view> told;
  std::function<void()> while_open;  ///< What happens while the dialog is open.

  result<secret> ask(const kc_call*, const prompt_view& view) override { return next(view); }
  result<secret> ask_new(const kc_call*, const prompt_view& view, const new_pin_policy&) override { return next(view); }
  void tell(const prompt_view& view) override { told.push_back(view); }

private:
  result<secret> next(const prompt_view& view) {
    asked.push_back(view);
    if (while_open) while_open();
    if (answers.empty()) return fail(KC_E_CANCELLED, "KC-PIN-CANCELLED");
    secret out(std::string_view(answers.front()));
    answers.pop_front();
    return out;
  }
};

/// One token "KEYCARE" with a certificate of 张三 in the container OLD; user PIN "Test1357", admin PIN "Admin2468".
class soft_host {
public:
  struct options {
    std::uint32_t user_tries = 10;
    std::uint32_t admin_tries = 10;
    const char* library = KEYCARE_SOFTSKF_PATH;
  };
  soft_host();
  explicit soft_host(const options& how);
  ~soft_host();

  /// Faults of soft-skf (fault.hpp there), from now on; "" for none.
  void faults(const std::string& items) const;
  void unplug() const;
  void plug() const;

  /// The certificate in OLD, as the service lists it now.
  [[nodiscard]] certificate_info old_certificate();
  /// A statement about the old certificate and the order below.
  [[nodiscard]] std::string statement(const std::string& type, const nlohmann::json& more = {}) const;
  /// Opens a grant with the PIN that is next in the script.
  [[nodiscard]] result<kc_grant> grant(std::initializer_list<operation> operations);
  /// Runs @p act on the opened token, logged in.
  template <class T>
  result<T> logged_in(std::function<result<T>(token_session&)> act) {
    auto device = side->registry().open(call.abi(), token);
    if (!device) return device.error();
    return side->registry().act<T>(call.abi(), *device, std::chrono::seconds(60), device_effect::writes,
                                   [act](token_session& session) -> result<T> {
                                     const secret pin(std::string_view("Test1357"));
                                     if (auto ok = session.verify_pin("KEYCARE", pin_kind::user, pin); !ok)
                                       return ok.error();
                                     auto out = act(session);
                                     session.logout("KEYCARE");
                                     return out;
                                   });
  }
  [[nodiscard]] int tries_left(pin_kind kind = pin_kind::user);

  template <class Client>
  [[nodiscard]] static Client client(const service& from) {
    return Client(reinterpret_cast<const typename Client::table*>(from.table()));
  }

  static constexpr const char* order = "8d4e5b0e-8a30-4b9f-9d0c-2f6b8f1f7a11";
  scratch_folder folder;
  shifting_time time;
  memory_log log{time};
  scripted_prompt prompt;
  std::mutex one_dialog;  ///< The client's, shared with its shell service.
  test_ca ca;
  test_ca unlock_signer{"Unlock"};
  plugin_identity plugin{"renewal", "1.0.0", {"token.read", "token.sign", "token.write", "token.unlock"}};
  services::call call;
  thread_role_scope role{thread_role::worker};
  token_ref token;
  certificate_info certificate;
  std::unique_ptr<token_side> side;
  std::unique_ptr<service> token_service, signing_service, keys_service, pin_service, crypto_service;
};

}  // namespace keycare::test
