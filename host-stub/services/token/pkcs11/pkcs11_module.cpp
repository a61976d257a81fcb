// pkcs11_module.cpp - lists of tokens and certificates by PKCS#11, which slot holds the token that was named, and slot
// events.
#include "host-stub/services/token/pkcs11/pkcs11_module.hpp"

#include "host-stub/services/crypto/public_key.hpp"
#include "host-stub/services/token/pkcs11/ckr.hpp"
#include "host-stub/services/token/pkcs11/names.hpp"
#include "host-stub/services/token/pkcs11/objects.hpp"
#include "host-stub/services/token/pkcs11/pkcs11_session.hpp"
#include "keycare/sdk/json.hpp"

#include <condition_variable>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

namespace keycare::services::pkcs11 {

namespace {

constexpr auto glance = std::chrono::seconds(1);

error about(const error& why, const std::string& serial, const std::string& what) {
  return fail_with(why.status, why.code, {{"serial", serial}, {"what", what}}, why.native);
}

/// Not an empty slot; and not a store of public things, which nobody can have a key of his own in: it is written to by
/// nobody and asks for no PIN (p11-kit's trusted certificates; NSS's first slot, which calls itself the same as the one
/// with the keys).
bool is_somebodys(const token_facts& facts) {
  if ((facts.flags & CKF_TOKEN_INITIALIZED) == 0) return false;
  return (facts.flags & CKF_WRITE_PROTECTED) == 0 || (facts.flags & CKF_LOGIN_REQUIRED) != 0;
}

class module final : public token_module {
public:
  module(std::string name, std::shared_ptr<calls> library) :name_(std::move(name)), calls_(std::move(library)) {}

  const std::string& name() const noexcept override { return name_; }
  std::string description() override { return calls_->description(); }

  result<listing<token_info>> tokens() override {
    listing<token_info> out;
    const auto slots = calls_->slots(true);
    if (!slots) return slots.error();
    for (const auto slot : *slots) {
      const auto facts = calls_->token(slot);
      if (!facts)
        out.left_out.push_back(about(facts.error(), {}, "slot " + std::to_string(slot)));
      else if (is_somebodys(*facts))
        out.items.push_back(describe(*facts));
    }
    return out;
  }

  result<std::vector<std::string>> applications(const token_ref& token) override {
    if (const auto slot = find(token); !slot) return slot.error();
    return std::vector<std::string>{std::string(application)};
  }

  result<listing<found_certificate>> certificates(const token_ref& token) override {
    const auto slot = find(token);
    if (!slot) return slot.error();
    const auto session = open_session(*slot, false);
    if (!session) return session.error();
    const auto facts = calls_->token(*slot);
    if (!facts) return facts.error();
    const auto state = calls_->session(session->get());
    if (!state) return state.error();
    auto objects = read_objects(*calls_, session->get());
    if (!objects) return objects.error();
    const bool sees_all = (facts->flags & CKF_LOGIN_REQUIRED) == 0 || state->state == CKS_RO_USER_FUNCTIONS ||
                          state->state == CKS_RW_USER_FUNCTIONS;
    return list(std::move(*objects), pin_of(facts->flags, pin_kind::user), sees_all, token.serial);
  }

  // Data objects are no files: nothing says what they are called, or whose they are.
  result<listing<found_file>> files(const token_ref&) override {
    return fail(KC_E_UNSUPPORTED, "KC-TOKEN-UNSUPPORTED");
  }
  result<octets> read_file(const token_ref&, const std::string&, const std::string&) override {
    return fail(KC_E_UNSUPPORTED, "KC-TOKEN-UNSUPPORTED");
  }

  result<std::unique_ptr<token_session>> open(const token_ref& token) override {
    const auto slot = find(token);
    if (!slot) return slot.error();
    const auto facts = calls_->token(*slot);
    if (!facts) return facts.error();
    // For writing wherever it is possible: a security officer cannot log in beside a session that only reads.
    auto session = open_session(*slot, (facts->flags & CKF_WRITE_PROTECTED) == 0);
    if (!session) return session.error();
    return make_session(calls_, std::move(*session), token);
  }

  /// By the module's own events, asked without waiting because a waiting call cannot be ended, and by looking at the
  /// slots: there are modules that take the question and never have an event (SoftHSM). Neither is on the worker's
  /// lane, so a module without locks has no events at all.
  result<void> wait_event() override {
    if (!calls_->thread_safe()) return fail(KC_E_UNSUPPORTED, "KC-TOKEN-UNSUPPORTED");
    std::unique_lock lock(mutex_);
    if (!seen_) {
      lock.unlock();
      auto now = slots_now();
      lock.lock();
      if (!now) return now.error();
      seen_ = std::move(*now);
    }
    while (!std::exchange(cancelled_, false)) {
      lock.unlock();
      const auto happened = something_happened();
      lock.lock();
      if (!happened) return happened.error();
      if (*happened) return {};
      wake_.wait_for(lock, glance, [this] { return cancelled_; });
    }
    return fail(KC_E_CANCELLED, "KC-CALL-CANCELLED");
  }
  void cancel_wait() noexcept override {
    const std::lock_guard lock(mutex_);
    cancelled_ = true;
    wake_.notify_all();
  }

private:
  using slot_view = std::map<ck_slot_id_t, std::string>;

