// start_page.cpp - see start_page.hpp.
#include "plugins/renewal/ui/start_page.hpp"

#include "plugins/common/ui/harmless.hpp"
#include "plugins/common/ui/text.hpp"
#include "plugins/renewal/ui/choice_row.hpp"
#include "plugins/renewal/ui/format.hpp"
#include "plugins/renewal/ui/order_stand.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace keycare::renewal {

namespace {

constexpr std::size_t most_rows = 50;
constexpr std::size_t most_past = 5;

/// What ends no hope is no fault: a newer certificate, an order under way, too early.
ui::tone tone_of(const nlohmann::json& certificate) {
  if (ui::flag_of(certificate, "eligible")) return ui::tone::good;
  const auto reason = ui::text_of(certificate, "reason");
  const bool harmless = reason == QLatin1String("superseded") || reason == QLatin1String("open-order") ||
                        reason == QLatin1String("not-yet-open") || reason == QLatin1String("not-yet-valid");
  return harmless ? ui::tone::notice : ui::tone::bad;
}

/// The rows go after this turn of the loop: one of their buttons may be what was pressed.
void empty(QVBoxLayout* rows) {
  while (auto* item = rows->takeAt(0)) {
    if (item->widget() != nullptr) {
      item->widget()->hide();
      item->widget()->deleteLater();
    }
    delete item;
  }
}

/// Seen at once: the layout would show it after this turn of the loop only, and what is hidden takes no focus.
void add_row(QVBoxLayout* rows, choice_row* row) {
  rows->addWidget(row);
  row->show();
}

}  // namespace

nlohmann::json only_choice(const nlohmann::json& certificates) {
  nlohmann::json found;
  if (!certificates.is_array()) return found;
  for (const auto& one : certificates) {
    if (ui::flag_of(one, "eligible")) {
      if (!found.is_null()) return nullptr;
      found = one;
    } else if (ui::text_of(one, "reason") != QLatin1String("superseded")) {
      return nullptr;
    }
  }
  return found;
}

start_page::start_page(hooks tell, QWidget* parent)
    : sheet(parent),
      tell_(std::move(tell)),
      what_(plain_label(this)),
      before_(plain_label(this)),
      order_head_(plain_label(this)),
      past_head_(plain_label(this, "pastHead")),
      certificate_head_(plain_label(this, "certificateHead")),
      elsewhere_text_(toned_label(this, ui::tone::faded)),
      order_rows_(new QVBoxLayout),
      past_rows_(new QVBoxLayout),
      certificate_rows_(new QVBoxLayout),
      apply_(push_button(this, "applyForRenewal")),
      elsewhere_(push_button(this, "askElsewhere")) {
  setObjectName("startPage");
  for (auto* head : {order_head_, past_head_, certificate_head_}) {
    auto font = head->font();
    font.setBold(true);
    head->setFont(font);
    head->hide();
  }
  column()->addWidget(order_head_);
  column()->addLayout(order_rows_);
  column()->addWidget(what_);
  column()->addWidget(before_);
  auto* row = new QHBoxLayout;
  row->addWidget(apply_);
  row->addStretch(1);
  column()->addLayout(row);
  column()->addWidget(certificate_head_);
  column()->addLayout(certificate_rows_);
  column()->addStretch(1);
  column()->addWidget(past_head_);
  column()->addLayout(past_rows_);
  auto* other = new QHBoxLayout;
  other->addWidget(elsewhere_text_, 1);
  other->addWidget(elsewhere_);
  column()->addLayout(other);
  connect(apply_, &QPushButton::clicked, this, [this] { tell_.apply(); });
  connect(elsewhere_, &QPushButton::clicked, this, [this] { tell_.elsewhere(nullptr); });
  set_default(apply_);
  retranslate();
}

void start_page::show_orders(const nlohmann::json& data) {
  orders_ = data;
  fill_orders();
}

void start_page::show_certificates(const nlohmann::json& data) {
  const auto& all = ui::part_of(data, "certificates");
  certificates_ = all.is_array() ? all : nlohmann::json::array();
  fill_certificates();
}

