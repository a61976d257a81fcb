// driver_list.cpp - see driver_list.hpp.
#include "host-stub/services/config/driver_list.hpp"

#include "host-stub/services/config/config.hpp"
#include "host-stub/services/secure/durable_file.hpp"
#include "keycare/sdk/view.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <functional>

namespace keycare::services {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t largest_list = 256 * 1024;  // as read_config()

const char* key_of(driver_kind kind) {
  return kind == driver_kind::skf ? "skf" : "pkcs11";
}

bool says(const ordered_json& entry, const char* member, std::string_view value) {
  const auto found = entry.find(member);
  return found != entry.end() && found->is_string() && found->get_ref<const std::string&>() == value;
}

result<ordered_json> parsed(std::string_view text) {
  auto whole = ordered_json::parse(text, nullptr, false);
  if (!whole.is_object()) return fail(KC_E_ARGUMENT, "KC-CONFIG-UNREADABLE");
  return whole;
}

ordered_json& list_of(ordered_json& whole, driver_kind kind) {
  auto& list = whole["tokens"][key_of(kind)];
  if (!list.is_array()) list = ordered_json::array();
  return list;
}

result<void> rewrite(const std::filesystem::path& file,
                     const std::function<result<std::string>(std::string_view)>& change) {
  const auto before = read_private_file(file, largest_list);
  if (!before) return before.error();
  const auto after = change(before->text());
  if (!after) return after.error();
  if (const auto good = parse_config(*after, file.parent_path()); !good) return good.error();
  return write_durably(file, bytes_of(*after));
}

}  // namespace

result<std::string> with_driver(std::string_view text, driver_kind kind, const std::filesystem::path& library) {
  auto whole = parsed(text);
  if (!whole) return whole.error();
  auto& list = list_of(*whole, kind);
  const auto taken = [&](std::string_view name) {
    return std::any_of(list.begin(), list.end(), [&](const auto& one) { return says(one, "name", name); });
  };
  if (std::any_of(list.begin(), list.end(), [&](const auto& one) { return says(one, "path", library.string()); }))
    return fail(KC_E_CONFLICT, "KC-DRIVER-LISTED");
  auto stem = library.stem().string();
  if (stem.starts_with("lib")) stem.erase(0, 3);
  std::string name = stem.empty() ? key_of(kind) : stem.substr(0, 48);
  for (int number = 2; taken(name); ++number) name = stem.substr(0, 48) + "-" + std::to_string(number);
  list.push_back({{"name", name}, {"path", library.string()}});
  return whole->dump(2) + "\n";
}

result<std::string> without_driver(std::string_view text, driver_kind kind, std::string_view name) {
  auto whole = parsed(text);
  if (!whole) return whole.error();
  auto& list = list_of(*whole, kind);
  const auto found = std::find_if(list.begin(), list.end(), [&](const auto& one) { return says(one, "name", name); });
  if (found == list.end()) return fail(KC_E_NOT_FOUND, "KC-DRIVER-NOT-LISTED");
  list.erase(found);
  return whole->dump(2) + "\n";
}

result<void> add_driver(const std::filesystem::path& config_file, driver_kind kind,
                        const std::filesystem::path& library) {
  return rewrite(config_file, [&](std::string_view text) { return with_driver(text, kind, library); });
}

result<void> remove_driver(const std::filesystem::path& config_file, driver_kind kind, std::string_view name) {
  return rewrite(config_file, [&](std::string_view text) { return without_driver(text, kind, name); });
}

}  // namespace keycare::services
