// tones.hpp - colours of the window's own words, readable on a light and on a dark palette (WCAG 2.1, 1.4.3).
#pragma once

#include <QColor>
#include <QEvent>
#include <QLabel>
#include <QPalette>

namespace keycare::shell {

enum class tone { plain, good, warning, bad };

[[nodiscard]] inline QColor colour_of(tone what, const QPalette& on) {
  const bool dark = on.color(QPalette::Window).lightness() < 128;
  switch (what) {
    case tone::good:
      return dark ? QColor(0x7b, 0xd8, 0x8f) : QColor(0x1b, 0x6e, 0x34);
    case tone::warning:
      return dark ? QColor(0xff, 0xc8, 0x61) : QColor(0x8a, 0x50, 0x00);
    case tone::bad:
      return dark ? QColor(0xff, 0x9a, 0x94) : QColor(0xb3, 0x1d, 0x1d);
    case tone::plain:
      break;
  }
  return on.color(QPalette::WindowText);
}

/// The mark before the words, so that the colour is never alone.
[[nodiscard]] inline QString mark_of(tone what) {
  switch (what) {
    case tone::good:
      return QStringLiteral("✓ ");
    case tone::warning:
      return QStringLiteral("⚠ ");
    case tone::bad:
      return QStringLiteral("✗ ");
    case tone::plain:
      break;
  }
  return {};
}

/// Plain text with its mark, colour and accessible name. The colour follows the palette. [main-thread]
class toned_label final : public QLabel {
public:
  explicit toned_label(QWidget* parent) : QLabel(parent) { setTextFormat(Qt::PlainText); }

  void say(tone what, const QString& words) {
    tone_ = what;
    setText(words.isEmpty() ? QString() : mark_of(what) + words);
    setAccessibleName(words);
    recolour();
  }

protected:
  void changeEvent(QEvent* event) override {
    QLabel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) recolour();
  }

private:
  void recolour() {
    auto colours = palette();
    const auto ink = colour_of(tone_, parentWidget() != nullptr ? parentWidget()->palette() : colours);
    if (colours.color(QPalette::WindowText) == ink) return;
    colours.setColor(QPalette::WindowText, ink);
    setPalette(colours);
  }
  tone tone_ = tone::plain;
};

}  // namespace keycare::shell
