// seat.hpp - a person before the client's real window: opens it, turns to its tabs, and answers its PIN dialog.
#pragma once

#include "host-stub/shell/application.hpp"
#include "host-stub/shell/main_window.hpp"
#include "tests/plugins/renewal/ui/renewal_steps.hpp"

#include <gtest/gtest.h>

#include <QDesktopServices>
#include <QDialog>
#include <QUrl>

namespace keycare::shell {

/// Stands in for the computer's browser.
class browser : public QObject {
  Q_OBJECT
public:
  browser() { QDesktopServices::setUrlHandler("https", this, "open"); }
  ~browser() override { QDesktopServices::unsetUrlHandler("https"); }
  QList<QUrl> opened;
public Q_SLOTS:
  void open(const QUrl& address) { opened += address; }
};

class seat {
public:
  /// Opens the client that is configured in @p folder, or opens it anew, and waits for its pages.
  void open_window(const std::filesystem::path& folder);
  void close_window() { app_.reset(); }
  [[nodiscard]] main_window& window() { return app_->window(); }
  void go_to_tab(int number);
  /// The PIN dialog, waited for until it asks; null and a test failure when it does not come.
  QDialog* pin_dialog();
  [[nodiscard]] bool asks_for_pin();
  /// Types a PIN in the host's own dialog and presses Enter.
  void type_pin(std::string_view pin);
  /// What the visible label of that name says.
  QString said(const char* name);

  renewal_pages::steps user;
  shell::browser browser;

private:
  std::unique_ptr<application> app_;
};

/// The demo's office, and one seat in it.
class Clerk : public testing::Test, protected seat {
protected:
  ~Clerk() override { close_window(); }  // before the office
  static window::stage_options office(std::uint32_t tries);
  void sit_down(window::stage_options how = office(10));
  void open_window() { seat::open_window(office_->folder()); }
  /// While the PIN dialog asks; it closes within a second.
  void pull_token();
  /// What a failed test says about the keyboard.
  static std::string named(const QWidget* at);

  std::unique_ptr<window::office_stage> office_;
};

}  // namespace keycare::shell
