// diagnosis.cpp - see diagnosis.hpp.
#include "host-stub/shell/diagnosis.hpp"

#include "host-stub/services/log/redact.hpp"
#include "keycare/abi/token.h"

#include <QSysInfo>
#include <QtGlobal>

namespace keycare::shell {

std::string last_digits(const std::string& serial) {
  constexpr std::size_t shown = 4;
  return serial.size() <= shown ? serial : "…" + serial.substr(serial.size() - shown);
}

std::string diagnosis(host::client& client, const std::vector<token_info>& tokens, std::int64_t now) {
  const auto& about = client.settings().client;
  std::string out = "Keycare diagnosis\n";
  const auto line = [&](const std::string& name, const std::string& value) { out += name + ": " + value + "\n"; };
  line("time", std::to_string(now));
  line("client", about.name + " " + about.version);
  line("system", QSysInfo::prettyProductName().toStdString() + " " + QSysInfo::currentCpuArchitecture().toStdString());
  line("qt", qVersion());
  for (const auto& one : client.tokens().drivers())
    line("driver",
         one.name + " (" + one.kind + ") " + one.path.filename().string() + " " + one.description + " " +
             (one.refused ? "refused " + one.refused->code + " " + std::to_string(one.refused->native) : "loaded"));
  for (const auto& one : tokens)
    line("token", one.token.manufacturer + " " + one.model + " " + last_digits(one.token.serial) + " via " +
                      one.module + ((one.flags & KC_TOKEN_BUSY) != 0 ? " busy" : "") + ", tries " +
                      (one.pin.remaining ? std::to_string(*one.pin.remaining) : "unknown") +
                      (one.pin.locked() ? ", locked" : ""));
  for (const auto& one : client.plugins()) {
    const auto id = one.about.id.empty() ? one.manifest_file.filename().string() : one.about.id;
    line("plugin", id + " " + one.about.version + " " + (one.session ? "loaded" : "refused " + one.refused.code) +
                       (one.session && one.ui == nullptr ? ", no pages " + one.ui_refused.code : ""));
  }
  return services::redact_text(out);
}

}  // namespace keycare::shell
