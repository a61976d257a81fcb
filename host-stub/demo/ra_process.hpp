// ra_process.hpp - the development RA as a child process: started, waited for, asked through its /dev/ desk, stopped.
#pragma once

#include "host-stub/services/http/http_client.hpp"
#include "keycare/sdk/result.hpp"

#include <sys/types.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace keycare::demo {

/// A running `keycare-host ra serve`; stopped (SIGTERM, then waited for) at its end, and with this process.
class ra_process {
public:
  /// @param program keycare-host itself;  @param data the RA's folder;  @param more further arguments of `ra serve`.
  /// KC-DEMO-RA when it does not say within 20 s that it is ready. [main-thread]
  [[nodiscard]] static result<std::unique_ptr<ra_process>> start(const std::filesystem::path& program,
                                                                 const std::filesystem::path& data,
                                                                 const std::vector<std::string>& more);
  ~ra_process();
  ra_process(const ra_process&) = delete;
  ra_process& operator=(const ra_process&) = delete;

  [[nodiscard]] const std::string& url() const noexcept { return url_; }
  /// The page on which a reviewer decides. It holds the token of the desk: for the terminal of whoever started this.
  [[nodiscard]] std::string review_page() const { return url_ + "/review?token=" + admin_token_; }
  [[nodiscard]] const std::filesystem::path& pinned() const noexcept { return pinned_; }
  [[nodiscard]] pid_t pid() const noexcept { return child_; }
  /// Whether it has come to an end by itself. [any-thread]
  [[nodiscard]] bool has_ended() const noexcept;
  /// POST /dev/<name>: other people's parts (the CA's counter, the reviewer, the payment provider). KC-DEMO-DESK with
  /// the RA's answer in its args when it refuses. [worker-thread]
  [[nodiscard]] result<nlohmann::json> desk(std::string_view name, const nlohmann::json& body);

private:
  ra_process() = default;
  pid_t child_ = -1;
  std::string url_;
  std::filesystem::path pinned_;
  std::string admin_token_;
  services::system_time time_;
  std::unique_ptr<services::memory_log> log_;
  std::unique_ptr<services::http_client> http_;
};

}  // namespace keycare::demo
