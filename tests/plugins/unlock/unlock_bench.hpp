// unlock_bench.hpp - a locked token, an RA and a disk, and the unlock plugin's core over them, which can be restarted.
#pragma once

#include "fake_ra.hpp"
#include "plugins/unlock/core/core.hpp"

#include <memory>

namespace keycare::fakes {

struct bench {
  fakes::disk disk;
  fake_ra ra;
  fake_unlock device;
  std::unique_ptr<fake_host> host;
  std::unique_ptr<plugin_core> core;
  std::vector<int> deaths;  ///< at which effect each life ends, the next one last; then it lives on

  explicit bench(std::vector<int> die_at = {}) : deaths(std::move(die_at)) { start(); }

  /// A new process over the same disk, RA and token.
  void start() {
    core.reset();
    host = std::make_unique<fake_host>(disk);
    if (!deaths.empty()) {
      host->fate.crash_at = deaths.back();
      deaths.pop_back();
    }
    host->http.on_send = [this](const http_request& request) { return ra.serve(request); };
    device.attach(host->pin);
    token_info token;
    token.token = {"Maker", "A1"};
    token.label = "网证通";
    token.backend = "skf";
    token.flags = KC_TOKEN_CAN_UNLOCK;
    token.pin = host->pin.now;
    host->tokens.list = {token};
    certificate_info one;
    one.usage = KC_USAGE_SIGN;
    one.token = token.token;
    one.application = "APP";
    one.container = "C1";
    one.common_name = "平安供应商";
    one.serial = "77";
    one.not_after = 2'000'000'000;
    one.sha256.fill(0xAB);
    one.pin = host->pin.now;
    host->tokens.found = {one};
    core = std::move(*unlock::make_core(host_link(host.get())));
  }

  result<json> run(std::string_view command, const json& input = json::object()) {
    return core->invoke(fake_call(), command, input);
  }
  static json form() { return {{"id_number", "11010519491231002x"}, {"name", "张三"}, {"phone", "138 0013 8000"}}; }

  /// Plays the user until the unlock is closed; gives the last reply. Dies and starts again where fate says so.
  std::string play(int max_steps = 60) {
    bool applied = false;
    std::string code;
    for (int i = 0; i < max_steps; ++i) {
      try {
        if (ra.state == "under-review") ra.state = "approved";
        if (!applied) {
          // The user does not know whether the first press arrived: pressing again must not apply twice.
          const auto reply = run("apply", form());
          applied = reply.ok() || reply.error().code == "KC-UNLOCK-OPEN";
          if (!applied) return reply.error().code;
          continue;
        }
        const auto reply = run("continue", code.empty() ? json::object() : json{{"code", code}});
        code.clear();
        if (!reply) {
          if (reply.error().code == "KC-UNLOCK-NONE") {
            // Closed just before the process died, or never stored.
            if (!disk.empty()) return "closed";
            applied = false;
            continue;
          }
          if (reply.error().code == "KC-UNLOCK-AUTHORISATION" || reply.error().status == KC_E_OUTCOME_UNKNOWN) continue;
          return reply.error().code;
        }
        const auto& data = (*reply)["data"];
        if ((*reply).contains("next") && (*reply)["next"].contains("ask")) code = right_code;
        if (data["unlock"]["stage"] == "closed") return "closed";
      } catch (const crash&) {
        start();
        code.clear();
      }
    }
    return "did not end";
  }
};

}  // namespace keycare::fakes
