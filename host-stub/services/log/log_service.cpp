// log_service.cpp - what a plugin logs gets its name; what is not JSON is kept as text.
#include "host-stub/services/log/log_service.hpp"

#include "keycare/abi/log.h"
#include "keycare/sdk/host_side.hpp"
#include "keycare/sdk/json.hpp"

#include <algorithm>

namespace keycare::services {

namespace {

constexpr std::size_t longest_fields = 4096;

class log_service final : public service {
public:
  log_service(log_sink& sink, const plugin_identity& who) : sink_(sink), who_(who.id) {
    table_.table = {sizeof table_, 1, KC_LOG_MINOR};
    table_.host = this;
    table_.write = &write;
  }
  [[nodiscard]] const kc_table* table() const noexcept override { return &table_.table; }

private:
  static void write(const kc_log_service* self, std::uint32_t level, kc_str event, kc_str fields) noexcept {
    at_border_void([&] {
      if (self == nullptr || self->host == nullptr) return;
      const auto& me = *static_cast<const log_service*>(self->host);
      const auto lent = text(fields).substr(0, longest_fields);
      nlohmann::json known = nlohmann::json::object();
      if (!lent.empty()) {
        auto parsed = read_json(lent, {longest_fields, 8});
        if (parsed && parsed->is_object())
          known = *std::move(parsed);
        else
          known["text"] = lent;
      }
      me.sink_.write(static_cast<log_level>(std::min<std::uint32_t>(level, KC_LOG_ERROR)), me.who_, text(event), known);
    });
  }

  log_sink& sink_;
  std::string who_;
  kc_log_service table_{};
};

}  // namespace

std::unique_ptr<service> make_log_service(log_sink& sink, const plugin_identity& who) {
  return std::make_unique<log_service>(sink, who);
}

}  // namespace keycare::services
