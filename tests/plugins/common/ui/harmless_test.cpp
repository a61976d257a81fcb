// harmless_test.cpp - what a stranger wrote stays readable, in its place, and says no more than it is.
#include "plugins/common/ui/harmless.hpp"

#include <gtest/gtest.h>

namespace keycare::ui {
namespace {

const QChar zero_width_space(0x200B);

TEST(Harmless, LeavesOutWhatTurnsALineRoundOrCannotBeSeen) {
  const auto name = QStringLiteral("photo\u202Egpj.exe\u2066\u200F\u00AD\u0007!");
  EXPECT_EQ(harmless(name), "photogpj.exe!");
  EXPECT_EQ(harmless(name, breaks::at_lines), "photogpj.exe!");
  EXPECT_EQ(harmless(name, breaks::nowhere), "photo gpj.exe    !") << "where it was copied from, it left a gap";
}

TEST(Harmless, KnowsInvisibleCharactersBeyondSixteenBits) {
  const auto tags = QStringLiteral("a\U000E0041\U000E0042b");
  EXPECT_EQ(harmless(tags), "ab");
  EXPECT_EQ(harmless(tags, breaks::nowhere), "a  b");
  EXPECT_EQ(harmless(QStringLiteral("𠮷野家😀")), QStringLiteral("𠮷野家😀")) << "visible ones stay whole";
  EXPECT_EQ(harmless(QString(QChar(0xD800)) + "x"), "x") << "half a character is none";
}

TEST(Harmless, KeepsLineFeedsOfSentencesOnly) {
  const auto text = QStringLiteral(" one \t two\r\nthree\u2028four ");
  EXPECT_EQ(harmless(text), "one two three four");
  EXPECT_EQ(harmless(text, breaks::at_lines), " one   two \nthree four ");
  EXPECT_EQ(harmless(text, breaks::nowhere), " one   two  three four ");
}

TEST(Harmless, EndsInTimeAndCountsCharacters) {
  for (const auto where : {breaks::anywhere, breaks::at_lines, breaks::nowhere}) {
    EXPECT_EQ(harmless("abcdef", where, 6), "abcdef");
    EXPECT_EQ(harmless("abcdefg", where, 6), QStringLiteral("abcdef…"));
    EXPECT_EQ(harmless(QStringLiteral("𠮷𠮷𠮷"), where, 2), QStringLiteral("𠮷𠮷…")) << "never half a character";
    EXPECT_EQ(harmless("", where, 6), "");
  }
  EXPECT_EQ(harmless("abcde f", breaks::anywhere, 6), QStringLiteral("abcde…")) << "no blank at the end";
  EXPECT_EQ(harmless("abcdef   ", breaks::anywhere, 6), "abcdef") << "nothing was cut";
}

TEST(Harmless, LetsALongWordBeBrokenUnlessItIsCopied) {
  const QString word(50, 'x');
  for (const auto where : {breaks::anywhere, breaks::at_lines}) {
    const auto shown = harmless(word, where);
    EXPECT_EQ(shown.count(zero_width_space), 2);
    EXPECT_EQ(shown.indexOf(zero_width_space), 20);
    EXPECT_EQ(QString(shown).remove(zero_width_space), word);
  }
  EXPECT_EQ(harmless(word, breaks::nowhere), word);
  EXPECT_EQ(harmless(QString(20, 'x') + " " + QString(20, 'y')).count(zero_width_space), 0);
  const auto rare = harmless(QStringLiteral("𠮷").repeated(25));
  EXPECT_EQ(rare.indexOf(zero_width_space), 40) << "between characters, not inside of one";
}

}  // namespace
}  // namespace keycare::ui
