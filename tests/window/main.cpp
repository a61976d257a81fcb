// main.cpp - GoogleTest on a screen of its own, in Qt's main thread.
#include "host-stub/services/secure/secret.hpp"
#include "host-stub/services/threads.hpp"
#include "screen.hpp"

#include <gtest/gtest.h>

#include <QApplication>
#include <QFont>
#include <QStyleFactory>

#include <cstdlib>

#ifdef KEYCARE_SANITIZED
/// What Qt's platform plugins leave behind at the end of the process is not ours: libdbus keeps its connection's name.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() {
  return "leak:libdbus-1\nleak:libfontconfig\n";
}
#endif

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  if (testing::GTEST_FLAG(list_tests)) return RUN_ALL_TESTS();
  if (!keycare::services::harden_process()) return 1;
  const keycare::window::screen own;
  setenv("QT_QPA_PLATFORM", "xcb", 1);
  // The same pixels on every machine.
  setenv("QT_SCALE_FACTOR_ROUNDING_POLICY", "PassThrough", 0);
  unsetenv("QT_STYLE_OVERRIDE");
  unsetenv("QT_QPA_PLATFORMTHEME");
  QApplication application(argc, argv);
  QApplication::setStyle(QStyleFactory::create("Fusion"));
  QApplication::setFont(QFont("WenQuanYi Micro Hei", 10));
  QApplication::setQuitOnLastWindowClosed(false);
  const keycare::services::thread_role_scope main(keycare::services::thread_role::main);
  return RUN_ALL_TESTS();
}
