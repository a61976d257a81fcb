// choice_row.cpp - see choice_row.hpp.
#include "plugins/renewal/ui/choice_row.hpp"

#include "plugins/common/ui/harmless.hpp"
#include "plugins/renewal/ui/sheet.hpp"

#include <QGridLayout>
#include <QLabel>
#include <QPushButton>

namespace keycare::renewal {

choice_row::choice_row(QWidget* parent)
    : QFrame(parent),
      title_(plain_label(this)),
      below_(plain_label(this)),
      state_(new ui::state_mark(this)),
      action_(push_button(this, "choose")) {
  setFrameShape(QFrame::StyledPanel);
  auto* grid = new QGridLayout(this);
  grid->addWidget(title_, 0, 0);
  grid->addWidget(below_, 1, 0);
  grid->addWidget(state_, 2, 0);
  grid->addWidget(action_, 0, 1, 3, 1, Qt::AlignVCenter);
  grid->setColumnStretch(0, 1);
  auto font = title_->font();
  font.setBold(true);
  title_->setFont(font);
  state_->hide();
  action_->hide();
}

void choice_row::set_texts(const QString& title, const QString& below) {
  set_label(title_, ui::harmless(title));
  set_label(below_, below);
}

void choice_row::set_state(ui::tone how, const QString& sentence) {
  state_->set(how, sentence);
  state_->setVisible(!sentence.isEmpty());
}

QPushButton* choice_row::set_action(const QString& text, const QString& about, std::function<void()> pressed) {
  set_button(action_, text, about);
  connect(action_, &QPushButton::clicked, this, [pressed = std::move(pressed)] { pressed(); });
  action_->show();
  return action_;
}

}  // namespace keycare::renewal
