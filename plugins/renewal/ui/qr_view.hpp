// qr_view.hpp - a QR code on the screen: dark on light whatever the theme is, with its quiet zone.
#pragma once

#include "plugins/renewal/ui/qr_code.hpp"

#include <QWidget>

namespace keycare::renewal {

class qr_view final : public QWidget {
public:
  explicit qr_view(QWidget* parent = nullptr);
  /// Its accessible name is the text. Hidden without one, and when it is too long for a code.
  void show_text(const QString& text);
  [[nodiscard]] const qr_code& code() const { return code_; }
  [[nodiscard]] QSize sizeHint() const override;

protected:
  void paintEvent(QPaintEvent* event) override;

private:
  QString text_;
  qr_code code_;
};

}  // namespace keycare::renewal
