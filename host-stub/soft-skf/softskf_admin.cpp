// softskf_admin.cpp - making, plugging and listing software tokens.
#include "softskf_admin.hpp"

#include <algorithm>

#include "crypto.hpp"
#include "pins.hpp"
#include "token_store.hpp"

namespace keycare::soft_skf {
namespace {

constexpr std::string_view digits = "0123456789ABCDEF";

result<std::string> random_serial() {
  bytes raw(8);
  if (auto filled = crypto::random(raw); !filled) return filled.error();
  std::string out;
  for (const std::uint8_t octet : raw) {
    out += digits[octet >> 4];
    out += digits[octet & 15];
  }
  return out;
}

bool valid_serial(std::string_view serial) {
  return !serial.empty() && serial.size() <= 31 &&
         serial.find_first_not_of("0123456789ABCDEFabcdef") == std::string_view::npos;
}

/// What a person gets to hear of a SAR_ code, which stays in `native`.
keycare::error told(const keycare::error& why) {
  const auto as = [&](kc_status status, const char* code) { return fail(status, code, why.native); };
  switch (why.native) {
    case SAR_NAMELENERR:
      return as(KC_E_ARGUMENT, "KC-SOFTSKF-NAME");
    case SAR_FILE_ALREADY_EXIST:
      return as(KC_E_CONFLICT, "KC-SOFTSKF-EXISTS");
    case SAR_PIN_LEN_RANGE:
      return as(KC_E_ARGUMENT, "KC-SOFTSKF-PIN");
    case SAR_DEVICE_REMOVED:
      return as(KC_E_NOT_FOUND, "KC-SOFTSKF-NOT-THERE");
    case SAR_FILEERR:
    case SAR_WRITEFILEERR:
      return as(KC_E_FAILED, "KC-SOFTSKF-FOLDER");
    case SAR_TIMEOUTERR:
      return as(KC_E_BUSY, "KC-SOFTSKF-BUSY");
    default:
      return why;
  }
}

/// Moves it by @p move. A token that is where it was to go is said so: nobody has to look for it.
result<void> moved(const std::string& folder, const std::string& name, bool plugged,
                   result<void> (*move)(const token_ref&)) {
  if (!valid_token_name(name)) return told(sar(SAR_NAMELENERR));
  auto done = move({folder, name});
  if (done) return done;
  const auto all = list_tokens(folder);
  const bool already =
      done.error().native == SAR_DEVICE_REMOVED &&
      std::any_of(all.begin(), all.end(), [&](const auto& one) { return one.name == name && one.plugged == plugged; });
  if (already) return fail(KC_E_CONFLICT, plugged ? "KC-SOFTSKF-PLUGGED" : "KC-SOFTSKF-UNPLUGGED", done.error().native);
  return told(done.error());
}

std::string_view view_of_pin(std::span<const char> pin) {
  return {pin.data(), pin.size()};
}

token_summary summary_of(const token_ref& ref, bool plugged) {
  token_summary out{ref.name, plugged, 0, {}, {}, {}};
  auto value = read_token(ref);
  if (!value) {
    out.damage = static_cast<std::uint32_t>(value.error().native);
    return out;
  }
  out.serial = value->serial;
  out.label = value->label;
  for (const application& app : value->applications) out.applications.push_back(app.name);
  return out;
}

}  // namespace

std::string default_token_folder() {
  return token_folder();
}

result<token_summary> create_token(const std::string& folder, const token_spec& spec) {
  if (!valid_token_name(spec.name)) return told(sar(SAR_NAMELENERR));
  token made;
  if (spec.serial.empty()) {
    auto serial = random_serial();
    if (!serial) return serial.error();
    made.serial = *serial;
  } else {
    made.serial = spec.serial;
  }
  made.label = spec.label;
  made.max_containers = spec.max_containers;
  if (!valid_serial(made.serial)) return fail(KC_E_ARGUMENT, "KC-SOFTSKF-SERIAL", SAR_INVALIDPARAMERR);
  if (made.label.empty() || made.label.size() > max_label || made.label.find('\0') != std::string::npos ||
      made.max_containers == 0 || made.max_containers > max_containers_bound ||
      spec.applications.size() > max_applications || spec.scrypt_log2_n > 16) {
    return sar(SAR_INVALIDPARAMERR);
  }
  const std::uint8_t cost = spec.scrypt_log2_n == 0 ? default_scrypt_log2_n : spec.scrypt_log2_n;
  for (const application_spec& app : spec.applications) {
    if (app.name.empty() || app.name.size() > max_application_name || app.name.find('\0') != std::string::npos) {
      return sar(SAR_APPLICATION_NAME_INVALID);
    }
    if (find_named(made.applications, app.name)) return sar(SAR_APPLICATION_EXISTS);
    auto record = make_application(made.serial, app.name, {view_of_pin(app.user_pin), app.user_tries},
                                   {view_of_pin(app.admin_pin), app.admin_tries}, cost);
    if (!record) return told(record.error());
    made.applications.push_back(std::move(*record));
  }
  const token_ref ref{folder, spec.name};
  if (auto written = write_new_token(ref, made); !written) return told(written.error());
  return summary_of(ref, true);
}

result<void> unplug(const std::string& folder, const std::string& name) {
  return moved(folder, name, false, &unplug_token);
}
result<void> plug(const std::string& folder, const std::string& name) {
  return moved(folder, name, true, &plug_token);
}

std::vector<token_summary> list_tokens(const std::string& folder) {
  std::vector<token_summary> out;
  for (const std::string& name : token_names(folder)) out.push_back(summary_of({folder, name}, true));
  const std::string outside = folder + "/unplugged";
  for (const std::string& name : token_names(outside)) out.push_back(summary_of({outside, name}, false));
  return out;
}

result<void> put_file(const std::string& folder, const std::string& token, const std::string& application,
                      const std::string& file, std::span<const std::uint8_t> content) {
  if (file.empty() || file.size() > MAX_FILE_NAME_LEN || file.find('\0') != std::string::npos)
    return sar(SAR_NAMELENERR);
  if (content.size() > max_file_size) return sar(SAR_NO_ROOM);
  auto guard = token_guard::open({folder, token}, access::use, false);
  if (!guard) return guard.error();
  auto* app = find_named(guard->state.applications, application);
  if (app == nullptr) return sar(SAR_APPLICATION_NOT_EXISTS);
  std::erase_if(app->files, [&](const token_file& item) { return item.name == file; });
  if (app->files.size() >= max_files) return sar(SAR_NO_ROOM);
  app->files.push_back({file,
                        static_cast<std::uint32_t>(content.size()),
                        SECURE_ANYONE_ACCOUNT,
                        SECURE_USER_ACCOUNT,
                        bytes(content.begin(), content.end()),
                        {}});
  return guard->commit();
}

}  // namespace keycare::soft_skf
