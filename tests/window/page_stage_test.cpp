// page_stage_test.cpp - the stage itself: pages of a real library, which were checked by the real loader.
#include "page_stage.hpp"

#include <gtest/gtest.h>

namespace keycare::window {
namespace {

TEST(PageStage, ThePagesOfThreePluginsAreLoadedAndStartAgain) {
  page_stage stage;
  stage.set_language("en");
  stage.restart();
}

}  // namespace
}  // namespace keycare::window
