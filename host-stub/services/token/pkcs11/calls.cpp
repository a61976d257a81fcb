// calls.cpp - see calls.hpp.
#include "host-stub/services/token/pkcs11/calls.hpp"

#include "host-stub/services/token/pkcs11/ckr.hpp"
#include "host-stub/services/token/readable.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace keycare::services::pkcs11 {

namespace {

constexpr std::size_t guard = 64;  // Octets behind every buffer.
constexpr std::uint8_t untouched = 0xA5;
constexpr std::size_t usual_attribute = 4096;  // What certificates fit in; larger ones cost a second call.
constexpr std::size_t max_answer = 1024;       // Of a signature or a plain text: RSA with 8192 bits.

/// Room for an answer, and room behind it that must stay as it was.
class guarded {
public:
  explicit guarded(std::size_t size) : size_(size), octets_(size + guard, untouched) {}
  [[nodiscard]] std::uint8_t* data() noexcept { return octets_.data(); }
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] bool intact() const {
    return std::all_of(octets_.begin() + static_cast<std::ptrdiff_t>(size_), octets_.end(),
                       [](std::uint8_t octet) { return octet == untouched; });
  }
  /// The first @p size octets; damaged when the module wrote, or claims, more than there is room for.
  [[nodiscard]] result<octets> first(unsigned long size) const {
    if (size > size_ || !intact()) return damaged();
    return octets(octets_.begin(), octets_.begin() + static_cast<std::ptrdiff_t>(size));
  }

private:
  std::size_t size_;
  octets octets_;
};

/// The function's answer, or that it is not there.
template <class Function, class... Arguments>
ck_rv_t ask(Function function, Arguments... arguments) {
  return function == nullptr ? CKR_FUNCTION_NOT_SUPPORTED : function(arguments...);
}
result<void> done(ck_rv_t code) {
  if (code == CKR_OK) return {};
  return ckr_error(code);
}

/// PKCS#11 takes what it only reads by pointers that could write.
unsigned char* lend(octets_view data) {
  return const_cast<unsigned char*>(data.data());
}
unsigned char* lend(const secret& pin) {
  return lend(octets_view(pin.bytes()));
}
std::vector<ck_attribute> lend(std::span<const attribute> from) {
  std::vector<ck_attribute> out;
  out.reserve(from.size());
  for (const auto& one : from) out.push_back({one.type, lend(octets_view(one.value)), one.value.size()});
  return out;
}
unsigned long count(const std::vector<ck_attribute>& of) {
  return static_cast<unsigned long>(of.size());
}

template <std::size_t Size>
std::string text(const unsigned char (&raw)[Size]) {
  return field(reinterpret_cast<const char*>(raw), Size);
}

/// A structure of fixed size with room behind it.
template <class T>
struct with_room {
  T value{};
  std::array<std::uint8_t, guard> behind;
  with_room() { behind.fill(untouched); }
  [[nodiscard]] bool intact() const {
    return std::all_of(behind.begin(), behind.end(), [](std::uint8_t octet) { return octet == untouched; });
  }
};

}  // namespace

attribute flag(ck_attribute_type_t type, bool value) {
  return {type, {static_cast<std::uint8_t>(value ? 1 : 0)}};
}
attribute number(ck_attribute_type_t type, unsigned long value) {
  octets raw(sizeof value);
  std::memcpy(raw.data(), &value, sizeof value);
  return {type, std::move(raw)};
}
attribute data(ck_attribute_type_t type, octets_view value) {
  return {type, octets(value.begin(), value.end())};
}

result<void> calls::initialize(const std::string& words) {
  // NSS reads its words where the standard has a reserved pointer, and one pointer behind it, which must be null.
  struct with_words {
    ck_c_initialize_args args{};
    void* behind = nullptr;
  } how;
  std::string lent = words;
  how.args.flags = CKF_OS_LOCKING_OK;
  if (!words.empty()) how.args.reserved = lent.data();
  auto code = ask(list_->C_Initialize, static_cast<void*>(&how));
  thread_safe_ = code == CKR_OK || code == CKR_CRYPTOKI_ALREADY_INITIALIZED;
  // A module without locks is called on its worker alone, so it needs none. One that is to have words gets them.
  if (words.empty() && (code == CKR_CANT_LOCK || code == CKR_ARGUMENTS_BAD))
    code = ask(list_->C_Initialize, static_cast<void*>(nullptr));
  return code == CKR_CRYPTOKI_ALREADY_INITIALIZED ? result<void>() : done(code);
}

std::string calls::description() const {
  with_room<ck_info> info;
  if (ask(list_->C_GetInfo, &info.value) != CKR_OK || !info.intact()) return {};
  const auto words = text(info.value.library_description);
  const auto& version = info.value.library_version;
  return words + (words.empty() ? "" : " ") + std::to_string(version.major) + "." + std::to_string(version.minor);
}

