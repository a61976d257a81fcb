// pictures.hpp - what a window looks like: kept in docs/screens, held against it with a tolerance, and no text cut off.
#pragma once

#include <QImage>
#include <QString>
#include <QStringList>
#include <QWidget>

namespace keycare::window {

/// A picture of @p of in this state. With KEYCARE_SCREENS (a folder) it is written there as <name>.png, which is how
/// `./dev screens` makes docs/screens; without, it is held against the one in docs/screens, and a layout that is
/// another is a test failure. So are texts that do not fit. @p name "<room>-<state>-<language>".
void picture(QWidget* of, const QString& name);

/// How much of the layout is another: of the cells of 16×16 pixels that show something in either picture, the share
/// whose brightness is another. 1 when the sizes differ by more than a tenth. Figures and dates change few cells. Pure.
[[nodiscard]] double difference(const QImage& a, const QImage& b);

/// The texts of visible labels, buttons and boxes below @p of that are cut off. Elided ones are not meant.
[[nodiscard]] QStringList cut_texts(QWidget* of);

/// Controls below @p of that the keyboard reaches and that have no accessible name.
[[nodiscard]] QStringList nameless_controls(QWidget* of);

}  // namespace keycare::window
