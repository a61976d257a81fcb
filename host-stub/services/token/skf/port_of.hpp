// port_of.hpp - the port for one width of ULONG, as a template over the types of that width.
//
// A library is not believed: sizes are bounded, buffers have room behind them that is checked after the call, texts
// need not end, and what grows between the two calls of one question is asked once more and then refused.
#pragma once

#include "gmt0016/skf_constants.h"
#include "gmt0016/skf_functions.h"
#include "host-stub/services/token/skf/names.hpp"
#include "host-stub/services/token/skf/port.hpp"
#include "host-stub/services/token/skf/sar.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace keycare::services::skf {

template <class W>
class port_of final : public port {
  using ulong = typename W::ulong;

public:
  port_of(void* library, symbol_finder find) {
#define KC_LOOK_UP(name, parameters) find_into(calls_.name, find(library, "SKF_" #name));
    SKF_CLIENT_FUNCTIONS(KC_LOOK_UP)
#undef KC_LOOK_UP
  }

  result<std::vector<std::string>> devices() override {
    return names([&](char* list, ulong* size) { return call(calls_.EnumDev, TRUE, list, size); });
  }
  result<handle> connect(const std::string& device) override {
    std::string name = device;
    return opened([&](handle* out) { return call(calls_.ConnectDev, name.data(), out); });
  }
  void disconnect(handle device) noexcept override {
    (void)call(calls_.DisConnectDev, device);
  }
  result<device_info> info(handle device) override {
    guarded<typename W::DEVINFO> out;
    if (auto ok = done(call(calls_.GetDevInfo, device, &out.value)); !ok) return ok.error();
    if (!out.intact()) return damaged();
    const auto& v = out.value;
    device_info got{field(v.Manufacturer, sizeof v.Manufacturer), field(v.Label, sizeof v.Label),
                    field(v.SerialNumber, sizeof v.SerialNumber)};
    if (got.serial.empty()) return damaged();
    return got;
  }
  result<void> lock(handle device, std::uint32_t milliseconds) override {
    return done(call(calls_.LockDev, device, static_cast<ulong>(milliseconds)));
  }
  void unlock(handle device) noexcept override {
    (void)call(calls_.UnlockDev, device);
  }
  result<void> wait_event() override {
    std::array<char, 4096> name{};
    ulong size = 1024;  // The rest is room for a library that ignores it.
    ulong event = 0;
    return done(call(calls_.WaitForDevEvent, name.data(), &size, &event));
  }
  void cancel_wait() noexcept override {
    (void)call(calls_.CancelWaitForDevEvent);
  }

  result<std::vector<std::string>> applications(handle device) override {
    return names([&](char* list, ulong* size) { return call(calls_.EnumApplication, device, list, size); });
  }
  result<handle> open_application(handle device, const std::string& given) override {
    std::string name = given;
    return opened([&](handle* out) { return call(calls_.OpenApplication, device, name.data(), out); });
  }
  void close_application(handle application) noexcept override {
    (void)call(calls_.CloseApplication, application);
  }
  result<pin_figures> pin_info(handle application, bool admin) override {
    ulong max = 0;
    ulong remaining = 0;
    typename W::BOOL is_default = FALSE;
    if (auto ok = done(call(calls_.GetPINInfo, application, type(admin), &max, &remaining, &is_default)); !ok)
      return ok.error();
    return pin_figures{max, remaining, is_default != FALSE};
  }
  result<void> verify_pin(handle application, bool admin, const secret& pin) override {
    auto text = terminated(pin);
    ulong retries = 0;
    return done(call(calls_.VerifyPIN, application, type(admin), chars(text), &retries));
  }
  result<void> change_pin(handle application, bool admin, const secret& old_pin, const secret& new_pin) override {
    auto before = terminated(old_pin);
    auto after = terminated(new_pin);
    ulong retries = 0;
    return done(call(calls_.ChangePIN, application, type(admin), chars(before), chars(after), &retries));
  }
  result<void> unblock_pin(handle application, const secret& admin_pin, const secret& new_pin) override {
    auto admin = terminated(admin_pin);
    auto user = terminated(new_pin);
    ulong retries = 0;
    return done(call(calls_.UnblockPIN, application, chars(admin), chars(user), &retries));
  }
  void clear_secure_state(handle application) noexcept override {
    (void)call(calls_.ClearSecureState, application);
  }

  result<std::vector<std::string>> files(handle application) override {
    return names([&](char* list, ulong* size) { return call(calls_.EnumFiles, application, list, size); });
  }
  result<file_info> file(handle application, const std::string& given) override {
    std::string name = given;
    guarded<typename W::FILEATTRIBUTE> out;
    if (auto ok = done(call(calls_.GetFileInfo, application, name.data(), &out.value)); !ok) return ok.error();
    if (!out.intact()) return damaged();
    return file_info{out.value.FileSize};
  }
  result<octets> read_file(handle application, const std::string& given, std::uint64_t size) override {
    std::string name = given;
    octets out;
    while (out.size() < size) {
      const auto ask = std::min<std::uint64_t>(size - out.size(), read_chunk);
      octets buffer(ask + slack, canary);
      ulong got = static_cast<ulong>(ask);
      if (auto ok = done(call(calls_.ReadFile, application, name.data(), static_cast<ulong>(out.size()),
                              static_cast<ulong>(ask), buffer.data(), &got));
          !ok)
        return ok.error();
      if (got == 0 || got > ask || !clean(buffer, ask)) return damaged();
      out.insert(out.end(), buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(got));
    }
    return out;
  }

