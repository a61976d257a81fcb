// format.cpp - see format.hpp.
#include "plugins/renewal/ui/format.hpp"

#include <QDateTime>

namespace keycare::renewal {

namespace {
constexpr qsizetype longest = 300;
constexpr int longest_word = 20;
}  // namespace

QString moment_text(std::int64_t unix_seconds) {
  return unix_seconds == 0 ? QString()
                           : QDateTime::fromSecsSinceEpoch(unix_seconds).toString(QStringLiteral("yyyy-MM-dd HH:mm"));
}

QString day_text(std::int64_t unix_seconds) {
  return unix_seconds == 0 ? QString()
                           : QDateTime::fromSecsSinceEpoch(unix_seconds).toString(QStringLiteral("yyyy-MM-dd"));
}

QString yuan_text(std::int64_t fen) {
  return QStringLiteral("%1.%2").arg(fen / 100).arg(fen % 100, 2, 10, QLatin1Char('0'));
}

QString tame(const QString& text) {
  // Control and format characters (bidirectional ones too) would let a name say something else than it is.
  auto plain = text;
  plain.removeIf([](QChar ch) {
    return ch.category() == QChar::Other_Format || (ch.category() == QChar::Other_Control && !ch.isSpace());
  });
  const auto flat = plain.simplified();
  QString out;
  int run = 0;
  for (const auto ch : flat.left(longest)) {
    out += ch;
    run = ch.isSpace() ? 0 : run + 1;
    // A word without an end would push the window wide: it may be broken here.
    if (run % longest_word == 0 && run > 0 && !ch.isHighSurrogate()) out += QChar(0x200B);
  }
  return flat.size() > longest ? out + QChar(0x2026) : out;
}

}  // namespace keycare::renewal
