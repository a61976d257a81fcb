// code_panel.cpp - see code_panel.hpp.
#include "plugins/unlock/ui/code_panel.hpp"

#include "plugins/common/ui/field.hpp"
#include "plugins/common/ui/harmless.hpp"
#include "plugins/common/ui/text.hpp"

#include <QDateTime>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpressionValidator>
#include <QShowEvent>
#include <QVBoxLayout>

#include <algorithm>

namespace keycare::unlock {

using namespace std::chrono_literals;

namespace {
/// The RA's clock may differ from this computer's: nobody is kept waiting longer than this. Seconds.
constexpr std::int64_t longest_wait = 60;

/// Also in the memory that others share with @p text.
void wipe(QString text) {
  if (!text.data_ptr().isMutable()) return;  // a constant of the program, and nobody's secret
  auto* const at = const_cast<QChar*>(text.constData());
  std::fill(at, at + text.size(), QChar(u'0'));
}
}  // namespace

code_panel::code_panel(QWidget* parent)
    : panel(parent),
      why_(new QLabel(this)),
      sent_(new QLabel(this)),
      code_(new QLineEdit(this)),
      field_(new ui::field(code_, true, this)),
      confirm_(make_button(this, "confirmCode")),
      again_(make_button(this, "resendCode")) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  for (auto* label : {why_, sent_}) {
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    column->addWidget(label);
  }
  sent_->setObjectName("codeSent");
  column->addWidget(field_);
  auto* buttons = new QHBoxLayout;
  buttons->addWidget(confirm_);
  buttons->addWidget(again_);
  buttons->addStretch(1);
  column->addLayout(buttons);
  column->addStretch(1);

  code_->setObjectName("code");
  code_->setEchoMode(QLineEdit::Password);
  code_->setInputMethodHints(Qt::ImhDigitsOnly | Qt::ImhSensitiveData | Qt::ImhHiddenText);
  // Digits, wide ones too, and the space that some telephones put between them.
  code_->setValidator(new QRegularExpressionValidator(QRegularExpression("[0-9\\x{ff10}-\\x{ff19} ]{0,8}"), code_));
  field_->setMaximumWidth(fontMetrics().averageCharWidth() * 48);
  confirm_->setDefault(true);
  confirm_->setEnabled(false);
  connect(code_, &QLineEdit::textChanged, this, [this](const QString& typed) {
    const auto digits = std::count_if(typed.begin(), typed.end(), [](QChar one) { return one.isDigit(); });
    confirm_->setEnabled(digits == 6);
  });
  connect(confirm_, &QPushButton::clicked, this, [this] {
    auto code = ui::to_utf8(code_->text());
    field_->set_error({});
    if (entered_) entered_(code);
    std::fill(code.begin(), code.end(), '0');
  });
  connect(again_, &QPushButton::clicked, this, [this] {
    forget_code();
    field_->set_error({});
    if (resend_) resend_();
  });
  each_second_.callOnTimeout([this] { count_down(); });
  retranslate();
}

void code_panel::set_sent(const nlohmann::json& sent, int left, bool first) {
  const std::int64_t now = QDateTime::currentSecsSinceEpoch();
  phone_ = ui::harmless(ui::text_of(sent, "phone"), ui::breaks::anywhere, 32);
  until_ = ui::number_of(sent, "expires_at");
  resend_at_ = std::min(ui::number_of(sent, "resend_at"), now + longest_wait);
  left_ = left;
  first_ = first;
  forget_code();
  field_->set_error({});
  retranslate();
}

void code_panel::set_error(const QString& sentence) {
  field_->set_error(sentence);
  code_->setFocus(Qt::OtherFocusReason);
}

void code_panel::forget_code() {
  wipe(code_->text());
  code_->clear();
}

bool code_panel::holds_code() const {
  return !code_->text().isEmpty();
}

void code_panel::count_down() {
  const auto wait = resend_at_ - QDateTime::currentSecsSinceEpoch();
  again_->setEnabled(wait <= 0);
  set_button(again_, wait > 0 ? tr("Send another code (%1 s)").arg(wait) : tr("Send another code"));
  if (wait <= 0)
    each_second_.stop();
  else if (isVisible() && !each_second_.isActive())
    each_second_.start(1s);
}

void code_panel::retranslate() {
  why_->setText(first_ ? tr("The code proves that it is you who applies.")
                       : tr("It was approved. The code releases the unlock; then a dialog asks for your new PIN. "
                            "Attempts left on this application: %1.")
                             .arg(left_));
  sent_->setText(tr("A code was sent to the mobile phone on record, %1. It is good until %2.")
                     .arg(phone_, QDateTime::fromSecsSinceEpoch(until_).toString("HH:mm")));
  field_->set_texts(tr("Code from the text message"), tr("Six digits; they are not shown while you type"));
  set_button(confirm_, tr("Confirm"));
  count_down();
}

void code_panel::focus_first() {
  code_->setFocus(Qt::OtherFocusReason);
}

void code_panel::showEvent(QShowEvent* event) {
  panel::showEvent(event);
  each_second_.start(1s);
  count_down();
}

void code_panel::hideEvent(QHideEvent* event) {
  panel::hideEvent(event);
  // Who only minimises the window, to read the telephone's message elsewhere, comes back to it.
  if (!event->spontaneous()) forget_code();
  each_second_.stop();
}

}  // namespace keycare::unlock
