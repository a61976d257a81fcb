// wrapped_text.hpp - plain text that breaks within a word where it must: fingerprints and hostile names have no spaces.
#pragma once

#include <QWidget>

namespace keycare::validity {

/// [main-thread]
class wrapped_text final : public QWidget {
public:
  explicit wrapped_text(QWidget* parent = nullptr);
  void set_text(const QString& text);
  [[nodiscard]] QString text() const { return text_; }
  [[nodiscard]] QSize sizeHint() const override;
  [[nodiscard]] QSize minimumSizeHint() const override;
  [[nodiscard]] bool hasHeightForWidth() const override { return true; }
  [[nodiscard]] int heightForWidth(int width) const override;

protected:
  void paintEvent(QPaintEvent* event) override;

private:
  QString text_;
};

}  // namespace keycare::validity
