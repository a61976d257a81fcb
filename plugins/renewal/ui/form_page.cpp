// form_page.cpp - see form_page.hpp.
#include "plugins/renewal/ui/form_page.hpp"

#include "plugins/common/ui/harmless.hpp"
#include "plugins/common/ui/text.hpp"
#include "plugins/renewal/ui/field_words.hpp"
#include "plugins/renewal/ui/format.hpp"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace keycare::renewal {

form_page::form_page(const ui::page_links& links, std::shared_ptr<kept_entries> kept, hooks tell, QWidget* parent)
    : sheet(parent),
      tell_(std::move(tell)),
      kept_(std::move(kept)),
      basics_(plain_label(this)),
      subject_(plain_label(this, "subject")),
      fee_(plain_label(this, "fee")),
      until_(plain_label(this, "until")),
      details_(plain_label(this, "feeDetails")),
      persons_(plain_label(this)),
      bids_(plain_label(this)),
      bids_error_(toned_label(this, ui::tone::bad, "bidsError")),
      subject_field_(new ui::field(subject_, true, this)),
      months_field_(nullptr),
      fee_field_(nullptr),
      until_field_(new ui::field(until_, false, this)),
      months_(new QComboBox(this)),
      more_(push_button(this, "feeMore")),
      back_(push_button(this, "back")),
      submit_(push_button(this, "submit")),
      fields_(new form_fields(links.commands, "form", this)),
      know_(new QCheckBox(this)),
      quoting_(links.commands, {
                                   .replied =
                                       [this](const nlohmann::json& reply) {
                                         quote_ = ui::part_of(reply, "data");
                                         show_quote();
                                       },
                                   .failed = [this](const error& why, const QString& said) { tell_.failed(why, said); },
                                   .busy_changed = [this] { show_quote(); },
                               }) {
  setObjectName("formPage");
  for (auto* head : {basics_, persons_}) {
    auto font = head->font();
    font.setBold(true);
    head->setFont(font);
  }
  months_->setObjectName("months");
  for (const int months : {12, 24, 36, 48, 60}) months_->addItem(QString(), months);
  months_field_ = new ui::field(months_, true, this);
  auto* fee_editor = new QWidget(this);
  auto* fee_row = new QHBoxLayout(fee_editor);
  fee_row->setContentsMargins(0, 0, 0, 0);
  fee_row->setSpacing(fontMetrics().height() / 2);
  fee_row->addWidget(fee_);
  fee_row->addWidget(more_);
  fee_row->addStretch(1);
  fee_->setWordWrap(false);
  fee_field_ = new ui::field(fee_editor, false, this);
  more_->setCheckable(true);
  details_->hide();

  column()->addWidget(basics_);
  column()->addWidget(subject_field_);
  auto* term = new QHBoxLayout;
  term->setSpacing(fontMetrics().height() * 3 / 2);
  term->addWidget(months_field_, 1, Qt::AlignTop);
  term->addWidget(until_field_, 1, Qt::AlignTop);
  column()->addLayout(term);
  column()->addWidget(fee_field_);
  column()->addWidget(details_);
  column()->addSpacing(fontMetrics().height() / 2);
  column()->addWidget(persons_);
  add_applicant_fields(*fields_);
  column()->addWidget(fields_);
  column()->addSpacing(fontMetrics().height() / 2);
  column()->addWidget(bids_);
  column()->addWidget(know_);
  column()->addWidget(bids_error_);
  know_->setObjectName("acknowledgeBids");
  // The button below must not move away under the press that makes this appear.
  auto keeps_its_place = bids_error_->sizePolicy();
  keeps_its_place.setRetainSizeWhenHidden(true);
  bids_error_->setSizePolicy(keeps_its_place);
  bids_error_->hide();
  auto* row = add_buttons();
  row->insertWidget(0, back_);
  row->addWidget(submit_);
  column()->addStretch(1);
  set_default(submit_);
  set_way_back(back_);

  connect(months_, &QComboBox::activated, this, [this] {
    kept_->months = months_->currentData().toInt();
    ask_quote();
  });
  connect(more_, &QPushButton::toggled, details_, &QLabel::setVisible);
  connect(back_, &QPushButton::clicked, this, [this] { tell_.back(); });
  connect(submit_, &QPushButton::clicked, this, [this] { submit(); });
  connect(know_, &QCheckBox::toggled, this, [this](bool ticked) {
    if (ticked) say_bids(false);
  });
  fields_->on_edited([this] { kept_->form = fields_->value(); });
  retranslate();
}

