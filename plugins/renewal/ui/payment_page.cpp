// payment_page.cpp - see payment_page.hpp.
#include "plugins/renewal/ui/payment_page.hpp"

#include "plugins/common/ui/harmless.hpp"
#include "plugins/common/ui/text.hpp"
#include "plugins/renewal/ui/facts_table.hpp"
#include "plugins/renewal/ui/field_words.hpp"

#include <QButtonGroup>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

#include <algorithm>

namespace keycare::renewal {

namespace {

bool has_kind(const nlohmann::json& methods, const char* kind) {
  const auto& all = ui::part_of(methods, "methods");
  return all.is_array() && std::any_of(all.begin(), all.end(), [&](const auto& one) {
           return ui::text_of(one, "kind") == QLatin1String(kind);
         });
}

QLabel* bold_label(QWidget* parent) {
  auto* label = plain_label(parent);
  auto font = label->font();
  font.setBold(true);
  label->setFont(font);
  return label;
}

}  // namespace

payment_way_page::payment_way_page(hooks tell, QWidget* parent)
    : sheet(parent),
      tell_(std::move(tell)),
      what_(plain_label(this)),
      online_(new QRadioButton(this)),
      offline_(new QRadioButton(this)),
      back_(push_button(this, "back")),
      next_(push_button(this, "next")) {
  setObjectName("paymentWayPage");
  online_->setObjectName("payOnline");
  offline_->setObjectName("payOffline");
  column()->addWidget(what_);
  column()->addWidget(online_);
  column()->addWidget(offline_);
  auto* row = add_buttons();
  row->insertWidget(0, back_);
  row->addWidget(next_);
  column()->addStretch(1);
  set_default(next_);
  set_way_back(back_);
  connect(back_, &QPushButton::clicked, this, [this] { tell_.back(); });
  connect(next_, &QPushButton::clicked, this, [this] { tell_.next(online_->isChecked() ? "online" : "offline"); });
  retranslate();
}

void payment_way_page::show_ways(const nlohmann::json& methods) {
  online_->setVisible(has_kind(methods, "online"));
  offline_->setVisible(has_kind(methods, "offline"));
  (has_kind(methods, "online") ? online_ : offline_)->setChecked(true);
}

void payment_way_page::retranslate() {
  set_heading(tr("How do you want to pay?"));
  set_label(what_, tr("The fee does not include delivery. After the payment the order goes on by itself."));
  online_->setText(tr("Online payment"));
  offline_->setText(tr("Bank transfer"));
  for (auto* one : {online_, offline_}) one->setAccessibleName(one->text());
  set_button(back_, tr("Back"));
  set_button(next_, tr("Next"));
}

payment_page::payment_page(const commands_client& commands, std::shared_ptr<kept_entries> kept, hooks tell,
                           QWidget* parent)
    : sheet(parent),
      tell_(std::move(tell)),
      kept_(std::move(kept)),
      check_(plain_label(this)),
      way_(bold_label(this)),
      invoice_head_(bold_label(this)),
      facts_(new facts_table(this)),
      ways_(new QWidget(this)),
      group_(new QButtonGroup(this)),
      invoice_(new form_fields(commands, "invoice", this)),
      back_(push_button(this, "back")),
      submit_(push_button(this, "submitPayment")) {
  setObjectName("paymentPage");
  column()->addWidget(check_);
  column()->addWidget(facts_);
  column()->addSpacing(fontMetrics().height() / 2);
  column()->addWidget(way_);
  auto* rows = new QVBoxLayout(ways_);
  rows->setContentsMargins(0, 0, 0, 0);
  column()->addWidget(ways_);
  column()->addSpacing(fontMetrics().height() / 2);
  column()->addWidget(invoice_head_);
  add_invoice_fields(*invoice_);
  column()->addWidget(invoice_);
  auto* row = add_buttons();
  row->insertWidget(0, back_);
  row->addWidget(submit_);
  column()->addStretch(1);
  set_default(submit_);
  set_way_back(back_);
  invoice_->on_edited([this] {
    kept_->invoice.update(invoice_->value());
    show_fields_of_kind();
  });
  connect(back_, &QPushButton::clicked, this, [this] { tell_.back(); });
  connect(submit_, &QPushButton::clicked, this, [this] {
    invoice_->check_all([this](bool fits) {
      const auto* chosen = group_->checkedButton();
      if (!fits || chosen == nullptr || !isVisible()) return;  // who went back meanwhile does not pay
      tell_.submit({{"method", ui::to_utf8(chosen->property("method").toString())}, {"invoice", invoice_->value()}});
    });
  });
  retranslate();
}

void payment_page::show_order(const nlohmann::json& order) {
  facts_->show_order(order);
}

void payment_page::show_methods(const nlohmann::json& methods, const std::string& kind) {
  const auto* before = group_->checkedButton();
  const auto chosen = before == nullptr ? QString() : before->property("method").toString();
  for (auto* old : group_->buttons()) {
    group_->removeButton(old);
    delete old;
  }
  for (const auto& one : ui::part_of(methods, "methods")) {
    if (ui::text_of(one, "kind") != ui::from_utf8(kind)) continue;
    auto* button = new QRadioButton(ui::harmless(ui::text_of(one, "name")), ways_);
    button->setProperty("method", ui::text_of(one, "id"));
    button->setObjectName(QStringLiteral("method-") + ui::text_of(one, "id"));
    button->setAccessibleName(button->text());
    button->setChecked(group_->buttons().isEmpty() || ui::text_of(one, "id") == chosen);
    group_->addButton(button);
    ways_->layout()->addWidget(button);
    button->show();
  }
  auto* kinds = qobject_cast<QComboBox*>(invoice_->field_of("kind")->editor());
  const auto kept = kinds->count() > 0 ? kinds->currentData().toString() : ui::text_of(kept_->invoice, "kind");
  kinds->clear();
  for (const auto& one : ui::part_of(methods, "invoice_kinds"))
    kinds->addItem(ui::harmless(ui::text_of(one, "name")), ui::text_of(one, "id"));
  const int enterprise = kinds->findData(QStringLiteral("enterprise"));
  kinds->setCurrentIndex(kinds->findData(kept) >= 0 ? kinds->findData(kept) : std::max(0, enterprise));
  auto known = kept_->invoice;
  known["kind"] = ui::to_utf8(kinds->currentData().toString());
  invoice_->set_value(known);
  show_fields_of_kind();
  order_tabs();
}

void payment_page::show_fields_of_kind() {
  const auto* kinds = qobject_cast<QComboBox*>(invoice_->field_of("kind")->editor());
  invoice_->show_only(invoice_fields_of(ui::to_utf8(kinds->currentData().toString())));
}

void payment_page::retranslate() {
  set_heading(tr("Payment"));
  set_label(check_, tr("Please check these data once more. If something is wrong, go back and withdraw."));
  set_label(way_, tr("Method of payment"));
  set_label(invoice_head_, tr("Invoice"));
  name_invoice_fields(*invoice_);
  invoice_->check_again();
  set_button(back_, tr("Back"));
  set_button(submit_, tr("Submit"), tr("Opens the payment page"));
}

}  // namespace keycare::renewal