  result<std::vector<std::string>> containers(handle application) override {
    return names([&](char* list, ulong* size) { return call(calls_.EnumContainer, application, list, size); });
  }
  result<handle> create_container(handle application, const std::string& given) override {
    std::string name = given;
    return opened([&](handle* out) { return call(calls_.CreateContainer, application, name.data(), out); });
  }
  result<handle> open_container(handle application, const std::string& given) override {
    std::string name = given;
    return opened([&](handle* out) { return call(calls_.OpenContainer, application, name.data(), out); });
  }
  void close_container(handle container) noexcept override {
    (void)call(calls_.CloseContainer, container);
  }
  result<void> delete_container(handle application, const std::string& given) override {
    std::string name = given;
    return done(call(calls_.DeleteContainer, application, name.data()));
  }
  result<std::uint64_t> container_type(handle container) override {
    ulong out = 0;
    if (auto ok = done(call(calls_.GetContainerType, container, &out)); !ok) return ok.error();
    if (out > SKF_CONTAINER_ECC) return damaged();
    return std::uint64_t{out};
  }
  result<octets> export_certificate(handle container, bool sign) override {
    auto der = two_calls(max_certificate, [&](std::uint8_t* data, ulong* size) {
      return call(calls_.ExportCertificate, container, sign ? TRUE : FALSE, data, size);
    });
    if (der && der->empty()) return sar_error(SAR_CERTNOTFOUNTERR);
    return der;
  }
  result<void> import_certificate(handle container, bool sign, octets_view der) override {
    octets copy(der.begin(), der.end());
    return done(
        call(calls_.ImportCertificate, container, sign ? TRUE : FALSE, copy.data(), static_cast<ulong>(copy.size())));
  }
  result<rsa_public> export_rsa(handle container, bool sign) override {
    guarded<typename W::RSAPUBLICKEYBLOB> out;
    ulong size = sizeof out.value;
    if (auto ok = done(call(calls_.ExportPublicKey, container, sign ? TRUE : FALSE,
                            reinterpret_cast<std::uint8_t*>(&out.value), &size));
        !ok)
      return ok.error();
    if (!out.intact() || size != sizeof out.value) return damaged();
    return numbers(out.value);
  }
  result<rsa_public> generate_rsa(handle container, std::uint32_t bits) override {
    guarded<typename W::RSAPUBLICKEYBLOB> out;
    if (auto ok = done(call(calls_.GenRSAKeyPair, container, static_cast<ulong>(bits), &out.value)); !ok)
      return ok.error();
    if (!out.intact()) return damaged();
    return numbers(out.value);
  }
  result<octets> sign_rsa(handle container, octets_view data) override {
    octets copy(data.begin(), data.end());
    octets out(MAX_RSA_MODULUS_LEN + slack, canary);
    ulong size = MAX_RSA_MODULUS_LEN;
    if (auto ok =
            done(call(calls_.RSASignData, container, copy.data(), static_cast<ulong>(copy.size()), out.data(), &size));
        !ok)
      return ok.error();
    if (size == 0 || size > MAX_RSA_MODULUS_LEN || !clean(out, MAX_RSA_MODULUS_LEN)) return damaged();
    out.resize(static_cast<std::size_t>(size));
    return out;
  }
  result<void> import_rsa_pair(handle container, std::uint32_t algorithm, octets_view wrapped_key,
                               octets_view encrypted) override {
    octets key(wrapped_key.begin(), wrapped_key.end());
    octets data(encrypted.begin(), encrypted.end());
    return done(call(calls_.ImportRSAKeyPair, container, static_cast<ulong>(algorithm), key.data(),
                     static_cast<ulong>(key.size()), data.data(), static_cast<ulong>(data.size())));
  }
  result<secret> decrypt(handle container, std::uint32_t algorithm, octets_view wrapped_key,
                         octets_view cipher) override {
    octets key(wrapped_key.begin(), wrapped_key.end());
    const auto session = opened([&](handle* out) {
      return call(calls_.ImportSessionKey, container, static_cast<ulong>(algorithm), key.data(),
                  static_cast<ulong>(key.size()), out);
    });
    if (!session) return session.error();
    auto plain = decrypt_with(*session, cipher);
    (void)call(calls_.CloseHandle, *session);
    return plain;
  }

private:
  static constexpr std::size_t slack = 512;
  static constexpr std::uint8_t canary = 0xC5;
  static constexpr std::size_t max_list = 128 * 1024;
  static constexpr std::size_t max_certificate = 64 * 1024;
  static constexpr std::size_t read_chunk = 4096;

