// calls.hpp - a PKCS#11 module made safe to call: bounded answers, results instead of codes.
//
// Every buffer that a module writes to has room behind it that is looked at afterwards, every length that it gives is
// held against the buffer, and every list has an end. The device may hang in any call: the module's worker only, unless
// said otherwise.
#pragma once

#include "host-stub/services/secure/secret.hpp"
#include "host-stub/services/token/pkcs11/cryptoki.hpp"
#include "keycare/sdk/result.hpp"
#include "keycare/sdk/view.hpp"

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace keycare::services::pkcs11 {

using session_handle = ck_session_handle_t;
using object_handle = ck_object_handle_t;

/// CK_TOKEN_INFO as texts and flags.
struct token_facts {
  std::string manufacturer;
  std::string serial;
  std::string label;
  std::string model;
  ck_flags_t flags = 0;
};

struct session_facts {
  ck_slot_id_t slot = 0;
  ck_state_t state = 0;
};

/// One attribute of a template.
struct attribute {
  ck_attribute_type_t type = 0;
  octets value;
};
[[nodiscard]] attribute flag(ck_attribute_type_t type, bool value);
[[nodiscard]] attribute number(ck_attribute_type_t type, unsigned long value);
[[nodiscard]] attribute data(ck_attribute_type_t type, octets_view value);

/// An attribute that is read, and the most octets it may have.
struct wanted {
  ck_attribute_type_t type = 0;
  std::size_t most = 0;
};

struct made_pair {
  object_handle public_key = 0;
  object_handle private_key = 0;
};

/// Errors: ckr.hpp; KC-TOKEN-DAMAGED for an answer that cannot be true; KC-TOKEN-UNSUPPORTED for a function that is
/// missing.
class calls {
public:
  /// @param list stays valid, and so does the module behind it.
  explicit calls(const ck_function_list* list) : list_(list) {}

  /// Once. A module that somebody else in this process has initialised is fine.
  /// @param words for the module (pkcs11_config::init); empty for nearly all.
  result<void> initialize(const std::string& words = {});
  /// Whether the module may be called on several threads. [any-thread]
  [[nodiscard]] bool thread_safe() const noexcept { return thread_safe_; }

  /// The library's own words and its version: "Implementation of PKCS11 2.6". Empty when it does not answer.
  [[nodiscard]] std::string description() const;

  /// [any-thread] when thread_safe().
  result<std::vector<ck_slot_id_t>> slots(bool with_token);
  /// [any-thread] when thread_safe().
  result<token_facts> token(ck_slot_id_t slot);
  /// Whether something happened to a slot since the last question; never waits. [any-thread] when thread_safe().
  result<bool> slot_event();

  result<session_handle> open(ck_slot_id_t slot, bool writable);
  void close(session_handle session) noexcept;
  result<session_facts> session(session_handle session);
  result<void> login(session_handle session, ck_user_type_t who, const secret& pin);
  void logout(session_handle session) noexcept;
  /// Of who is logged in, or of the user.
  result<void> set_pin(session_handle session, const secret& old_pin, const secret& new_pin);
  /// The user's, by the right of the security officer who is logged in.
  result<void> init_pin(session_handle session, const secret& pin);
  [[nodiscard]] bool can_init_pin() const noexcept { return list_->C_InitPIN != nullptr; }
  result<void> init_token(ck_slot_id_t slot, const secret& so_pin, const std::string& label);

  /// At most max_objects.
  result<std::vector<object_handle>> find(session_handle session, std::span<const attribute> which);
  /// One call for all of them; one that the object does not have, or does not show, is absent. Only when an attribute
  /// is larger than was thought, @p most of it is asked for in a second call.
  result<std::vector<std::optional<octets>>> read(session_handle session, object_handle object,
                                                  std::span<const wanted> which);
  result<object_handle> create(session_handle session, std::span<const attribute> of);
  result<void> destroy(session_handle session, object_handle object);
  result<made_pair> generate_pair(session_handle session, ck_mechanism_type_t how,
                                  std::span<const attribute> public_key, std::span<const attribute> private_key);
  result<octets> sign(session_handle session, ck_mechanism_type_t how, object_handle key, octets_view data);
  result<secret> decrypt(session_handle session, ck_mechanism_type_t how, object_handle key, octets_view data);

  static constexpr std::size_t max_slots = 256;
  static constexpr std::size_t max_objects = 16384;

private:
  result<std::vector<std::optional<octets>>> read_once(session_handle session, object_handle object,
                                                       std::span<const wanted> which, std::size_t room,
                                                       bool& too_small);

  const ck_function_list* list_;
  bool thread_safe_ = false;
};

/// Loads and initialises a module as load() of library.hpp does, which see.
[[nodiscard]] result<std::shared_ptr<calls>> load_calls(const std::filesystem::path& path,
                                                        const std::filesystem::path& remembered,
                                                        std::chrono::milliseconds patience = std::chrono::seconds(10),
                                                        const std::string& init = {});

}  // namespace keycare::services::pkcs11
