// applicant_panel.cpp - see applicant_panel.hpp. The words are the guide's, section 2 step 3.
#include "plugins/unlock/ui/applicant_panel.hpp"

#include "plugins/common/ui/field.hpp"
#include "plugins/common/ui/text.hpp"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace keycare::unlock {

namespace {

constexpr std::array kinds = {"resident-id", "hk-macau-permit", "taiwan-permit", "passport", "social-credit-code"};

QLineEdit* make_line(QWidget* parent, const char* name, int most) {
  auto* line = new QLineEdit(parent);
  line->setObjectName(QString::fromLatin1(name));
  line->setMaxLength(most);
  return line;
}

}  // namespace

applicant_panel::applicant_panel(QWidget* parent)
    : panel(parent),
      token_(new QLabel(this)),
      intro_(new QLabel(this)),
      kind_(new QComboBox(this)),
      number_(make_line(this, "idNumber", 32)),
      name_(make_line(this, "name", 60)),
      phone_(make_line(this, "phone", 20)),
      rows_{row{"id_type", new ui::field(kind_, true, this)}, row{"id_number", new ui::field(number_, true, this)},
            row{"name", new ui::field(name_, true, this)}, row{"phone", new ui::field(phone_, true, this)}},
      send_(make_button(this, "submit")),
      previous_(make_button(this, "previous")) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  for (auto* label : {token_, intro_}) {
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    column->addWidget(label);
  }
  for (const auto& one : rows_) {
    one.shown->setMaximumWidth(fontMetrics().averageCharWidth() * 70);
    column->addWidget(one.shown);
  }
  auto* buttons = new QHBoxLayout;
  buttons->addWidget(send_);
  buttons->addWidget(previous_);
  buttons->addStretch(1);
  column->addLayout(buttons);
  column->addStretch(1);

  kind_->setObjectName("idType");
  for (const auto* kind : kinds) kind_->addItem(QString(), QString::fromLatin1(kind));
  phone_->setInputMethodHints(Qt::ImhDigitsOnly);
  send_->setDefault(true);
  connect(kind_, &QComboBox::activated, this, [this] {
    retranslate();
    left(0);
  });
  connect(number_, &QLineEdit::editingFinished, this, [this] { left(1); });
  connect(name_, &QLineEdit::editingFinished, this, [this] { left(2); });
  connect(phone_, &QLineEdit::editingFinished, this, [this] { left(3); });
  connect(send_, &QPushButton::clicked, this, [this] {
    if (submit_) submit_();
  });
  connect(previous_, &QPushButton::clicked, this, [this] {
    if (back_) back_();
  });
  retranslate();
}

void applicant_panel::left(std::size_t which) {
  rows_[which].left = true;
  if (check_) check_();
}

void applicant_panel::set_pin(const pin_view& which) {
  pin_ = which;
  token_->setText(pin_.name());
}

nlohmann::json applicant_panel::form() const {
  return {{"id_type", ui::to_utf8(kind_->currentData().toString())},
          {"id_number", ui::to_utf8(number_->text())},
          {"name", ui::to_utf8(name_->text())},
          {"phone", ui::to_utf8(phone_->text())}};
}

bool applicant_panel::show_problems(const nlohmann::json& problems) {
  for (auto& one : rows_) {
    QString wrong;
    if (problems.is_array())
      for (const auto& problem : problems)
        if (wrong.isEmpty() && ui::text_of(problem, "field") == QLatin1String(one.member))
          wrong = ui::text_of(problem, "text");
    one.shown->set_error(one.left ? wrong : QString());
  }
  return problems.is_array() && problems.empty();
}

bool applicant_panel::show_all_problems(const nlohmann::json& problems) {
  for (auto& one : rows_) one.left = true;
  const bool good = show_problems(problems);
  for (auto& one : rows_) {
    if (one.shown->error().isEmpty()) continue;
    one.shown->editor()->setFocus(Qt::OtherFocusReason);
    break;
  }
  return good;
}

bool applicant_panel::touched() const {
  return std::any_of(rows_.begin(), rows_.end(), [](const auto& one) { return one.left; });
}

void applicant_panel::clear() {
  for (auto* line : {number_, name_, phone_}) line->setText({});  // and not clear(), which could be undone
  kind_->setCurrentIndex(0);
  for (auto& one : rows_) {
    one.left = false;
    one.shown->set_error({});
  }
  retranslate();
}

void applicant_panel::retranslate() {
  token_->setText(pin_.name());
  intro_->setText(
      tr("Fill in the applicant's data exactly as in your last business with us. Data that differ are "
         "looked at by a person, which takes longer."));
  kind_->setItemText(0, tr("Resident identity card"));
  kind_->setItemText(1, tr("Mainland travel permit for Hong Kong and Macau residents"));
  kind_->setItemText(2, tr("Mainland travel permit for Taiwan residents"));
  kind_->setItemText(3, tr("Passport"));
  kind_->setItemText(4, tr("Unified social credit code"));
  kind_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  rows_[0].shown->set_texts(tr("Applicant's kind of document"), {});
  rows_[1].shown->set_texts(tr("Applicant's document number"), kind_->currentIndex() == 0
                                                                   ? tr("A true and valid resident identity number")
                                                                   : tr("A true and valid number, as on the document"));
  rows_[2].shown->set_texts(tr("Applicant's name"), tr("The applicant's true name; it belongs to the document number"));
  rows_[3].shown->set_texts(tr("Mobile number"),
                            tr("The mobile number on record; the code from the text message goes there"));
  set_button(send_, tr("Submit"));
  set_button(previous_, tr("Previous step"));
}

void applicant_panel::focus_first() {
  for (auto* line : {number_, name_, phone_})
    if (line->text().isEmpty()) return line->setFocus(Qt::OtherFocusReason);
  send_->setFocus(Qt::OtherFocusReason);
}

}  // namespace keycare::unlock