result<std::vector<ck_slot_id_t>> calls::slots(bool with_token) {
  // A list may grow between two questions.
  for (int attempt = 0; attempt < 3; ++attempt) {
    unsigned long count = 0;
    auto code =
        ask(list_->C_GetSlotList, static_cast<unsigned char>(with_token), static_cast<ck_slot_id_t*>(nullptr), &count);
    if (code != CKR_OK) return ckr_error(code);
    if (count > max_slots) return damaged();
    guarded room((count + 1) * sizeof(ck_slot_id_t));
    unsigned long got = count + 1;
    code = ask(list_->C_GetSlotList, static_cast<unsigned char>(with_token),
               reinterpret_cast<ck_slot_id_t*>(room.data()), &got);
    if (code == CKR_BUFFER_TOO_SMALL && room.intact()) continue;
    if (code != CKR_OK) return ckr_error(code);
    if (got > count + 1 || !room.intact()) return damaged();
    std::vector<ck_slot_id_t> out(got);
    if (got != 0) std::memcpy(out.data(), room.data(), got * sizeof(ck_slot_id_t));
    return out;
  }
  return damaged();
}

result<token_facts> calls::token(ck_slot_id_t slot) {
  with_room<ck_token_info> info;
  const auto code = ask(list_->C_GetTokenInfo, slot, &info.value);
  if (code != CKR_OK) return ckr_error(code);
  if (!info.intact()) return damaged();
  const auto& from = info.value;
  return token_facts{text(from.manufacturer_id), text(from.serial_number), text(from.label), text(from.model),
                     from.flags};
}

result<bool> calls::slot_event() {
  ck_slot_id_t slot = 0;
  const auto code = ask(list_->C_WaitForSlotEvent, ck_flags_t{CKF_DONT_BLOCK}, &slot, static_cast<void*>(nullptr));
  if (code == CKR_OK || code == CKR_NO_EVENT) return code == CKR_OK;
  return ckr_error(code);
}

result<session_handle> calls::open(ck_slot_id_t slot, bool writable) {
  session_handle out = CK_INVALID_HANDLE;
  const ck_flags_t how = CKF_SERIAL_SESSION | (writable ? CKF_RW_SESSION : 0);
  const auto code = ask(list_->C_OpenSession, slot, how, static_cast<void*>(nullptr), ck_notify_t{nullptr}, &out);
  if (code != CKR_OK) return ckr_error(code);
  if (out == CK_INVALID_HANDLE) return damaged();
  return out;
}
void calls::close(session_handle session) noexcept {
  (void)ask(list_->C_CloseSession, session);
}
result<session_facts> calls::session(session_handle session) {
  with_room<ck_session_info> info;
  const auto code = ask(list_->C_GetSessionInfo, session, &info.value);
  if (code != CKR_OK) return ckr_error(code);
  if (!info.intact()) return damaged();
  return session_facts{info.value.slot_id, info.value.state};
}
result<void> calls::login(session_handle session, ck_user_type_t who, const secret& pin) {
  return done(ask(list_->C_Login, session, who, lend(pin), static_cast<unsigned long>(pin.size())));
}
void calls::logout(session_handle session) noexcept {
  (void)ask(list_->C_Logout, session);
}
result<void> calls::set_pin(session_handle session, const secret& old_pin, const secret& new_pin) {
  return done(ask(list_->C_SetPIN, session, lend(old_pin), static_cast<unsigned long>(old_pin.size()), lend(new_pin),
                  static_cast<unsigned long>(new_pin.size())));
}
result<void> calls::init_pin(session_handle session, const secret& pin) {
  return done(ask(list_->C_InitPIN, session, lend(pin), static_cast<unsigned long>(pin.size())));
}
result<void> calls::init_token(ck_slot_id_t slot, const secret& so_pin, const std::string& label) {
  std::array<unsigned char, 32> padded{};
  padded.fill(' ');
  std::copy_n(label.begin(), std::min(label.size(), padded.size()), padded.begin());
  return done(ask(list_->C_InitToken, slot, lend(so_pin), static_cast<unsigned long>(so_pin.size()), padded.data()));
}

result<std::vector<object_handle>> calls::find(session_handle session, std::span<const attribute> which) {
  constexpr unsigned long at_once = 256;
  auto lent = lend(which);
  auto code = ask(list_->C_FindObjectsInit, session, lent.data(), count(lent));
  if (code != CKR_OK) return ckr_error(code);
  std::vector<object_handle> out;
  guarded room(at_once * sizeof(object_handle));
  bool believable = true;
  while (true) {
    unsigned long got = 0;
    code = ask(list_->C_FindObjects, session, reinterpret_cast<object_handle*>(room.data()), at_once, &got);
    believable = got <= at_once && room.intact() && out.size() + got <= max_objects;
    if (code != CKR_OK || got == 0 || !believable) break;
    const auto before = out.size();
    out.resize(before + got);
    std::memcpy(out.data() + before, room.data(), got * sizeof(object_handle));
  }
  (void)ask(list_->C_FindObjectsFinal, session);
  if (!believable) return damaged();
  if (code != CKR_OK) return ckr_error(code);
  return out;
}

