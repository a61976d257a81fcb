// facts_table.cpp - see facts_table.hpp.
#include "plugins/renewal/ui/facts_table.hpp"

#include "plugins/common/ui/harmless.hpp"
#include "plugins/common/ui/text.hpp"
#include "plugins/renewal/ui/format.hpp"
#include "plugins/renewal/ui/sheet.hpp"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace keycare::renewal {

facts_table::facts_table(QWidget* parent) : page(parent), grid_(new QGridLayout(this)), more_(nullptr) {
  grid_->setContentsMargins(0, 0, 0, 0);
  grid_->setHorizontalSpacing(fontMetrics().height());
  grid_->setVerticalSpacing(fontMetrics().height() / 3);
  grid_->setColumnStretch(1, 1);
  number_ = add("orderNumber");
  number_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  subject_ = add("orderSubject");
  token_ = add("orderToken");
  applied_ = add("appliedAt");
  progress_ = add("orderProgress");
  fee_ = add("orderFee");
  more_ = push_button(this, "orderFeeMore");
  more_->setCheckable(true);
  grid_->removeWidget(fee_);
  grid_->setAlignment(lines_.back().name, Qt::AlignVCenter);
  auto* fee_row = new QHBoxLayout;
  fee_row->setSpacing(fontMetrics().height() / 2);
  fee_row->addWidget(fee_);
  fee_row->addWidget(more_);
  fee_row->addStretch(1);
  fee_->setWordWrap(false);
  grid_->addLayout(fee_row, static_cast<int>(lines_.size()) - 1, 1);
  details_ = plain_label(this, "orderFeeDetails");
  details_->hide();
  grid_->addWidget(details_, static_cast<int>(lines_.size()), 1);
  lines_.push_back({nullptr, details_});
  until_ = add("orderUntil");
  applicant_ = add("orderApplicant");
  remark_ = add("orderRemark");
  connect(more_, &QPushButton::toggled, details_, &QLabel::setVisible);
  retranslate();
}

QLabel* facts_table::add(const char* name) {
  const int row = static_cast<int>(lines_.size());
  auto* label = toned_label(this, ui::tone::faded);
  label->setWordWrap(false);
  auto* value = plain_label(this, name);
  // Latin and Chinese glyphs are of different heights: the first lines stand on one level all the same.
  label->setMinimumHeight(fontMetrics().height() * 5 / 4);
  value->setMinimumHeight(fontMetrics().height() * 5 / 4);
  grid_->addWidget(label, row, 0, Qt::AlignTop);
  grid_->addWidget(value, row, 1, Qt::AlignTop);
  lines_.push_back({label, value});
  return value;
}

void facts_table::show_order(const nlohmann::json& order) {
  order_ = order;
  const auto text = [&](const char* name) { return ui::harmless(ui::text_of(order_, name)); };
  set_label(number_, text("number"));
  set_label(subject_, text("subject"));
  set_label(token_, ui::harmless(ui::text_of(ui::part_of(order_, "token"), "serial")));
  set_label(applied_, moment_text(ui::number_of(order_, "applied_at")));
  set_label(progress_, text("progress"));
  const bool priced = order_.is_object() && order_.contains("fee_fen");
  set_label(fee_, priced ? tr("%1 (yuan)").arg(yuan_text(ui::number_of(order_, "fee_fen"))) : QString());
  set_label(until_, priced ? tr("%1 → %2 after renewal")
                                 .arg(day_text(ui::number_of(order_, "old_not_after")),
                                      day_text(ui::number_of(order_, "new_not_after")))
                           : QString());
  set_label(details_, ui::lines_of(ui::part_of(order_, "fee_details")));
  more_->setVisible(!details_->text().isEmpty());
  details_->setVisible(more_->isChecked() && !details_->text().isEmpty());
  const auto& applicant = ui::part_of(order_, "applicant");
  set_label(applicant_,
            ui::harmless(ui::text_of(applicant, "name") + QStringLiteral("  ") + ui::text_of(applicant, "id_number") +
                         QStringLiteral("  ") + ui::text_of(applicant, "phone")));
  set_label(remark_, text("remark"));
  // A fact that is not known yet takes no line, but 业务单号 and 备注 are always looked for.
  for (const auto& [name, value] : lines_) {
    if (name == nullptr) continue;
    const bool shown = value == remark_ || value == number_ || !value->text().isEmpty();
    name->setVisible(shown);
    value->setVisible(shown);
  }
}

void facts_table::retranslate() {
  const QString names[] = {
      tr("Order number"),           tr("Subject"), tr("Token"),       tr("Applied at"), tr("Progress"),
      tr("Fee (without delivery)"), QString(),     tr("Valid until"), tr("Applicant"),  tr("Remark")};
  for (std::size_t i = 0; i < lines_.size(); ++i)
    if (lines_[i].name != nullptr) lines_[i].name->setText(names[i]);
  set_button(more_, tr("Details"), tr("What the fee contains"));
  if (order_.is_object()) show_order(order_);
}

}  // namespace keycare::renewal
