// host.hpp - what one plugin sees of the host: the table by which it asks for services.
#pragma once

#include "host-stub/services/log/log.hpp"
#include "host-stub/services/service.hpp"
#include "keycare/abi/entry.h"

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace keycare::services {

/// A service on offer. `permission`: what the manifest must ask for; "": nothing; a trailing ':' ("net:"): at least one
/// permission that starts so, and the service itself looks closer.
struct offered_service {
  std::string id;  ///< "keycare.store/1"
  std::string permission;
  service_factory make;
};

/// A kc_host for one plugin. Services are made on the first look-up and live as long as this; it must live longer than
/// the plugin's instance. [any-thread]
class host_table {
public:
  /// @param log lives longer.
  host_table(plugin_identity who, std::vector<offered_service> offers, log_sink& log);
  host_table(const host_table&) = delete;
  host_table& operator=(const host_table&) = delete;
  [[nodiscard]] const kc_host* abi() const noexcept { return &table_; }
  [[nodiscard]] const plugin_identity& who() const noexcept { return who_; }

private:
  static kc_status find(const kc_host* self, const char* id, std::uint16_t minor, std::uint32_t size,
                        const kc_table** out, kc_error* why) noexcept;
  static void misuse(const kc_host* self, kc_str sentence) noexcept;
  result<const kc_table*> look_up(std::string_view id, std::uint16_t minor, std::uint32_t size);
  [[nodiscard]] bool permitted(const offered_service& offer) const;

  plugin_identity who_;
  std::vector<offered_service> offers_;
  log_sink& log_;
  std::mutex mutex_;
  std::map<std::string, std::unique_ptr<service>> made_;
  kc_host table_{};
};

}  // namespace keycare::services
