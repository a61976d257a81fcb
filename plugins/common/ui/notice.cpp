// notice.cpp - see notice.hpp.
#include "plugins/common/ui/notice.hpp"

#include "plugins/common/ui/state_mark.hpp"
#include "plugins/common/ui/text.hpp"

#include <QAccessible>
#include <QCoreApplication>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

namespace keycare::ui {

notice::notice(QWidget* parent)
    : QWidget(parent),
      shape_(new shape(this)),
      text_(new QLabel(this)),
      code_(new QLabel(this)),
      buttons_(new QHBoxLayout) {
  setObjectName("notice");
  auto* grid = new QGridLayout(this);
  grid->setContentsMargins(12, 10, 12, 10);
  grid->setHorizontalSpacing(10);
  grid->addWidget(shape_, 0, 0, Qt::AlignTop);
  grid->addWidget(text_, 0, 1);
  grid->addWidget(code_, 1, 1);
  grid->addLayout(buttons_, 2, 1);
  grid->setColumnStretch(1, 1);
  buttons_->addStretch(1);
  text_->setObjectName("noticeText");
  text_->setWordWrap(true);
  text_->setTextFormat(Qt::PlainText);
  text_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  code_->setObjectName("noticeCode");
  code_->setTextFormat(Qt::PlainText);
  code_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  code_->setForegroundRole(QPalette::PlaceholderText);
  hide();
}

void notice::say(tone how, const QString& text) {
  drop_buttons();
  tone_ = how;
  static_cast<shape*>(shape_)->set_tone(how);
  text_->setText(text);
  text_->setAccessibleName(text);
  code_->hide();
  show();
  update();
  QAccessibleEvent alert(this, QAccessible::Alert);
  QAccessible::updateAccessibility(&alert);
}

void notice::say(const error& why, const QString& sentence) {
  say(why.status == KC_E_CANCELLED ? tone::notice : tone::bad,
      sentence.isEmpty() ? QCoreApplication::translate("notice", "It did not work.") : sentence);
  code_->setText(QCoreApplication::translate("notice", "Support code: %1").arg(from_utf8(why.code)));
  code_->setAccessibleName(code_->text());
  code_->show();
}

void notice::clear() {
  hide();
  text_->clear();
  drop_buttons();
}

/// What they would do again may hold what was typed: it goes with them.
void notice::drop_buttons() {
  while (buttons_->count() > 1) {
    const std::unique_ptr<QLayoutItem> item(buttons_->takeAt(1));
    if (item->widget() == nullptr) continue;
    item->widget()->hide();
    item->widget()->deleteLater();  // it may be the one that was pressed
  }
}

QPushButton* notice::add_button(const QString& text, std::function<void()> pressed) {
  auto* button = new QPushButton(text, this);
  button->setAccessibleName(text);
  connect(button, &QPushButton::clicked, this, [pressed = std::move(pressed)] { pressed(); });
  buttons_->addWidget(button);
  button->show();  // the layout would do so after this turn only, and the notice grow once more
  return button;
}

QString notice::text() const {
  return text_->text();
}

void notice::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(colour_of(tone_, palette()));
  painter.setBrush(ground_of(tone_, palette()));
  painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
}

}  // namespace keycare::ui
