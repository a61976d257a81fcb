// field.cpp - see field.hpp.
#include "plugins/common/ui/field.hpp"

#include "plugins/common/ui/tones.hpp"

#include <QCoreApplication>
#include <QVBoxLayout>

namespace keycare::ui {

field::field(QWidget* editor, bool required, QWidget* parent)
    : QWidget(parent), editor_(editor), required_(required), label_(new QLabel(this)), below_(new QLabel(this)) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(3);
  column->addWidget(label_);
  column->addWidget(editor_);
  column->addWidget(below_);
  label_->setTextFormat(Qt::PlainText);
  label_->setBuddy(editor_);
  below_->setTextFormat(Qt::PlainText);
  below_->setWordWrap(true);
  below_->setObjectName("fieldBelow");
  below_->hide();
}

void field::set_texts(const QString& name, const QString& hint) {
  label_->setText(required_ ? QStringLiteral("* ") + name : name);
  editor_->setAccessibleName(required_ ? QCoreApplication::translate("field", "%1 (required)").arg(name) : name);
  hint_ = hint;
  describe();
}

void field::set_error(const QString& sentence) {
  if (sentence == error_ && warning_.isEmpty()) return;
  error_ = sentence;
  warning_.clear();
  describe();
}

void field::set_warning(const QString& sentence) {
  error_.clear();
  warning_ = sentence;
  describe();
}

void field::describe() {
  const bool wrong = !error_.isEmpty();
  const bool odd = !warning_.isEmpty();
  below_->setText(wrong ? QStringLiteral("✗ ") + error_ : odd ? QStringLiteral("⚠ ") + warning_ : hint_);
  auto colours = palette();
  colours.setColor(QPalette::WindowText, wrong || odd ? colour_of(wrong ? tone::bad : tone::warning, palette())
                                                      : palette().color(QPalette::PlaceholderText));
  below_->setPalette(colours);
  below_->setVisible(!below_->text().isEmpty());
  editor_->setAccessibleDescription(wrong ? error_ : odd ? warning_ : hint_);
}

void field::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) describe();
}

}  // namespace keycare::ui
