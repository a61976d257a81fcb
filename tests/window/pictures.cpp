// pictures.cpp - see pictures.hpp.
#include "pictures.hpp"

#include <gtest/gtest.h>

#include <QAbstractButton>
#include <QAccessible>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QGroupBox>
#include <QLabel>
#include <QPainter>
#include <QRadioButton>
#include <QStyle>
#include <QStyleOptionButton>
#include <QTest>
#include <QToolButton>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <vector>

namespace keycare::window {
namespace {

constexpr int cell = 16;
constexpr double most_difference = 0.13;
constexpr auto changes_every_time = "payCode";  // a QR code

QString class_and_name(const QWidget* one) {
  return QString::fromUtf8(one->metaObject()->className()) + " '" + one->objectName() + "'";
}

/// Whether the label's text needs more room than it has.
bool is_cut(const QLabel& label) {
  if (label.text().isEmpty() || !label.pixmap(Qt::ReturnByValue).isNull()) return false;
  const auto room = label.contentsRect();
  if (label.wordWrap()) return label.heightForWidth(label.width()) > label.height() + 1;
  return label.fontMetrics().size(0, label.text()).width() > room.width() + 1;
}

bool is_cut(const QAbstractButton& button) {
  if (button.text().isEmpty()) return false;
  return button.fontMetrics().size(Qt::TextShowMnemonic, button.text()).width() > button.width() ||
         button.fontMetrics().height() > button.height() + 1;
}

/// With its 256 most frequent colours, which are enough and make a small file.
QImage few_colours(const QImage& picture) {
  const auto image = picture.convertToFormat(QImage::Format_RGB32);
  const auto rounded = [](QRgb colour) { return colour & 0xfff8f8f8U; };
  std::map<QRgb, int> frequent;
  for (int y = 0; y < image.height(); ++y)
    for (int x = 0; x < image.width(); ++x) ++frequent[rounded(image.pixel(x, y))];
  std::vector<std::pair<int, QRgb>> ranked;
  for (const auto& [colour, count] : frequent) ranked.emplace_back(count, colour);
  std::sort(ranked.rbegin(), ranked.rend());
  QList<QRgb> table;
  for (const auto& [count, colour] : ranked)
    if (table.size() < 256) table.push_back(colour | 0x00040404U);
  return image.convertToFormat(QImage::Format_Indexed8, table, Qt::ThresholdDither | Qt::AvoidDither);
}

}  // namespace

double difference(const QImage& a, const QImage& b) {
  const auto far = [](int x, int y) { return std::abs(x - y) * 10 > std::max(x, y); };
  if (a.isNull() || b.isNull() || far(a.width(), b.width()) || far(a.height(), b.height())) return 1;
  const QSize cells(std::max(1, a.width() / cell), std::max(1, a.height() / cell));
  const auto grey = [&](const QImage& image) {
    return image.convertToFormat(QImage::Format_RGB32)
        .scaled(cells, Qt::IgnoreAspectRatio, Qt::SmoothTransformation)
        .convertToFormat(QImage::Format_Grayscale8);
  };
  const auto left = grey(a);
  const auto right = grey(b);
  // A cell counts when something is on it in either picture: most of a window is empty. Empty is what is most frequent.
  std::array<int, 256> frequent{};
  for (int y = 0; y < cells.height(); ++y)
    for (int x = 0; x < cells.width(); ++x) ++frequent[static_cast<std::size_t>(qGray(left.pixel(x, y)))];
  const auto empty = static_cast<int>(std::max_element(frequent.begin(), frequent.end()) - frequent.begin());
  constexpr int ink = 6;
  constexpr int noticeable = 14;
  int used = 0, other = 0;
  for (int y = 0; y < cells.height(); ++y)
    for (int x = 0; x < cells.width(); ++x) {
      const int one = qGray(left.pixel(x, y)), two = qGray(right.pixel(x, y));
      if (std::abs(one - empty) < ink && std::abs(two - empty) < ink) continue;
      ++used;
      if (std::abs(one - two) > noticeable) ++other;
    }
  constexpr int few = 40;  // a nearly empty window may change a little
  return static_cast<double>(other) / std::max(used, few);
}

QStringList cut_texts(QWidget* of) {
  QStringList out;
  for (const auto* label : of->findChildren<QLabel*>())
    if (label->isVisible() && is_cut(*label)) out += class_and_name(label) + ": " + label->text();
  for (const auto* button : of->findChildren<QAbstractButton*>())
    if (button->isVisible() && is_cut(*button)) out += class_and_name(button) + ": " + button->text();
  return out;
}

QStringList nameless_controls(QWidget* of) {
  QStringList out;
  for (auto* one : of->findChildren<QWidget*>()) {
    if (!one->isVisible() || (one->focusPolicy() & Qt::TabFocus) == 0 || one->objectName().startsWith("qt_")) continue;
    if (qobject_cast<QLabel*>(one) != nullptr) continue;  // its text is its name
    auto* said = QAccessible::queryAccessibleInterface(one);
    if (said == nullptr || said->text(QAccessible::Name).trimmed().isEmpty()) out += class_and_name(one);
  }
  return out;
}

void picture(QWidget* of, const QString& name) {
  ASSERT_NE(of, nullptr);
  QTest::qWait(50);  // what was just shown is laid out and painted
  QImage now;
  const auto take = [&] { now = few_colours(of->grab().toImage()); };
  const char* folder = std::getenv("KEYCARE_SCREENS");
  const QImage kept(QDir(KEYCARE_SCREENS_KEPT).filePath(name + ".png"));
  if (folder != nullptr && *folder != '\0') {
    take();
    QDir().mkpath(folder);
    EXPECT_TRUE(now.save(QDir(folder).filePath(name + ".png"), "PNG", 0));
  } else if (kept.isNull()) {
    ADD_FAILURE() << "docs/screens has no " << name.toStdString() << ".png: run ./dev screens and look at it";
  } else {
    const auto without = [&](QImage image) {
      image = image.convertToFormat(QImage::Format_RGB32);
      QPainter painter(&image);
      for (const auto* code : of->findChildren<QWidget*>(changes_every_time))
        if (code->isVisible()) painter.fillRect(QRect(code->mapTo(of, QPoint()), code->size()), Qt::gray);
      return image;
    };
    // A busy machine takes its time until all is there that belongs to the state.
    double found = 1;
    const auto is_there = [&] {
      take();
      found = difference(without(now), without(kept));
      return found <= most_difference && cut_texts(of).isEmpty();
    };
    (void)QTest::qWaitFor(is_there, 5000);
    EXPECT_LE(found, most_difference) << name.toStdString()
                                      << " looks different from docs/screens: if it is meant, run ./dev screens";
  }
  const auto cut = cut_texts(of);
  EXPECT_TRUE(cut.isEmpty()) << name.toStdString() << " cuts " << cut.join("\n").toStdString();
  const auto nameless = nameless_controls(of);
  EXPECT_TRUE(nameless.isEmpty()) << name.toStdString() << " has no name for " << nameless.join("\n").toStdString();
}

}  // namespace keycare::window
