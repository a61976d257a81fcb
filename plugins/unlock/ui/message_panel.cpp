// message_panel.cpp - see message_panel.hpp.
#include "plugins/unlock/ui/message_panel.hpp"

#include "plugins/common/ui/state_mark.hpp"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>

namespace keycare::unlock {

message_panel::message_panel(QWidget* parent)
    : panel(parent),
      shape_(new ui::shape(this)),
      heading_(new QLabel(this)),
      text_(new QLabel(this)),
      next_(make_button(this, "messageNext")),
      other_(make_button(this, "messageOther")) {
  auto* grid = new QGridLayout(this);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setHorizontalSpacing(10);
  grid->setVerticalSpacing(10);
  grid->addWidget(shape_, 0, 0, Qt::AlignTop);
  grid->addWidget(heading_, 0, 1);
  grid->addWidget(text_, 1, 1);
  auto* buttons = new QHBoxLayout;
  buttons->addWidget(next_);
  buttons->addWidget(other_);
  buttons->addStretch(1);
  grid->addLayout(buttons, 2, 1);
  grid->setColumnStretch(1, 1);
  grid->setRowStretch(3, 1);
  for (auto* label : {heading_, text_}) {
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
  }
  auto large = heading_->font();
  large.setBold(true);
  large.setPointSizeF(large.pointSizeF() * 1.2);
  heading_->setFont(large);
  shape_->setFont(large);
  heading_->setObjectName("messageHeading");
  text_->setObjectName("messageText");
  text_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  next_->setDefault(true);
  next_->hide();
  other_->hide();
  connect(next_, &QPushButton::clicked, this, [this] {
    if (const auto pressed = on_next_) pressed();  // a copy: it may show another message
  });
  connect(other_, &QPushButton::clicked, this, [this] {
    if (const auto pressed = on_other_) pressed();
  });
}

void message_panel::show_message(ui::tone how, const QString& heading, const QString& text, action next, action other) {
  shape_->set_tone(how);
  heading_->setText(heading);
  heading_->setAccessibleName(heading);
  text_->setText(text);
  text_->setAccessibleName(text);
  text_->setVisible(!text.isEmpty());
  set_button(next_, next.text);
  next_->setVisible(!next.text.isEmpty());
  set_button(other_, other.text);
  other_->setVisible(!other.text.isEmpty());
  on_next_ = std::move(next.pressed);
  on_other_ = std::move(other.pressed);
}

}  // namespace keycare::unlock