void start_page::fill_orders() {
  empty(order_rows_);
  empty(past_rows_);
  std::size_t open = 0, past = 0;
  QPushButton* first = nullptr;
  for (const auto& one : ui::part_of(orders_, "orders")) {
    if (ui::flag_of(one, "open")) {
      if (++open > most_rows) continue;
      auto* row = order_row(one);
      auto* go_on = row->set_action(tr("Go on"), tr("Go on with order %1").arg(ui::text_of(one, "number")),
                                    [this, one] { tell_.go_on(one); });
      if (first == nullptr) first = go_on;
      add_row(order_rows_, row);
    } else if (!ui::text_of(one, "number").isEmpty() && past < most_past) {
      ++past;
      auto* row = order_row(one);
      row->set_action(tr("Show"), tr("Show order %1").arg(ui::text_of(one, "number")),
                      [this, one] { tell_.go_on(one); });
      add_row(past_rows_, row);
    }
  }
  for (const auto& one : ui::part_of(orders_, "unreadable")) {
    if (++open > most_rows) break;
    auto* row = new choice_row(this);
    row->set_texts(tr("An order whose record cannot be read"), {});
    row->set_state(ui::tone::bad, ui::text_of(one, "text"));
    add_row(order_rows_, row);
  }
  order_head_->setVisible(open > 0);
  past_head_->setVisible(past > 0);
  // Who has an order under way wants to go on with it.
  set_default(first != nullptr ? first : apply_);
  order_tabs();
}

choice_row* start_page::order_row(const nlohmann::json& order) {
  auto* row = new choice_row(this);
  const auto number = ui::text_of(order, "number");
  row->set_texts(
      ui::text_of(order, "subject"),
      (number.isEmpty() ? QString() : tr("Order number %1").arg(ui::harmless(number)) + QStringLiteral("  ·  ")) +
          tr("Token %1").arg(ui::harmless(ui::text_of(ui::part_of(order, "token"), "serial"))));
  row->set_state(row_of(stand_of(order)).tone, tr("Progress: %1").arg(ui::text_of(order, "progress")));
  return row;
}

void start_page::fill_certificates() {
  empty(certificate_rows_);
  certificate_head_->setVisible(!certificates_.empty());
  std::size_t shown = 0;
  for (const auto& one : certificates_) {
    if (++shown > most_rows) break;
    auto* row = new choice_row(this);
    const auto serial = ui::harmless(ui::text_of(ui::part_of(one, "token"), "serial"));
    const auto until = moment_text(ui::number_of(one, "not_after"));
    row->set_texts(ui::text_of(one, "subject"),
                   tr("Token %1").arg(serial) + QStringLiteral("  ·  ") + tr("Valid until %1").arg(until));
    const bool eligible = ui::flag_of(one, "eligible");
    row->set_state(tone_of(one), ui::text_of(one, "say"));
    if (eligible)
      row->set_action(tr("Renew this one"), tr("Token %1, valid until %2").arg(serial, until),
                      [this, one] { tell_.chosen(one); });
    const auto& order = ui::part_of(one, "order");
    if (order.contains("stage"))  // one of this computer
      row->set_action(tr("Go on"), tr("Go on with order %1").arg(ui::text_of(order, "number")),
                      [this, order] { tell_.go_on(order); });
    else if (ui::text_of(one, "reason") == QLatin1String("open-order"))
      row->set_action(tr("Find this order"), tr("Token %1, valid until %2").arg(serial, until),
                      [this, one] { tell_.elsewhere(one); });
    add_row(certificate_rows_, row);
  }
  order_tabs();
}

void start_page::retranslate() {
  set_heading(tr("Certificate renewal"));
  set_label(what_, tr("Plug in the token with your certificate, then press \"Apply for renewal\"."));
  set_label(before_, tr("You need about five minutes, the PIN of the token, and the applicant's document. The "
                        "certificate must still be valid; one that has ended cannot be renewed."));
  set_label(order_head_, tr("Orders under way"));
  set_label(past_head_, tr("Earlier orders"));
  set_label(certificate_head_, tr("Which certificate is to be renewed?"));
  set_button(apply_, tr("Apply for renewal"));
  set_label(elsewhere_text_, tr("Did you apply on another computer?"));
  set_button(elsewhere_, tr("Look for orders …"),
             tr("Asks the registration authority; the PIN of the token is needed"));
  fill_orders();
  fill_certificates();
}

}  // namespace keycare::renewal
