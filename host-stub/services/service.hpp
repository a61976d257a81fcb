// service.hpp - what every service of the host is: an owner of one C table, made for one plugin.
#pragma once

#include "host-stub/services/identity.hpp"
#include "keycare/abi/base.h"

#include <functional>
#include <memory>

namespace keycare::services {

/// Owns a service's table and what stands behind it. Made on the first look-up, lives as long as the plugin's instance.
class service {
public:
  virtual ~service() = default;
  [[nodiscard]] virtual const kc_table* table() const noexcept = 0;
};

/// Makes a service for one plugin. [any-thread]
using service_factory = std::function<std::unique_ptr<service>(const plugin_identity&)>;

}  // namespace keycare::services
