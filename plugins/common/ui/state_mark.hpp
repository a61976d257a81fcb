// state_mark.hpp - a state by word, colour and shape.
#pragma once

#include "plugins/common/ui/tones.hpp"

#include <QLabel>
#include <QWidget>

namespace keycare::ui {

/// A tone's shape alone, as high as a line of text.
class shape final : public QWidget {
public:
  explicit shape(QWidget* parent = nullptr);
  void set_tone(tone what);
  [[nodiscard]] QSize sizeHint() const override;

protected:
  void paintEvent(QPaintEvent* event) override;

private:
  tone tone_ = tone::notice;
};

/// The shape and the word beside it, in the tone's colour.
class state_mark final : public QWidget {
public:
  explicit state_mark(QWidget* parent = nullptr);
  void set(tone what, const QString& word);
  [[nodiscard]] QString word() const { return word_->text(); }

protected:
  void changeEvent(QEvent* event) override;

private:
  void recolour();
  tone tone_ = tone::notice;
  shape* shape_;
  QLabel* word_;
};

}  // namespace keycare::ui
