// token_panel.cpp - see token_panel.hpp.
#include "plugins/unlock/ui/token_panel.hpp"

#include "plugins/common/ui/state_mark.hpp"

#include <QButtonGroup>
#include <QCheckBox>
#include <QHBoxLayout>
#include <QRadioButton>
#include <QStyle>
#include <QVBoxLayout>

#include <algorithm>

namespace keycare::unlock {

namespace {

QLabel* make_label(QWidget* parent) {
  auto* label = new QLabel(parent);
  label->setTextFormat(Qt::PlainText);
  label->setWordWrap(true);
  return label;
}

}  // namespace

token_panel::token_panel(QWidget* parent)
    : panel(parent),
      intro_(make_label(this)),
      place_(new QVBoxLayout),
      advice_(make_label(this)),
      forgotten_(new QCheckBox(this)),
      look_(make_button(this, "lookAgain")),
      next_(make_button(this, "next")) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(intro_);
  column->addLayout(place_);
  column->addWidget(advice_);
  column->addWidget(forgotten_);
  auto* buttons = new QHBoxLayout;
  buttons->addWidget(next_);
  buttons->addWidget(look_);
  buttons->addStretch(1);
  column->addLayout(buttons);
  column->addStretch(1);
  advice_->setObjectName("advice");
  forgotten_->setObjectName("forgotten");
  next_->setDefault(true);
  connect(forgotten_, &QCheckBox::toggled, this, [this] { describe(); });
  connect(look_, &QPushButton::clicked, this, [this] {
    if (again_) again_();
  });
  connect(next_, &QPushButton::clicked, this, [this] {
    const auto* one = selected();
    if (one == nullptr || !chosen_) return;
    const auto copy = *one;
    chosen_(copy, !copy.locked);
  });
  retranslate();
}

const pin_view* token_panel::selected() const {
  const auto found =
      std::find_if(pins_.begin(), pins_.end(), [&](const auto& one) { return choice_ && one.is_same(*choice_); });
  return found == pins_.end() ? nullptr : &*found;
}

void token_panel::set_pins(std::vector<pin_view> pins) {
  pins_ = std::move(pins);
  if (selected() == nullptr) {
    choice_.reset();
    forgotten_->setChecked(false);
  }
  if (pins_.size() == 1) choice_ = pins_.front();
  build();
  describe();
}

void token_panel::build() {
  const bool had_focus = list_ != nullptr && list_->isAncestorOf(focusWidget());
  if (list_ != nullptr) {
    list_->hide();
    list_->deleteLater();  // a radio button of it may be telling us this
  }
  list_ = new QWidget(this);
  group_ = new QButtonGroup(list_);
  auto* column = new QVBoxLayout(list_);
  column->setContentsMargins(0, 0, 0, 0);
  QWidget* before = nullptr;
  for (const auto& one : pins_) {
    auto* choice = new QRadioButton(list_);
    // Radio buttons do not wrap, and know mnemonics: an ampersand of the token's is none.
    choice->setText(one.name().replace('&', "&&"));
    choice->setAccessibleName(one.label + " " + one.name());
    choice->setObjectName("token-" + one.serial + (one.several ? "-" + one.application : QString()));
    choice->setChecked(choice_ && one.is_same(*choice_));
    group_->addButton(choice);
    column->addWidget(choice);
    auto* states = new QVBoxLayout;
    states->setContentsMargins(choice->style()->pixelMetric(QStyle::PM_ExclusiveIndicatorWidth) + 6, 0, 0, 6);
    if (!one.label.isEmpty()) {
      auto* label = make_label(list_);
      label->setText(one.label);
      states->addWidget(label);
    }
    const auto say = [&](ui::tone how, const QString& word) {
      auto* mark = new ui::state_mark(list_);
      mark->setObjectName("tokenState");
      mark->set(how, word);
      states->addWidget(mark);
    };
    if (!one.there) say(ui::tone::faded, tr("Not plugged in"));
    if (one.busy) say(ui::tone::warning, tr("It does not answer. Unplug it and plug it in again."));
    if (!one.text.isEmpty()) say(one.tone, one.locked ? tr("PIN locked") : one.text);
    if (!one.unlock.isEmpty()) say(ui::tone::notice, tr("Its unlock is under way"));
    column->addLayout(states);
    connect(choice, &QRadioButton::toggled, this, [this, one](bool on) {
      if (!on) return;
      choice_ = one;
      forgotten_->setChecked(false);
      describe();
    });
    if (before != nullptr) setTabOrder(before, choice);
    before = choice;
    if (had_focus && choice->isChecked()) choice->setFocus(Qt::OtherFocusReason);
  }
  place_->addWidget(list_);
  list_->show();
  setTabOrder(before != nullptr ? before : list_, forgotten_);
  setTabOrder(forgotten_, next_);
  setTabOrder(next_, look_);
}

void token_panel::describe() {
  const auto* one = selected();
  const bool open = one != nullptr && !one->unlock.isEmpty();
  const bool can = one != nullptr && one->can_unlock && !one->busy;
  const bool only_forgotten = can && !open && !one->locked;
  QString advice;
  if (pins_.empty())
    advice = tr("No token was found. Plug in the token that you want to unlock.");
  else if (one == nullptr && pins_.front().serial == pins_.back().serial)
    advice = tr("This token has several applications, each with a PIN of its own. Choose the one to unlock.");
  else if (one == nullptr)
    advice = tr("There are several tokens. Choose the one by the serial number printed on it.");
  else if (open)
    advice = tr("You have applied already. Go on with it; there is no need to apply again.");
  else if (one->busy)
    advice = tr("This token does not answer. Unplug it, plug it in again, and look again.");
  else if (!one->can_unlock)
    advice = tr("This token cannot be unlocked online. Please call the hotline below.");
  else if (only_forgotten)
    advice = tr("The PIN is not locked; you can still enter it. Go on only if you have forgotten it.");
  else
    advice =
        tr("The PIN was entered wrongly too many times in a row, so the token was locked. Certificates and keys "
           "on it are safe. Next: the applicant's data.");
  advice_->setText(advice);
  forgotten_->setVisible(only_forgotten);
  next_->setEnabled(open || (can && (one->locked || forgotten_->isChecked())));
  next_->setVisible(!pins_.empty());
  set_button(next_, open ? tr("Go on") : tr("Next"));
}

void token_panel::retranslate() {
  intro_->setText(
      tr("If the PIN is locked or forgotten: prove who you are, wait for the review, and set a new PIN. It takes three "
         "things: this token, the data of your last business, and the mobile phone on record."));
  forgotten_->setText(tr("I have forgotten the PIN"));
  forgotten_->setAccessibleName(forgotten_->text());
  set_button(look_, tr("Look again"));
  look_->setAccessibleDescription(tr("Looks for tokens and reads the state of their PINs"));
  build();
  describe();
}

void token_panel::focus_first() {
  if (next_->isVisible() && next_->isEnabled()) return next_->setFocus(Qt::OtherFocusReason);
  if (forgotten_->isVisible()) return forgotten_->setFocus(Qt::OtherFocusReason);
  const auto all = group_->buttons();
  if (!all.empty()) return all.front()->setFocus(Qt::OtherFocusReason);
  look_->setFocus(Qt::OtherFocusReason);
}

}  // namespace keycare::unlock
