// log.hpp - the host's structured log: one JSON object a line, redacted at the sink.
#pragma once

#include "host-stub/services/clock/time_source.hpp"
#include "keycare/sdk/result.hpp"

#include <cstddef>
#include <filesystem>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace keycare::services {

enum class log_level { debug = 0, info = 1, warning = 2, error = 3 };

/// Takes log lines. Redaction (redact.hpp) happens here, so that no caller can forget it. Never fails, never blocks on
/// anything but the disk; what is over 4 KiB is cut. [any-thread]
class log_sink {
public:
  explicit log_sink(const time_source& time) : time_(time) {}
  virtual ~log_sink() = default;
  /// @param who the plugin's id, or "host";  @param event a short stable name such as "order.stored";
  /// @param fields a JSON object.
  void write(log_level level, std::string_view who, std::string_view event, const nlohmann::json& fields = {}) noexcept;
  /// A line that is always kept: who used which key, changed which PIN, wrote which container. Same redaction.
  void audit(std::string_view who, std::string_view event, const nlohmann::json& fields = {}) noexcept;

protected:
  /// One finished line without a line feed.
  virtual void line(log_level level, bool audit, const std::string& text) = 0;

private:
  void emit(log_level level, bool audit, std::string_view who, std::string_view event,
            const nlohmann::json& fields) noexcept;
  const time_source& time_;
};

/// Lines in `<folder>/client.log` and audit lines in `<folder>/audit.log`; mode 0600, rotated (4 files of 4 MiB; the
/// audit log has 16). KC-LOG-UNWRITABLE.
result<std::unique_ptr<log_sink>> open_log(const std::filesystem::path& folder, const time_source& time,
                                           log_level lowest = log_level::info);

/// Keeps the lines in memory, for tests.
class memory_log final : public log_sink {
public:
  using log_sink::log_sink;
  [[nodiscard]] std::vector<std::string> lines() const;
  [[nodiscard]] bool contains(std::string_view text) const;

protected:
  void line(log_level level, bool audit, const std::string& text) override;

private:
  mutable std::mutex mutex_;
  std::vector<std::string> lines_;
};

}  // namespace keycare::services
