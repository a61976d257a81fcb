// seat.cpp - see seat.hpp.
#include "seat.hpp"

#include "host-stub/shell/pin_field.hpp"

#include <QElapsedTimer>
#include <QLabel>
#include <QTabBar>
#include <QTabWidget>

namespace keycare::shell {

using window::wait_until;

void seat::open_window(const std::filesystem::path& folder) {
  app_.reset();
  auto settings = window::must(services::read_config(folder / "client.json"), "configuration");
  app_ = std::make_unique<application>(folder / "client.json", std::move(settings), "");
  window().resize(1024, 720);
  window().show();
  ASSERT_TRUE(QTest::qWaitForWindowExposed(&window()));
  window().activateWindow();
  ASSERT_TRUE(QTest::qWaitForWindowActive(&window()));
  ASSERT_TRUE(wait_until([&] { return app_->started(); }));
  user.page = &window();
}

void seat::go_to_tab(int number) {
  auto* bar = window::child<QTabWidget>(&window(), "tabs")->tabBar();
  QTest::mouseClick(bar, Qt::LeftButton, {}, bar->tabRect(number).center());
}

bool seat::asks_for_pin() {
  const auto* dialog = window::visible_child<QDialog>(&window(), "pinWindow");
  return dialog != nullptr && dialog->findChild<QWidget*>("pinField")->isEnabled();
}

QDialog* seat::pin_dialog() {
  EXPECT_TRUE(wait_until([&] { return asks_for_pin(); }));
  return window::visible_child<QDialog>(&window(), "pinWindow");
}

void seat::type_pin(std::string_view pin) {
  auto* dialog = pin_dialog();
  ASSERT_NE(dialog, nullptr);
  auto* field = window::child<pin_field>(dialog, "pinField");
  for (const char c : pin) QTest::keyClick(field, c);
  QTest::keyClick(field, Qt::Key_Return);
}

QString seat::said(const char* name) {
  auto* label = window().findChild<QLabel*>(name);
  return label != nullptr && label->isVisible() ? label->text() : QString();
}

window::stage_options Clerk::office(std::uint32_t tries) {
  window::stage_options how;
  how.tries = tries;
  how.ra_arguments = {"--review-delay", "2", "--step-delay", "0", "--provider-delay", "0"};
  return how;
}

void Clerk::sit_down(window::stage_options how) {
  office_ = std::make_unique<window::office_stage>(std::move(how));
  open_window();
}

void Clerk::pull_token() {
  ASSERT_NE(pin_dialog(), nullptr);
  QElapsedTimer since;
  since.start();
  office_->unplug();
  EXPECT_TRUE(wait_until([&] { return window::visible_child<QDialog>(&window(), "pinWindow") == nullptr; }));
  EXPECT_LT(since.elapsed(), 1000) << "milliseconds";
}

std::string Clerk::named(const QWidget* at) {
  return at == nullptr ? "nothing" : (at->metaObject()->className() + (" " + at->objectName())).toStdString();
}

}  // namespace keycare::shell