void form_page::begin(const nlohmann::json& certificate) {
  certificate_ = certificate;
  set_label(subject_, ui::harmless(ui::text_of(certificate, "subject")));
  fields_->forget_errors();
  fields_->set_value(kept_->form);
  name_applicant_fields(*fields_);  // of the kind of document that was chosen
  months_->setCurrentIndex(std::max(0, months_->findData(kept_->months)));
  know_->setChecked(false);
  say_bids(false);
  ask_quote();
}

void form_page::forget() {
  kept_->forget_application();
  fields_->clear();
}

void form_page::ask_quote() {
  quote_ = nullptr;
  quoting_.start("quote", {{"certificate", ui::to_utf8(ui::text_of(certificate_, "sha256"))},
                           {"token", ui::to_utf8(ui::text_of(ui::part_of(certificate_, "token"), "serial"))},
                           {"months", months_->currentData().toInt()}});
}

void form_page::show_quote() {
  const auto& quote = ui::part_of(quote_, "quote");
  const bool known = quote.is_object();
  const auto nothing = quoting_.busy() ? tr("is being asked for …") : tr("unknown");
  set_label(fee_, known ? tr("%1 (unit: yuan)").arg(yuan_text(ui::number_of(quote, "fee_fen"))) : nothing);
  set_label(until_, known ? tr("%1 → %2").arg(day_text(ui::number_of(certificate_, "not_after")),
                                              day_text(ui::number_of(quote, "new_not_after")))
                          : nothing);
  set_label(details_, ui::lines_of(ui::part_of(quote_, "details")));
  more_->setEnabled(known);
  submit_->setEnabled(known);
}

void form_page::submit() {
  fields_->check_all([this](bool fits) {
    say_bids(!know_->isChecked());
    if (!fits || !isVisible()) return;  // who went back meanwhile does not apply
    if (!know_->isChecked()) return know_->setFocus(Qt::OtherFocusReason);
    tell_.submit({{"months", months_->currentData().toInt()},
                  {"fee_fen", ui::number_of(ui::part_of(quote_, "quote"), "fee_fen")},
                  {"acknowledge_bids", true},
                  {"form", fields_->value()}});
  });
}

void form_page::say_bids(bool missing) {
  set_label(bids_error_, QStringLiteral("✗ ") + tr("Please tick that you know this, then submit again."));
  bids_error_->setVisible(missing);
}

void form_page::retranslate() {
  set_heading(tr("Application for the renewal of a digital certificate"));
  set_label(basics_, tr("Basics"));
  set_label(persons_, tr("Applicant"));
  subject_field_->set_texts(tr("Subject"), {});
  months_field_->set_texts(tr("Term"), tr("Choose the term of the renewal; the fee depends on it"));
  for (int i = 0; i < months_->count(); ++i) months_->setItemText(i, tr("%1 months").arg(months_->itemData(i).toInt()));
  fee_field_->set_texts(tr("Fee"), {});
  until_field_->set_texts(tr("Valid until (now → renewed)"), {});
  set_button(more_, tr("Details"), tr("What the fee contains"));
  name_applicant_fields(*fields_);
  set_label(bids_,
            tr("Please note: the new certificate cannot open files that were encrypted to the old one (bids, for "
               "example). The old certificate stays on the token: do not delete it."));
  know_->setText(tr("I know this, and keep the old certificate"));
  know_->setAccessibleName(know_->text());
  know_->setAccessibleDescription(bids_->text());
  set_button(back_, tr("Back"));
  set_button(submit_, tr("Submit"), tr("The PIN of the token is asked for next"));
  say_bids(bids_error_->isVisible());
  show_quote();
}

void form_page::reload() {
  if (certificate_.is_object() && isVisible()) ask_quote();
  fields_->check_again();
}

}  // namespace keycare::renewal