result<std::vector<std::optional<octets>>> calls::read(session_handle session, object_handle object,
                                                       std::span<const wanted> which) {
  bool too_small = false;
  auto out = read_once(session, object, which, usual_attribute, too_small);
  if (!too_small) return out;
  return read_once(session, object, which, SIZE_MAX, too_small);
}

result<std::vector<std::optional<octets>>> calls::read_once(session_handle session, object_handle object,
                                                            std::span<const wanted> which, std::size_t room,
                                                            bool& too_small) {
  too_small = false;
  std::vector<guarded> rooms;
  std::vector<ck_attribute> asked;
  rooms.reserve(which.size());
  bool smaller = false;
  for (const auto& one : which) {
    rooms.emplace_back(std::min(one.most, room));
    smaller = smaller || one.most > room;
    asked.push_back({one.type, rooms.back().data(), rooms.back().size()});
  }
  const auto code = ask(list_->C_GetAttributeValue, session, object, asked.data(), count(asked));
  // These tell about single attributes; the others were read (2.40, 5.7, C_GetAttributeValue).
  const bool some = code == CKR_ATTRIBUTE_TYPE_INVALID || code == CKR_ATTRIBUTE_SENSITIVE;
  for (const auto& one : rooms)
    if (!one.intact()) return damaged();
  if (code == CKR_BUFFER_TOO_SMALL) {
    too_small = smaller;
    return fail(KC_E_TOO_LARGE, "KC-TOKEN-DAMAGED", static_cast<std::int64_t>(code));
  }
  if (code != CKR_OK && !some) return ckr_error(code);
  std::vector<std::optional<octets>> out;
  for (std::size_t i = 0; i < asked.size(); ++i) {
    if (asked[i].value_len == CK_UNAVAILABLE_INFORMATION) {
      out.emplace_back();
      continue;
    }
    // The length is only believed where the buffer is still ours.
    if (asked[i].value != rooms[i].data()) return damaged();
    auto value = rooms[i].first(asked[i].value_len);
    if (!value) return value.error();
    out.emplace_back(std::move(*value));
  }
  return out;
}

result<object_handle> calls::create(session_handle session, std::span<const attribute> of) {
  auto lent = lend(of);
  object_handle out = CK_INVALID_HANDLE;
  const auto code = ask(list_->C_CreateObject, session, lent.data(), count(lent), &out);
  if (code != CKR_OK) return ckr_error(code);
  return out;
}
result<void> calls::destroy(session_handle session, object_handle object) {
  return done(ask(list_->C_DestroyObject, session, object));
}

result<made_pair> calls::generate_pair(session_handle session, ck_mechanism_type_t how,
                                       std::span<const attribute> public_key, std::span<const attribute> private_key) {
  auto lent_public = lend(public_key);
  auto lent_private = lend(private_key);
  ck_mechanism mechanism{how, nullptr, 0};
  made_pair out;
  const auto code = ask(list_->C_GenerateKeyPair, session, &mechanism, lent_public.data(), count(lent_public),
                        lent_private.data(), count(lent_private), &out.public_key, &out.private_key);
  if (code != CKR_OK) return ckr_error(code);
  return out;
}

result<octets> calls::sign(session_handle session, ck_mechanism_type_t how, object_handle key, octets_view data) {
  ck_mechanism mechanism{how, nullptr, 0};
  auto code = ask(list_->C_SignInit, session, &mechanism, key);
  if (code != CKR_OK) return ckr_error(code);
  guarded room(max_answer);
  unsigned long size = max_answer;
  code = ask(list_->C_Sign, session, lend(data), static_cast<unsigned long>(data.size()), room.data(), &size);
  if (code != CKR_OK) return ckr_error(code);
  return room.first(size);
}

result<secret> calls::decrypt(session_handle session, ck_mechanism_type_t how, object_handle key, octets_view data) {
  ck_mechanism mechanism{how, nullptr, 0};
  auto code = ask(list_->C_DecryptInit, session, &mechanism, key);
  if (code != CKR_OK) return ckr_error(code);
  secret plain(max_answer + guard);
  std::fill(plain.bytes().begin() + max_answer, plain.bytes().end(), untouched);
  unsigned long size = max_answer;
  code =
      ask(list_->C_Decrypt, session, lend(data), static_cast<unsigned long>(data.size()), plain.bytes().data(), &size);
  if (code != CKR_OK) return ckr_error(code);
  const bool intact = std::all_of(plain.bytes().begin() + max_answer, plain.bytes().end(),
                                  [](std::uint8_t octet) { return octet == untouched; });
  if (size > max_answer || !intact) return damaged();
  plain.shrink(size);
  return plain;
}

}  // namespace keycare::services::pkcs11