  /// A structure with room behind it that shows whether the library wrote too far.
  template <class T>
  struct guarded {
    T value;
    std::array<std::uint8_t, slack> behind;
    guarded() {
      std::memset(&value, 0, sizeof value);
      behind.fill(canary);
    }
    [[nodiscard]] bool intact() const {
      return std::all_of(behind.begin(), behind.end(), [](std::uint8_t b) { return b == canary; });
    }
  };

  static bool clean(const octets& buffer, std::size_t from) {
    return std::all_of(buffer.begin() + static_cast<std::ptrdiff_t>(from), buffer.end(),
                       [](std::uint8_t b) { return b == canary; });
  }
  static error damaged() {
    return fail(KC_E_DAMAGED, "KC-TOKEN-DAMAGED");
  }
  static ulong type(bool admin) {
    return admin ? ADMIN_TYPE : USER_TYPE;
  }

  template <class Function>
  static void find_into(Function& to, void* found) {
    static_assert(sizeof to == sizeof found);
    std::memcpy(&to, &found, sizeof to);
  }
  /// The library's answer; a function that it lacks is one that it does not support.
  template <class... Parameters, class... Arguments>
  static std::uint64_t call(ulong (*function)(Parameters...), Arguments... arguments) {
    return function == nullptr ? std::uint64_t{SAR_NOTSUPPORTYETERR} : std::uint64_t{function(arguments...)};
  }
  static result<void> done(std::uint64_t code) {
    if (code == SAR_OK) return {};
    return sar_error(code);
  }
  template <class Open>
  static result<handle> opened(Open open) {
    handle out = nullptr;
    if (auto ok = done(open(&out)); !ok) return ok.error();
    if (out == nullptr) return damaged();
    return out;
  }
  /// Asks for the size, then for the octets.
  template <class Ask>
  static result<octets> two_calls(std::size_t bound, Ask ask) {
    ulong size = 0;
    const auto first = ask(nullptr, &size);
    if (first != SAR_OK && first != SAR_BUFFER_TOO_SMALL) return sar_error(first);
    for (int round = 0; round < 2; ++round) {
      if (size > bound) return damaged();
      if (size == 0) return octets{};
      const auto room = static_cast<std::size_t>(size);
      octets buffer(room + slack, canary);
      const auto code = ask(buffer.data(), &size);
      if (!clean(buffer, room)) return damaged();
      if (code == SAR_BUFFER_TOO_SMALL) continue;  // It grew meanwhile: once more.
      if (code != SAR_OK) return sar_error(code);
      if (size > room) return damaged();
      buffer.resize(static_cast<std::size_t>(size));
      return buffer;
    }
    return damaged();
  }
  template <class Ask>
  static result<std::vector<std::string>> names(Ask ask) {
    const auto raw =
        two_calls(max_list, [&](std::uint8_t* data, ulong* size) { return ask(reinterpret_cast<char*>(data), size); });
    if (!raw) return raw.error();
    return name_list(*raw);
  }
  static secret terminated(const secret& pin) {
    secret out(pin.size() + 1);
    std::copy(pin.bytes().begin(), pin.bytes().end(), out.bytes().begin());
    return out;
  }
  static char* chars(secret& text) {
    return reinterpret_cast<char*>(text.bytes().data());
  }

  /// Right-aligned numbers of the blob (GM/T 0016 6.4.4) without their zeros.
  static result<rsa_public> numbers(const typename W::RSAPUBLICKEYBLOB& blob) {
    const auto number = [](const std::uint8_t* data, std::size_t size) {
      const auto* first = std::find_if(data, data + size, [](std::uint8_t b) { return b != 0; });
      return octets(first, data + size);
    };
    rsa_public out{number(blob.Modulus, sizeof blob.Modulus), number(blob.PublicExponent, sizeof blob.PublicExponent)};
    if (blob.BitLen < 1024 || blob.BitLen > 2048 || out.modulus.size() * 8 != blob.BitLen || out.exponent.empty() ||
        (out.modulus.back() & 1U) == 0)
      return damaged();
    return out;
  }
  result<secret> decrypt_with(handle session, octets_view cipher) {
    typename W::BLOCKCIPHERPARAM how;
    std::memset(&how, 0, sizeof how);
    how.IVLen = 16;
    how.PaddingType = SKF_PADDING_NONE;
    if (auto ok = done(call(calls_.DecryptInit, session, how)); !ok) return ok.error();
    octets in(cipher.begin(), cipher.end());
    secret out(in.size() + slack);
    ulong size = static_cast<ulong>(in.size());
    if (auto ok =
            done(call(calls_.Decrypt, session, in.data(), static_cast<ulong>(in.size()), out.bytes().data(), &size));
        !ok)
      return ok.error();
    if (size > in.size()) return damaged();
    out.shrink(static_cast<std::size_t>(size));
    return out;
  }

  typename W::functions calls_{};
};

}  // namespace keycare::services::skf
