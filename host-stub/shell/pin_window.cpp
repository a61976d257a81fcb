// pin_window.cpp - see pin_window.hpp.
#include "host-stub/shell/pin_window.hpp"

#include "host-stub/shell/pin_field.hpp"
#include "host-stub/shell/text.hpp"
#include "host-stub/shell/tones.hpp"

#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QKeyEvent>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QScrollBar>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

namespace keycare::shell {
namespace {

using services::prompt_purpose;

bool asks_new(const services::prompt_view& view) {
  return view.purpose == prompt_purpose::new_on_change || view.purpose == prompt_purpose::new_on_unlock;
}

template <class Label = QLabel>
Label* line(QWidget* parent, const char* name) {
  auto* out = new Label(parent);
  out->setObjectName(name);
  out->setTextFormat(Qt::PlainText);
  out->setWordWrap(true);
  return out;
}

}  // namespace

pin_window::pin_window(QWidget* parent, std::function<void()> forgotten)
    : QDialog(parent),
      forgotten_(std::move(forgotten)),
      sentence_(line(this, "pinSentence")),
      token_(line(this, "pinToken")),
      first_line_(line(this, "pinWhat")),
      more_lines_(line(nullptr, "pinMore")),
      problem_(line<toned_label>(this, "pinProblem")),
      warnings_(line<toned_label>(this, "pinWarnings")),
      pin_label_(line(this, "pinLabel")),
      again_label_(line(this, "pinAgainLabel")),
      tries_(line(this, "pinTries")),
      policy_lines_(line(this, "pinPolicy")),
      details_(new QToolButton(this)),
      more_(new QScrollArea(this)),
      pin_(new pin_field(this)),
      again_(new pin_field(this)),
      busy_(new QProgressBar(this)),
      buttons_(new QDialogButtonBox(this)),
      ok_(buttons_->addButton(QDialogButtonBox::Ok)),
      cancel_(buttons_->addButton(QDialogButtonBox::Cancel)),
      forgotten_button_(buttons_->addButton(QString(), QDialogButtonBox::HelpRole)) {
  setObjectName("pinWindow");
  setWindowModality(Qt::WindowModal);
  auto* column = new QVBoxLayout(this);
  auto bold = sentence_->font();
  bold.setBold(true);
  sentence_->setFont(bold);
  sentence_->setMinimumWidth(fontMetrics().averageCharWidth() * 64);
  column->addWidget(sentence_);
  column->addWidget(token_);
  column->addWidget(first_line_);
  column->addWidget(details_);
  column->addWidget(more_);
  column->addSpacing(fontMetrics().height() / 2);
  column->addWidget(problem_);
  column->addWidget(pin_label_);
  column->addWidget(pin_);
  column->addWidget(again_label_);
  column->addWidget(again_);
  column->addWidget(policy_lines_);
  column->addWidget(tries_);
  column->addWidget(warnings_);
  column->addWidget(busy_);
  column->addWidget(buttons_);
  pin_->setObjectName("pinField");
  again_->setObjectName("pinAgain");
  pin_label_->setBuddy(pin_);
  again_label_->setBuddy(again_);
  details_->setObjectName("pinDetails");
  details_->setCheckable(true);
  details_->setAutoRaise(true);
  details_->setArrowType(Qt::RightArrow);
  details_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  busy_->setRange(0, 0);
  busy_->setTextVisible(false);
  ok_->setObjectName("pinOk");
  cancel_->setObjectName("pinCancel");
  forgotten_button_->setObjectName("pinForgotten");
  ok_->setDefault(true);
  forgotten_button_->setAutoDefault(false);
  cancel_->setAutoDefault(false);
  more_lines_->setAlignment(Qt::AlignTop);
  more_->setObjectName("pinMoreArea");
  more_->setWidget(more_lines_);
  more_->setWidgetResizable(true);
  more_->setFrameShape(QFrame::NoFrame);
  more_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  connect(details_, &QToolButton::toggled, this, [this](bool open) {
    details_->setArrowType(open ? Qt::DownArrow : Qt::RightArrow);
    more_->setVisible(open);
    fit();
  });
  connect(buttons_, &QDialogButtonBox::accepted, this, [this] { accept(); });
  connect(buttons_, &QDialogButtonBox::rejected, this, [this] { reject(); });
  connect(forgotten_button_, &QPushButton::clicked, this, [this] {
    reject();
    if (forgotten_) forgotten_();
  });
  pin_->on_changed([this] { look_at_policy(); });
  again_->on_changed([this] { look_at_policy(); });
}

pin_window::~pin_window() {
  answer(fail(KC_E_CANCELLED, "KC-PIN-CANCELLED"));
}

void pin_window::ask(const services::prompt_view& view, const std::optional<services::new_pin_policy>& policy,
                     answer_function answered) {
  answer(fail(KC_E_CANCELLED, "KC-PIN-CANCELLED"));  // there is none; and if there were, it must not hang
  answered_ = std::move(answered);
  policy_ = policy;
  state_ = state::asking;
  pin_->clear_pin();
  again_->clear_pin();
  show_view(view);
  pin_->setEnabled(true);
  again_->setEnabled(true);
  open();
  pin_->setFocus();
}

void pin_window::tell(const services::prompt_view& view) {
  answer(fail(KC_E_CANCELLED, "KC-PIN-CANCELLED"));
  policy_.reset();
  state_ = state::told;
  pin_->clear_pin();
  again_->clear_pin();
  show_view(view);
  open();
  cancel_->setFocus();
}

void pin_window::over() {
  if (state_ == state::told && isVisible()) return;
  close_with("KC-PIN-CANCELLED");
}

void pin_window::tokens_are(const std::vector<token_info>& there) {
  if (state_ != state::asking) return;
  const bool here = std::any_of(there.begin(), there.end(), [&](const auto& one) { return one.token == view_.token; });
  if (!here) close_with("KC-PIN-TOKEN-GONE");
}

void pin_window::accept() {
  // A double click, or Enter and a click, are two presses; only the first finds the dialog asking.
  if (state_ != state::asking || !ok_->isEnabled()) return;
  state_ = state::verifying;
  auto typed = pin_->pin();
  pin_->clear_pin();
  again_->clear_pin();
  pin_->setEnabled(false);
  again_->setEnabled(false);
  ok_->setEnabled(false);
  problem_->hide();
  busy_->show();
  answer(std::move(typed));
}

void pin_window::reject() {
  if (state_ == state::verifying) return;  // the token is at it; it cannot be taken back
  close_with("KC-PIN-CANCELLED");
}

void pin_window::close_with(const char* code) {
  state_ = state::idle;
  pin_->clear_pin();
  again_->clear_pin();
  hide();
  answer(fail(KC_E_CANCELLED, code));
}

void pin_window::answer(keycare::result<services::secret> what) {
  if (const auto tell = std::exchange(answered_, nullptr)) tell(std::move(what));
}

/// Without a window manager nobody else gives the keyboard back to the window.
void pin_window::hideEvent(QHideEvent* event) {
  QDialog::hideEvent(event);
  if (isActiveWindow() && parentWidget() != nullptr) parentWidget()->window()->activateWindow();
}

void pin_window::keyPressEvent(QKeyEvent* event) {
  // A dialog presses its default button otherwise, whatever has the focus.
  const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
  if (auto* button = qobject_cast<QAbstractButton*>(focusWidget()); enter && button != nullptr) return button->click();
  QDialog::keyPressEvent(event);
}

void pin_window::show_view(const services::prompt_view& view) {
  view_ = view;
  const bool fresh = asks_new(view);
  const bool told = state_ == state::told;
  retitle();
  sentence_->setText(from_utf8(view.sentence));
  token_->setText(tr("Token: %1").arg(from_utf8(view.token_label)));
  token_->setVisible(!view.token_label.empty());
  first_line_->setText(view.lines.empty() ? QString() : from_utf8(view.lines.front()));
  first_line_->setVisible(!view.lines.empty());
  QString more;
  for (std::size_t i = 1; i < view.lines.size(); ++i) more += (i > 1 ? "\n" : "") + from_utf8(view.lines[i]);
  more_lines_->setText(more);
  details_->setVisible(!more.isEmpty());
  details_->setText(tr("Details"));
  more_->setAccessibleName(details_->text());
  more_->setVisible(!more.isEmpty() && details_->isChecked());
  problem_->setVisible(!view.problem.empty());
  problem_->say(tone::bad, from_utf8(view.problem));
  QString warnings;
  for (const auto& one : view.warnings) warnings += (warnings.isEmpty() ? "" : "\n") + from_utf8(one);
  // "One more after this" is worth a word too: the services warn of the last try only.
  if (!fresh && view.warnings.empty() && view.pin.remaining == 2) warnings = tr("Two tries are left.");
  warnings_->setVisible(!warnings.isEmpty() && !told);
  warnings_->say(tone::warning, warnings);
  pin_label_->setText(fresh                                    ? tr("New PIN:")
                      : view.purpose == prompt_purpose::change ? tr("Old PIN:")
                                                               : tr("Enter the PIN:"));
  again_label_->setText(tr("The new PIN again:"));
  pin_->setAccessibleName(pin_label_->text());
  again_->setAccessibleName(again_label_->text());
  pin_->setAccessibleDescription(problem_->isHidden() ? QString() : problem_->text());
  for (QWidget* one : {static_cast<QWidget*>(pin_label_), static_cast<QWidget*>(pin_)}) one->setVisible(!told);
  for (QWidget* one :
       {static_cast<QWidget*>(again_label_), static_cast<QWidget*>(again_), static_cast<QWidget*>(policy_lines_)})
    one->setVisible(fresh && !told);
  const auto left = view.pin.remaining ? QString::number(*view.pin.remaining) : tr("unknown");
  tries_->setText(tr("Tries left: %1").arg(left));
  tries_->setVisible(!fresh && !view.pin.locked());
  busy_->hide();
  busy_->setAccessibleName(tr("The token is checking the PIN"));
  ok_->setVisible(!told);
  forgotten_button_->setVisible(!fresh && forgotten_ != nullptr);
  look_at_policy();
  setMinimumHeight(0);
  setMaximumHeight(QWIDGETSIZE_MAX);
  adjustSize();
  fit();
}

void pin_window::fit() {
  const int lines = fontMetrics().lineSpacing();
  more_->setFixedHeight(lines);
  if (!more_->isHidden()) {
    const auto margins = layout()->contentsMargins();
    const int inner = width() - margins.left() - margins.right() - more_->verticalScrollBar()->sizeHint().width();
    const int room = screen()->availableGeometry().height() - style()->pixelMetric(QStyle::PM_TitleBarHeight) -
                     layout()->totalHeightForWidth(width());
    more_->setFixedHeight(std::clamp(more_lines_->heightForWidth(inner), lines, std::max(room, 4 * lines)));
  }
  // Only what scrolls has to be reached by the keyboard.
  const bool scrolls = more_->height() < more_lines_->heightForWidth(more_->width());
  more_->setFocusPolicy(scrolls ? Qt::StrongFocus : Qt::NoFocus);
  setFixedHeight(layout()->totalHeightForWidth(width()));
}

void pin_window::resizeEvent(QResizeEvent* event) {
  QDialog::resizeEvent(event);
  if (event->oldSize().width() != event->size().width()) fit();
}

void pin_window::retitle() {
  switch (view_.purpose) {
    case prompt_purpose::sign:
      setWindowTitle(tr("PIN dialog"));
      break;
    case prompt_purpose::change:
    case prompt_purpose::new_on_change:
      setWindowTitle(tr("Change the PIN"));
      break;
    case prompt_purpose::new_on_unlock:
      setWindowTitle(tr("Set a new PIN"));
      break;
  }
  ok_->setText(tr("OK"));
  cancel_->setText(state_ == state::told ? tr("Close") : tr("Cancel"));
  forgotten_button_->setText(tr("Forgotten PIN"));
}

void pin_window::look_at_policy() {
  if (state_ != state::asking) return;
  if (!policy_) {
    ok_->setEnabled(!pin_->empty());
    return;
  }
  using services::pin_problem;
  const auto typed = pin_->pin();
  const auto text = typed.text();
  const auto problem = services::new_pin_problem(text, *policy_);
  const bool length = text.size() >= policy_->min && text.size() <= policy_->max;
  const bool characters = !text.empty() && problem != pin_problem::characters &&
                          std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isalnum(c) != 0; });
  const bool strong = length && characters && problem == pin_problem::ok;
  const bool same = !text.empty() && again_->pin() == typed;
  const auto row = [](bool met, const QString& words) { return (met ? "✓ " : "○ ") + words; };
  policy_lines_->setText(row(length, tr("%1 to %2 characters").arg(policy_->min).arg(policy_->max)) + "\n" +
                         row(characters, tr("letters and digits only")) + "\n" +
                         row(strong, tr("not a simple one such as 12345678")) + "\n" +
                         row(same, tr("the same in both fields")));
  policy_lines_->setAccessibleName(policy_lines_->text());
  ok_->setEnabled(strong && same);
}

}  // namespace keycare::shell
