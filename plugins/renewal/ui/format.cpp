// format.cpp - see format.hpp.
#include "plugins/renewal/ui/format.hpp"

#include <QDateTime>

namespace keycare::renewal {

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

}  // namespace keycare::renewal
