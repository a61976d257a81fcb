// host.cpp - service look-up: known, permitted, of the right major, new and large enough.
#include "host-stub/services/host.hpp"

#include "host-stub/services/text/plain.hpp"
#include "keycare/sdk/barrier.hpp"
#include "keycare/sdk/json.hpp"
#include "keycare/sdk/table.hpp"

#include <algorithm>
#include <utility>

namespace keycare::services {

namespace {

constexpr std::size_t longest_id = 64;

error refused(kc_status status, const char* code, std::string_view plugin, std::string_view id) {
  return fail_with(status, code, {{"plugin", plugin}, {"service", plain_line(id, longest_id)}});
}

}  // namespace

host_table::host_table(plugin_identity who, std::vector<offered_service> offers, log_sink& log)
    : who_(std::move(who)), offers_(std::move(offers)), log_(log) {
  table_.table = {sizeof table_, KC_ABI_MAJOR, KC_ABI_MINOR};
  table_.host = this;
  table_.service = &find;
  table_.misuse = &misuse;
}

bool host_table::permitted(const offered_service& offer) const {
  if (offer.permission.empty()) return true;
  if (offer.permission.back() != ':') return who_.permissions.contains(offer.permission);
  return std::any_of(who_.permissions.begin(), who_.permissions.end(),
                     [&](const std::string& have) { return have.starts_with(offer.permission); });
}

result<const kc_table*> host_table::look_up(std::string_view id, std::uint16_t minor, std::uint32_t size) {
  const auto wanted = parse_table_id(id);
  const offered_service* offer = nullptr;
  bool name_known = false;
  for (const auto& item : offers_) {
    const auto have = parse_table_id(item.id);
    name_known = name_known || (wanted.major != 0 && have.name == wanted.name);
    if (item.id == id) offer = &item;
  }
  if (offer == nullptr)
    return refused(name_known ? KC_E_OTHER_MAJOR : KC_E_UNKNOWN_SERVICE, "KC-PLUGIN-SERVICE", who_.id, id);
  if (!permitted(*offer)) {
    log_.write(log_level::warning, who_.id, "service.no-permission", {{"service", offer->id}});
    return refused(KC_E_NO_PERMISSION, "KC-PLUGIN-NO-PERMISSION", who_.id, id);
  }
  const std::lock_guard lock(mutex_);
  auto& made = made_[offer->id];
  if (!made) made = offer->make(who_);
  if (!made) return refused(KC_E_UNSUPPORTED, "KC-PLUGIN-SERVICE", who_.id, id);
  const auto* table = made->table();
  if (const auto status = check_table(*table, wanted.major, minor, size); status != KC_OK)
    return refused(status, "KC-PLUGIN-SERVICE", who_.id, id);
  return table;
}

kc_status host_table::find(const kc_host* self, const char* id, std::uint16_t minor, std::uint32_t size,
                           const kc_table** out, kc_error* why) noexcept {
  return at_border(side::host, "kc_host service", why, [&]() -> result<void> {
    if (out == nullptr) return broke_contract("a plugin", "kc_host service", "without a place for the table");
    *out = nullptr;
    if (self == nullptr || self->host == nullptr || id == nullptr)
      return broke_contract("a plugin", "kc_host service", "without the host or an id");
    const std::string_view name(id, ::strnlen(id, longest_id + 1));
    const auto found = static_cast<host_table*>(self->host)->look_up(name, minor, size);
    if (!found) return found.error();
    *out = *found;
    return {};
  });
}

void host_table::misuse(const kc_host* self, kc_str sentence) noexcept {
  at_border_void([&] {
    if (self == nullptr || self->host == nullptr) return;
    const auto& me = *static_cast<host_table*>(self->host);
    me.log_.write(log_level::error, me.who_.id, "contract.broken", {{"sentence", plain_line(text(sentence))}});
  });
}

}  // namespace keycare::services
