// tones.hpp - what something means to the reader, as colour, shape and word together: never by colour alone.
#pragma once

#include <QColor>
#include <QPalette>

class QPainter;
class QRectF;

namespace keycare::ui {

enum class tone {
  good,     ///< Done, valid: a disc with a tick.
  notice,   ///< For your information, waiting: a disc with an i.
  warning,  ///< Ends soon, look here: a triangle.
  bad,      ///< Wrong, ended: a square with a cross.
  faded     ///< Not yet, or not any more: a ring.
};

/// Readable on the palette's window, dark or light (contrast 4.5 at least, WCAG 2.1, 1.4.3).
[[nodiscard]] QColor colour_of(tone what, const QPalette& on);
/// A faint background of the same tone.
[[nodiscard]] QColor ground_of(tone what, const QPalette& on);
/// The shape of @p what, filling @p into.
void paint_shape(QPainter& painter, tone what, const QRectF& into, const QPalette& on);

}  // namespace keycare::ui