  [[nodiscard]] token_info describe(const token_facts& facts) const {
    token_info out;
    out.token = ref_of(facts);
    out.label = facts.label;
    out.model = facts.model;
    out.backend = "pkcs11";
    out.module = name_;
    // With a PIN pad of its own the token takes no PIN from us.
    const bool takes_pins = (facts.flags & CKF_PROTECTED_AUTHENTICATION_PATH) == 0;
    if (takes_pins && calls_->can_init_pin() && (facts.flags & CKF_WRITE_PROTECTED) == 0)
      out.flags |= KC_TOKEN_CAN_UNLOCK;
    if (calls_->thread_safe()) out.flags |= KC_TOKEN_CAN_EVENTS;
    // SoftHSM's own name as a maker: no device has it.
    if (facts.manufacturer == "SoftHSM project") out.flags |= KC_TOKEN_SOFTWARE;
    out.pin = pin_of(facts.flags, pin_kind::user);
    return out;
  }

  /// The one slot whose token calls itself @p token: slots are renumbered when tokens come and go.
  result<ck_slot_id_t> find(const token_ref& token) {
    const auto slots = calls_->slots(true);
    if (!slots) return slots.error();
    std::optional<ck_slot_id_t> found;
    for (const auto slot : *slots) {
      const auto facts = calls_->token(slot);
      if (!facts || !is_somebodys(*facts) || ref_of(*facts) != token) continue;
      if (found) return fail(KC_E_CONFLICT, "KC-TOKEN-AMBIGUOUS");
      found = slot;
    }
    if (!found) return fail(KC_E_NOT_FOUND, "KC-TOKEN-NOT-FOUND");
    return *found;
  }

  result<owned_session> open_session(ck_slot_id_t slot, bool writable) {
    const auto opened = calls_->open(slot, writable);
    if (!opened) return opened.error();
    return owned_session(*calls_, *opened);
  }

  static listing<found_certificate> list(object_set objects, const pin_state& pin, bool sees_all,
                                         const std::string& serial) {
    listing<found_certificate> out;
    for (auto& why : objects.left_out) {
      const auto what = nlohmann::json::parse(why.args, nullptr, false);
      out.left_out.push_back(about(std::move(why), serial, what.is_object() ? what.value("what", "") : ""));
    }
    const auto halves = keys_of(objects);
    std::map<std::pair<octets, bool>, int> alike;  // Certificates with one ID and one use need a name each.
    for (const auto& one : objects.certificates) ++alike[{one.id, one.exchanges}];
    for (auto& one : objects.certificates) {
      const auto own = signing_id(one.id);
      const bool is_one_of_many = alike.at({one.id, one.exchanges}) > 1;
      const bool exchanges = one.exchanges || own.has_value();
      found_certificate found;
      found.place.application = application;
      found.place.container = is_one_of_many ? name_of(one.id, hex(sha256(one.der))) : name_of(own ? *own : one.id);
      found.place.usage = exchanges ? key_usage::exchange : key_usage::sign;
      const bool has_private = halves.private_keys.contains(one.public_key);
      // Where private keys are hidden, a public key speaks for its pair; without one nobody knows.
      const bool has_pair = has_private || (!sees_all && halves.public_keys.contains(one.public_key));
      if (has_pair) found.public_key = one.public_key;
      found.key_known = has_pair || sees_all;
      found.der = std::move(one.der);
      found.pin = pin;
      out.items.push_back(std::move(found));
    }
    return out;
  }

  /// [any-thread], because the module is thread-safe.
  result<slot_view> slots_now() {
    const auto slots = calls_->slots(true);
    if (!slots) return slots.error();
    slot_view out;
    for (const auto slot : *slots) {
      const auto facts = calls_->token(slot);
      out[slot] = facts ? facts->manufacturer + "\n" + facts->serial : std::string{};
    }
    return out;
  }
  result<bool> something_happened() {
    if (has_events_) {
      const auto happened = calls_->slot_event();
      if (happened && *happened) return true;
      if (!happened && happened.error().status != KC_E_UNSUPPORTED) return happened.error();
      has_events_ = happened.ok();
    }
    auto now = slots_now();
    if (!now) return now.error();
    const std::lock_guard lock(mutex_);
    const bool changed = *now != *seen_;
    seen_ = std::move(*now);
    return changed;
  }

  std::string name_;
  std::shared_ptr<calls> calls_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool cancelled_ = false;
  std::optional<slot_view> seen_;
  bool has_events_ = true;  ///< The watcher's thread only.
};

}  // namespace

std::shared_ptr<token_module> make_module(std::string name, std::shared_ptr<calls> library) {
  return std::make_shared<module>(std::move(name), std::move(library));
}

}  // namespace keycare::services::pkcs11
