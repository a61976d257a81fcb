// agreement_page.cpp - see agreement_page.hpp.
#include "plugins/renewal/ui/agreement_page.hpp"

#include "plugins/common/ui/text.hpp"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QTimer>
#include <QVBoxLayout>

#include <cmath>

namespace keycare::renewal {

agreement_page::agreement_page(hooks tell, QWidget* parent)
    : sheet(parent),
      tell_(std::move(tell)),
      documents_{make_document("agreementText", "acceptAgreement"),
                 make_document("personalDataText", "acceptPersonalData")},
      back_(push_button(this, "back")),
      next_(push_button(this, "next")) {
  setObjectName("agreementPage");
  for (auto& one : documents_) {
    auto* bar = one.text->verticalScrollBar();
    connect(bar, &QScrollBar::valueChanged, this, [this, &one] { look_later(one); });
    connect(bar, &QScrollBar::rangeChanged, this, [this, &one] { look_later(one); });
    connect(one.accept, &QCheckBox::toggled, this, [this] { say_how_far(); });
  }
  auto* row = add_buttons();
  row->insertWidget(0, back_);
  row->addWidget(next_);
  column()->addStretch();
  connect(back_, &QPushButton::clicked, this, [this] { tell_.back(); });
  connect(next_, &QPushButton::clicked, this, [this] {
    tell_.next({{"accept_agreement", documents_[0].sha256}, {"accept_personal_data", documents_[1].sha256}});
  });
  set_default(next_);
  set_way_back(back_);
  retranslate();
}

agreement_page::document agreement_page::make_document(const char* text_name, const char* box_name) {
  document one{
      plain_label(this), new QPlainTextEdit(this), new QCheckBox(this), toned_label(this, ui::tone::faded), {}, false};
  auto font = one.name->font();
  font.setBold(true);
  one.name->setFont(font);
  one.text->setObjectName(text_name);
  one.text->setReadOnly(true);
  one.text->setTabChangesFocus(true);
  one.text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  one.text->setMinimumHeight(fontMetrics().lineSpacing() * 6);
  one.accept->setObjectName(box_name);
  column()->addWidget(one.name);
  column()->addWidget(one.text, 1);
  auto* row = new QHBoxLayout;
  row->addWidget(one.accept);
  row->addWidget(one.hint, 1);
  column()->addLayout(row);
  return one;
}

void agreement_page::show_documents(const nlohmann::json& data) {
  const char* roles[] = {"agreement", "personal_data"};
  for (std::size_t i = 0; i < documents_.size(); ++i) {
    auto& one = documents_[i];
    const auto& from = ui::part_of(data, roles[i]);
    one.sha256 = ui::to_utf8(ui::text_of(from, "sha256"));
    one.read = false;
    one.accept->setChecked(false);
    one.text->setPlainText(ui::text_of(from, "text"));
    one.text->verticalScrollBar()->setValue(0);
    look_later(one);
  }
  say_how_far();
}

void agreement_page::look_later(document& one) {
  QTimer::singleShot(0, this, [this, &one] {
    fit(one);
    look_how_far(one);
  });
}

/// No taller than its text, which leaves the room to the other one.
void agreement_page::fit(document& one) {
  const auto* text = one.text->document();
  const auto lines = static_cast<int>(std::ceil(text->size().height())) + 1;  // of a plain text it is counted in lines
  const auto around = 2 * one.text->frameWidth() + static_cast<int>(2 * text->documentMargin());
  one.text->setMaximumHeight(std::max(one.text->minimumHeight(), lines * fontMetrics().lineSpacing() + around));
}

void agreement_page::look_how_far(document& one) {
  if (one.read || !one.text->isVisible() || one.sha256.empty()) return;
  const auto* bar = one.text->verticalScrollBar();
  one.read = bar->value() >= bar->maximum();
  if (one.read) say_how_far();
}

void agreement_page::say_how_far() {
  bool all = true;
  for (auto& one : documents_) {
    one.accept->setEnabled(one.read);
    one.hint->setVisible(!one.read);
    all = all && one.accept->isChecked();
  }
  next_->setEnabled(all);
}

void agreement_page::showEvent(QShowEvent* event) {
  sheet::showEvent(event);
  for (auto& one : documents_) look_later(one);
}

void agreement_page::resizeEvent(QResizeEvent* event) {
  sheet::resizeEvent(event);
  for (auto& one : documents_) look_later(one);
}

void agreement_page::retranslate() {
  set_heading(tr("Application for a renewal"));
  set_label(documents_[0].name, tr("Service agreement (please read it carefully)"));
  set_label(documents_[1].name, tr("How personal data are used"));
  documents_[0].accept->setText(tr("I accept the service agreement"));
  documents_[1].accept->setText(tr("I agree to this use of personal data"));
  for (auto& one : documents_) {
    one.text->setAccessibleName(one.name->text());
    one.accept->setAccessibleName(one.accept->text());
    set_label(one.hint, tr("Please read the text above to its end first."));
    one.accept->setAccessibleDescription(one.hint->text());
  }
  set_button(back_, tr("Back"));
  set_button(next_, tr("Next"), tr("Possible after both boxes are ticked"));
  say_how_far();
}

}  // namespace keycare::renewal
