// pins.cpp - PINs, retry counters, and what is bound to what.
#include "pins.hpp"

#include <string>

#include "crypto.hpp"
#include "token_codec.hpp"

namespace keycare::soft_skf {
namespace {

bool length_fits(std::string_view pin) {
  return pin.size() >= min_pin && pin.size() <= max_pin;
}

bytes pin_association(std::string_view serial, std::string_view application_name, role who, const kdf_params& kdf) {
  const std::string cost = std::to_string(kdf.log2_n) + ',' + std::to_string(kdf.r) + ',' + std::to_string(kdf.p);
  return associated_data({view_of("pin"), view_of(serial), view_of(application_name),
                          view_of(who == role::user ? "user" : "admin"), view_of(cost), kdf.salt});
}

result<void> wrap(pin_record& record, std::string_view serial, std::string_view application_name, role who,
                  byte_view master, std::string_view pin) {
  if (!length_fits(pin)) return sar(SAR_PIN_LEN_RANGE);
  record.kdf.salt.resize(16);
  if (auto filled = crypto::random(record.kdf.salt); !filled) return filled;
  auto key = crypto::derive_key(pin, record.kdf);
  if (!key) return key.error();
  auto wrapped = crypto::seal(*key, pin_association(serial, application_name, who, record.kdf), master);
  if (!wrapped) return wrapped.error();
  record.wrapped_master = std::move(*wrapped);
  return {};
}

}  // namespace

pin_record& pin_of(application& app, role who) {
  return who == role::user ? app.user : app.admin;
}

result<application> make_application(std::string_view serial, std::string_view name, pin_choice user, pin_choice admin,
                                     std::uint8_t scrypt_log2_n) {
  application app;
  app.name = name;
  app.create_file_rights = SECURE_USER_ACCOUNT;
  secret master(32);
  if (auto filled = crypto::random(master); !filled) return filled.error();
  for (const role who : {role::user, role::admin}) {
    const pin_choice& choice = who == role::user ? user : admin;
    if (choice.tries == 0 || choice.tries > max_tries) return sar(SAR_INVALIDPARAMERR);
    pin_record& record = pin_of(app, who);
    record.limit = record.remaining = choice.tries;
    record.kdf.log2_n = scrypt_log2_n;
    if (auto wrapped = wrap(record, serial, name, who, master, choice.pin); !wrapped) return wrapped.error();
  }
  return app;
}

result<secret> try_pin(token_guard& guard, std::string_view application_name, role who, std::string_view pin) {
  application* app = find_named(guard.state.applications, application_name);
  if (app == nullptr) return sar(SAR_APPLICATION_NOT_EXISTS);
  pin_record& record = pin_of(*app, who);
  if (record.remaining == 0) return sar(SAR_PIN_LOCKED);
  if (!length_fits(pin)) return sar(SAR_PIN_LEN_RANGE);
  --record.remaining;
  if (auto burned = guard.commit(); !burned) return burned.error();
  auto key = crypto::derive_key(pin, record.kdf);
  if (!key) return key.error();
  auto master =
      crypto::open(*key, pin_association(guard.state.serial, application_name, who, record.kdf), record.wrapped_master);
  if (!master) return sar(SAR_PIN_INCORRECT);
  record.remaining = record.limit;
  return master;
}

result<void> set_pin(token& state, std::string_view application_name, role who, byte_view master,
                     std::string_view pin) {
  application* app = find_named(state.applications, application_name);
  if (app == nullptr) return sar(SAR_APPLICATION_NOT_EXISTS);
  pin_record& record = pin_of(*app, who);
  if (auto wrapped = wrap(record, state.serial, application_name, who, master, pin); !wrapped) return wrapped;
  record.remaining = record.limit;
  record.is_default = false;
  return {};
}

bytes key_association(std::string_view serial, std::string_view application_name, std::string_view container_name,
                      bool signing, const key_pair& pair) {
  return associated_data({view_of("key"), view_of(serial), view_of(application_name), view_of(container_name),
                          view_of(signing ? "sign" : "exchange"), view_of("RSA"), pair.modulus, pair.exponent});
}

bytes file_association(std::string_view serial, std::string_view application_name, const token_file& file) {
  const std::string rights = std::to_string(file.read_rights) + ',' + std::to_string(file.write_rights);
  return associated_data(
      {view_of("file"), view_of(serial), view_of(application_name), view_of(file.name), view_of(rights)});
}

}  // namespace keycare::soft_skf
