// pin_field_test.cpp - what is typed is in the secure heap and nowhere else that we can look.
#include "host-stub/shell/pin_field.hpp"
#include "tests/window/page_stage.hpp"

#include <QClipboard>
#include <QGuiApplication>

#include <fstream>

namespace keycare::shell {
namespace {

class PinField : public testing::Test {
protected:
  void SetUp() override {
    field_.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&field_));
    field_.setFocus();
  }
  std::string typed() const { return std::string(field_.pin().text()); }
  pin_field field_;
};

TEST_F(PinField, WhatIsTypedIsTheAnswerAndBulletsAreShown) {
  QTest::keyClicks(&field_, "Test1357");
  EXPECT_EQ(typed(), "Test1357");
  EXPECT_EQ(field_.text(), QString(8, QChar(0x25CF)));
  QTest::keyClick(&field_, Qt::Key_Backspace);
  EXPECT_EQ(typed(), "Test135");
  QTest::keyClick(&field_, Qt::Key_Delete);
  EXPECT_TRUE(field_.empty());
}

TEST_F(PinField, ErasingTakesAWholeCharacter) {
  QTest::keyClicks(&field_, "a");
  QTest::sendKeyEvent(QTest::Click, &field_, Qt::Key_unknown, QString::fromUtf8("密"), Qt::NoModifier);
  EXPECT_EQ(typed(), "a密");
  EXPECT_EQ(field_.text().size(), 2);
  QTest::keyClick(&field_, Qt::Key_Backspace);
  EXPECT_EQ(typed(), "a");
}

TEST_F(PinField, NothingIsPastedAndNothingIsCopied) {
  QGuiApplication::clipboard()->setText("from the clipboard");
  QTest::keyClick(&field_, Qt::Key_V, Qt::ControlModifier);
  QTest::keyClick(&field_, Qt::Key_Insert, Qt::ShiftModifier);
  EXPECT_TRUE(field_.empty());
  QTest::keyClicks(&field_, "Test1357");
  QTest::keyClick(&field_, Qt::Key_A, Qt::ControlModifier);
  QTest::keyClick(&field_, Qt::Key_C, Qt::ControlModifier);
  QTest::keyClick(&field_, Qt::Key_X, Qt::ControlModifier);
  EXPECT_EQ(QGuiApplication::clipboard()->text(), "from the clipboard");
  EXPECT_EQ(typed(), "Test1357");
  QTest::keyClick(&field_, Qt::Key_Z, Qt::ControlModifier);
  EXPECT_EQ(typed(), "Test1357");
  EXPECT_FALSE(field_.testAttribute(Qt::WA_InputMethodEnabled));
}

TEST_F(PinField, MoreThanFitsIsNotTaken) {
  QTest::keyClicks(&field_, QString(80, 'x'));
  EXPECT_EQ(typed().size(), pin_field::longest);
}

/// Every page of this process that can be read, but for the secure heap, which is locked out of core files.
bool in_memory_of_this_process(std::string_view needle_reversed) {
  std::string needle(needle_reversed.rbegin(), needle_reversed.rend());
  std::ifstream maps("/proc/self/maps");
  std::ifstream memory("/proc/self/mem", std::ios::binary);
  bool found = false;
  for (std::string line; std::getline(maps, line);) {
    if (line.find("[heap]") == std::string::npos) continue;
    const auto from = std::stoull(line.substr(0, line.find('-')), nullptr, 16);
    const auto to = std::stoull(line.substr(line.find('-') + 1), nullptr, 16);
    std::string all(to - from, '\0');
    memory.seekg(static_cast<std::streamoff>(from));
    memory.read(all.data(), static_cast<std::streamsize>(all.size()));
    for (auto at = all.find(needle); at != std::string::npos; at = all.find(needle, at + 1)) found = true;
    std::fill(all.begin(), all.end(), '\0');
  }
  std::fill(needle.begin(), needle.end(), '\0');
  return found;
}

TEST_F(PinField, TheTypedPinIsNotInTheOrdinaryHeap) {
  // One key at a time and no literal of the whole, so that the test itself leaves no copy.
  for (const int key : {Qt::Key_Q, Qt::Key_9, Qt::Key_J, Qt::Key_4, Qt::Key_W, Qt::Key_7, Qt::Key_K, Qt::Key_2})
    QTest::keyClick(&field_, static_cast<Qt::Key>(key));
  EXPECT_EQ(field_.pin().size(), 8u);
  EXPECT_FALSE(in_memory_of_this_process("2k7w4j9q"));
}

}  // namespace
}  // namespace keycare::shell
