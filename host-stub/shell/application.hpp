// application.hpp - the client with a window: opens it off the main thread, puts window, prompt, shell and pages
// together.
#pragma once

#include "host-stub/services/config/config.hpp"

#include <filesystem>
#include <memory>
#include <string>

class QWidget;

namespace keycare::shell {

class main_window;

/// One client and its window. It needs a QApplication and, as QWidgets do, the main thread. [main-thread]
class application {
public:
  /// @param config_file empty: host::default_config(). @param settings what was read of it.
  /// @param language what was asked for on the command line; empty: what the user chose last, or the configuration's.
  application(std::filesystem::path config_file, services::config settings, const std::string& language);
  /// Ends the client; waits for it, at most as long as its plugins may take.
  ~application();
  application(const application&) = delete;
  application& operator=(const application&) = delete;

  [[nodiscard]] main_window& window();
  /// Whether the client's pages are there.
  [[nodiscard]] bool started() const noexcept;
  void set_language(const std::string& language);
  /// Closes the client and opens it anew, with the configuration as it is now.
  void start_again();

private:
  struct parts;
  std::unique_ptr<parts> parts_;
};

}  // namespace keycare::shell
