// harmless.cpp - see harmless.hpp.
#include "plugins/common/ui/harmless.hpp"

#include <utility>

namespace keycare::ui {

namespace {

constexpr int longest_word = 20;
constexpr QChar ellipsis(0x2026), zero_width_space(0x200B);

/// The character at @p at, which moves past it. Some invisible ones are no single QChar (U+E0001, the tags).
char32_t take(const QString& text, qsizetype& at) {
  const QChar first = text[at++];
  if (first.isHighSurrogate() && at < text.size() && text[at].isLowSurrogate())
    return QChar::surrogateToUcs4(first, text[at++]);
  return first.unicode();
}

bool is_hidden(char32_t one) {
  switch (QChar::category(one)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:  // half a character
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
      return true;
    default:
      return false;
  }
}

}  // namespace

QString harmless(const QString& text, breaks where, int most) {
  QString out;
  int count = 0, word = 0;
  bool gap = false;  // blanks that are one, once a word follows
  for (qsizetype at = 0; at < text.size();) {
    auto one = take(text, at);
    const bool line_feed = one == U'\n' && where == breaks::at_lines;
    if (is_hidden(one) && !line_feed) {
      if (where != breaks::nowhere && !QChar::isSpace(one)) continue;
      one = U' ';
    }
    if (where == breaks::anywhere && QChar::isSpace(one)) {
      gap = !out.isEmpty();
      continue;
    }
    if (count + (gap ? 1 : 0) >= most) return out + ellipsis;
    if (std::exchange(gap, false)) {
      out += QChar(' ');
      ++count;
      word = 0;
    }
    word = QChar::isSpace(one) ? 0 : word + 1;
    if (word > longest_word && where != breaks::nowhere) {
      out += zero_width_space;  // a line may end here
      word = 1;
    }
    out += QChar::fromUcs4(one);
    ++count;
  }
  return out;
}

}  // namespace keycare::ui
