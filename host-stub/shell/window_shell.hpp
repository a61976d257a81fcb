// window_shell.hpp - what plugins ask of the window (shell_port), brought to the main thread.
#pragma once

#include "host-stub/services/commands/commands_service.hpp"
#include "host-stub/services/shell/shell_port.hpp"

#include <QPointer>
#include <QString>

#include <functional>
#include <memory>
#include <mutex>

class QWidget;

namespace keycare::shell {

/// What the window does; all on the main thread. Any may be empty.
struct window_acts {
  std::function<void(const QString& title, const QString& text)> notify;
  std::function<void(const QString& slot)> show_page;
  std::function<void(const QString& address)> offer_page;  ///< No browser could be opened for it.
};

class window_shell final : public services::shell_port {
public:
  /// @param main lives longer. [main-thread]
  explicit window_shell(services::main_executor& main);
  ~window_shell() override;
  /// Which window questions belong to, and what it does. [main-thread]
  void set_window(QWidget* window, window_acts acts);
  void set_language(const std::string& language);

  result<bool> confirm(const kc_call* call, const std::string& title, const std::string& text) override;
  result<void> notify(const std::string& title, const std::string& text) override;
  result<void> open_url(const std::string& url) override;
  result<void> show_page(const std::string& slot) override;
  [[nodiscard]] bool has_window() const override { return true; }
  [[nodiscard]] std::string language() const override;

private:
  struct surface;
  services::main_executor& main_;
  std::shared_ptr<surface> surface_;
  mutable std::mutex mutex_;
  std::string language_;  ///< Under mutex_.
};

}  // namespace keycare::shell
