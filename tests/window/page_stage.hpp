// page_stage.hpp - pages as a client shows them, without the client's window: the demo's office (RA over TLS, software
// token), a client with its three plugins, and their UI libraries, in this process.
#pragma once

#include "host-stub/client/client.hpp"
#include "host-stub/services/commands/ui_session.hpp"
#include "host-stub/shell/main_thread.hpp"
#include "office_stage.hpp"
#include "pictures.hpp"

#include <gtest/gtest.h>

#include <QAbstractButton>
#include <QTest>
#include <QWidget>

#include <deque>
#include <map>
#include <mutex>

namespace keycare::window {

/// Turns the event loop until @p true_now, at most @p patience. Never sleeps through an event.
[[nodiscard]] bool wait_until(const std::function<bool()>& true_now,
                              std::chrono::milliseconds patience = std::chrono::seconds(20));
/// The child of that type and object name; a test failure and null when it is not there.
template <class T>
[[nodiscard]] T* child(QWidget* of, const char* name) {
  auto* found = of->findChild<T*>(name);
  EXPECT_NE(found, nullptr) << name;
  return found;
}
/// The first of that name that can be seen; null without a failure, for wait_until().
template <class T>
[[nodiscard]] T* visible_child(QWidget* of, const char* name) {
  for (auto* one : of->findChildren<T*>(name))
    if (one->isVisible()) return one;
  return nullptr;
}
/// Waits until the cursor is there: a new window becomes the active one a little later.
[[nodiscard]] bool focused(QWidget* at);
/// Clicks in the middle of a visible, enabled widget with the left button, as a person does.
void click(QWidget* at);
/// Focuses a field by a click, empties it and types.
void type(QWidget* at, const QString& text);

/// Answers PIN dialogs with what a test queued; with nothing left it presses 取消.
class typing_prompt final : public services::pin_prompt {
public:
  void will_type(std::string_view pin);  ///< [any-thread]
  [[nodiscard]] int dialogs() const;
  /// What the last dialog showed. [any-thread]
  [[nodiscard]] services::prompt_view last() const;
  result<services::secret> ask(const kc_call* call, const services::prompt_view& view) override;
  result<services::secret> ask_new(const kc_call* call, const services::prompt_view& view,
                                   const services::new_pin_policy& policy) override;
  void tell(const services::prompt_view& view) override;

private:
  result<services::secret> next(const services::prompt_view& view);
  mutable std::mutex mutex_;
  std::deque<std::string> script_;
  services::prompt_view last_;
  int dialogs_ = 0;
};

/// What pages ask of the window; it keeps what it was told.
class noting_shell final : public services::shell_port {
public:
  result<bool> confirm(const kc_call*, const std::string& title, const std::string& text) override;
  result<void> notify(const std::string& title, const std::string& text) override;
  result<void> open_url(const std::string& url) override;
  result<void> show_page(const std::string& slot) override;
  [[nodiscard]] bool has_window() const override { return true; }

  std::mutex mutex;  ///< For what follows.
  bool answer = true;
  std::vector<std::string> confirmed, notices, opened, shown;
};

class page_stage : public office_stage {
public:
  explicit page_stage(stage_options how = {});
  ~page_stage();

  [[nodiscard]] host::client& client() { return *client_; }
  [[nodiscard]] typing_prompt& prompt() { return prompt_; }
  [[nodiscard]] noting_shell& shell() { return shell_; }

  /// Shows a new page in a window of 1000×700 and gives it. It lives as long as the stage, or until close().
  QWidget* page(const std::string& plugin, const std::string& slot);
  void close(QWidget* page);
  void set_language(const std::string& language);
  /// As on another computer: a client that has never seen this office's orders.
  void forget_client_data();
  /// Ends the client and its pages and starts a new one on the same folder: a restart of the program.
  void restart();

private:
  void start();
  void stop();
  struct shown {
    QWidget* page;
    std::string plugin;
    std::unique_ptr<QWidget> window;
  };
  services::system_time time_;
  typing_prompt prompt_;
  noting_shell shell_;
  shell::main_thread main_;
  std::string language_;
  std::unique_ptr<host::client> client_;
  std::map<std::string, std::unique_ptr<services::ui_session>> uis_;
  std::vector<shown> shown_;
};

}  // namespace keycare::window
