// focus_style.hpp - shows which button the keyboard is on: Fusion marks neither a flat nor a default one.
#pragma once

#include <QPainter>
#include <QProxyStyle>
#include <QStyleOption>

namespace keycare::shell {

class focus_style final : public QProxyStyle {
public:
  focus_style() : QProxyStyle(QStringLiteral("Fusion")) {}

  void drawControl(ControlElement what, const QStyleOption* option, QPainter* painter,
                   const QWidget* widget) const override {
    QProxyStyle::drawControl(what, option, painter, widget);
    if (what != CE_PushButton || (option->state & State_HasFocus) == 0) return;
    constexpr qreal width = 2, inset = 2.5;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(option->palette.color(QPalette::Highlight), width));
    painter->drawRoundedRect(QRectF(option->rect).adjusted(inset, inset, -inset, -inset), width, width);
    painter->restore();
  }
};

}  // namespace keycare::shell
