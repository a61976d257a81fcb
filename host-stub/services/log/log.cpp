// log.cpp - JSON lines through spdlog's rotating files.
#include "host-stub/services/log/log.hpp"

#include "host-stub/services/log/redact.hpp"
#include "host-stub/services/secure/durable_file.hpp"
#include "keycare/sdk/json.hpp"

#include <fcntl.h>
#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <ctime>
#include <utility>

namespace keycare::services {

namespace {

constexpr std::size_t longest_line = 4096;
constexpr std::size_t file_octets = 4 * 1024 * 1024;
constexpr std::size_t client_files = 4;
constexpr std::size_t audit_files = 16;

const char* name_of(log_level level) {
  switch (level) {
    case log_level::debug:
      return "debug";
    case log_level::info:
      return "info";
    case log_level::warning:
      return "warning";
    case log_level::error:
      return "error";
  }
  return "error";
}

std::string utc(std::int64_t at) {
  const auto seconds = static_cast<std::time_t>(at);
  std::tm parts{};
  char text[32] = "";
  if (gmtime_r(&seconds, &parts) != nullptr) std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text;
}

std::string dump(const nlohmann::json& value) {
  return json_text(value);
}

/// A rotating file whose every generation is 0600, whatever the umask is.
std::shared_ptr<spdlog::logger> rotating(const std::filesystem::path& file, std::size_t files) {
  spdlog::file_event_handlers events;
  events.after_open = [](const spdlog::filename_t&, std::FILE* opened) { ::fchmod(::fileno(opened), 0600); };
  auto sink = std::make_shared<spdlog::sinks::rotating_file_sink_mt>(file.string(), file_octets, files, false, events);
  sink->set_pattern("%v");
  auto logger = std::make_shared<spdlog::logger>(file.filename().string(), std::move(sink));
  logger->set_level(spdlog::level::trace);
  logger->flush_on(spdlog::level::info);
  logger->set_error_handler([](const std::string&) {});  // a full disk must not end, nor litter, the client
  return logger;
}

class file_log final : public log_sink {
public:
  file_log(const std::filesystem::path& folder, const time_source& time, log_level lowest)
      : log_sink(time),
        lowest_(lowest),
        client_(rotating(folder / "client.log", client_files)),
        audit_(rotating(folder / "audit.log", audit_files)) {}

protected:
  void line(log_level level, bool audit, const std::string& text) override {
    if (audit) audit_->info(spdlog::string_view_t(text));
    if (!audit && level >= lowest_) client_->info(spdlog::string_view_t(text));
  }

private:
  log_level lowest_;
  std::shared_ptr<spdlog::logger> client_;
  std::shared_ptr<spdlog::logger> audit_;
};

}  // namespace

void log_sink::emit(log_level level, bool audit, std::string_view who, std::string_view event,
                    const nlohmann::json& fields) noexcept {
  try {
    nlohmann::json entry{{"time", utc(time_.wall_seconds())},
                         {"level", name_of(level)},
                         {"who", redact_text(who.substr(0, 64))},
                         {"event", redact_text(event.substr(0, 64))}};
    if (fields.is_object() && !fields.empty()) entry["fields"] = redact(fields);
    auto text = dump(entry);
    if (text.size() > longest_line) {
      entry["fields"] = {{"cut", redact_text(dump(entry["fields"])).substr(0, longest_line / 2)}};
      text = dump(entry);
    }
    line(level, audit, text);
  } catch (...) {  // logging never fails the work that is logged
  }
}

void log_sink::write(log_level level, std::string_view who, std::string_view event,
                     const nlohmann::json& fields) noexcept {
  emit(level, false, who, event, fields);
}

void log_sink::audit(std::string_view who, std::string_view event, const nlohmann::json& fields) noexcept {
  emit(log_level::info, true, who, event, fields);
}

result<std::unique_ptr<log_sink>> open_log(const std::filesystem::path& folder, const time_source& time,
                                           log_level lowest) {
  if (auto made = make_private_folder(folder); !made) return made.error();
  // Made here with the right mode first, so that there is no moment in which others can open it.
  for (const char* name : {"client.log", "audit.log"}) {
    const int fd = ::open((folder / name).c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0) {
      auto why = file_error(errno, folder / name);
      why.code = "KC-LOG-UNWRITABLE";
      return why;
    }
    ::close(fd);
  }
  try {
    return std::unique_ptr<log_sink>(std::make_unique<file_log>(folder, time, lowest));
  } catch (const spdlog::spdlog_ex&) {
    return fail(KC_E_FAILED, "KC-LOG-UNWRITABLE");
  }
}

std::vector<std::string> memory_log::lines() const {
  const std::lock_guard lock(mutex_);
  return lines_;
}

bool memory_log::contains(std::string_view text) const {
  const std::lock_guard lock(mutex_);
  return std::any_of(lines_.begin(), lines_.end(),
                     [&](const std::string& line) { return line.find(text) != std::string::npos; });
}

void memory_log::line(log_level, bool, const std::string& text) {
  const std::lock_guard lock(mutex_);
  lines_.push_back(text);
}

}  // namespace keycare::services
