// standard_services.cpp - one line a service: its id, its permission, how it is made.
#include "host-stub/services/standard_services.hpp"

#include "host-stub/services/log/log_service.hpp"
#include "keycare/abi/http.h"
#include "keycare/abi/log.h"
#include "keycare/abi/shell.h"
#include "keycare/abi/store.h"

namespace keycare::services {

std::vector<offered_service> ui_services(const standard_parts& parts) {
  auto& log = parts.log;
  auto& shell = parts.shell;
  return {{KC_LOG_SERVICE, "", [&log](const plugin_identity& who) { return make_log_service(log, who); }},
          {KC_SHELL_SERVICE, "", [&shell](const plugin_identity& who) { return make_shell_service(shell, who); }}};
}

std::vector<offered_service> core_services(const standard_parts& parts) {
  auto offers = ui_services(parts);
  auto& records = parts.records;
  auto& client = parts.client;
  offers.push_back({KC_STORE_SERVICE, "", [&records, locks = parts.locks](const plugin_identity& who) {
                      return make_store_service(records, locks, who);
                    }});
  offers.push_back({KC_HTTP_SERVICE, "net:", [&client, verify = parts.verify](const plugin_identity& who) {
                      return make_http_service(client, verify, who);
                    }});
  return offers;
}

}  // namespace keycare::services
