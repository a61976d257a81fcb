// page_stage_test.cpp - pages of real libraries, which were checked by the real loader: they come, and leave nothing.
#include "page_stage.hpp"

#include <gtest/gtest.h>

#include <QApplication>

#include <filesystem>

namespace keycare::window {
namespace {

constexpr std::pair<const char*, const char*> all_pages[] = {{"validity", "home"}, {"validity", "my-certificates"},
                                                             {"renewal", "home"},  {"renewal", "renewal"},
                                                             {"unlock", "home"},   {"unlock", "unlock"}};

std::ptrdiff_t threads() {
  using walk = std::filesystem::directory_iterator;
  return std::distance(walk("/proc/self/task"), walk());
}

TEST(PageStage, ThePagesOfThreePluginsAreLoadedAndStartAgain) {
  page_stage stage;
  stage.set_language("en");
  stage.restart();
}

TEST(PageStage, EveryPageOpenedAndClosedAHundredTimesLeavesNoWidgetAndNoThread) {
  page_stage stage;
  // Once, so that what Qt keeps for good is there.
  for (const auto& [plugin, slot] : all_pages) stage.close(stage.page(plugin, slot));
  QTest::qWait(200);
  const auto widgets = QApplication::allWidgets().size();
  const auto running = threads();
  for (int round = 0; round < 100; ++round)
    for (const auto& [plugin, slot] : all_pages) stage.close(stage.page(plugin, slot));  // mostly while it still asks
  EXPECT_TRUE(wait_until([&] { return QApplication::allWidgets().size() <= widgets; }))
      << QApplication::allWidgets().size() << " widgets, " << widgets << " before";
  EXPECT_TRUE(wait_until([&] { return threads() <= running; })) << threads() << " threads, " << running << " before";
  // And it still works.
  auto* page = stage.page("validity", "my-certificates");
  EXPECT_TRUE(wait_until([&] { return page->findChild<QWidget*>("certificateTable") != nullptr; }));
}

}  // namespace
}  // namespace keycare::window
