// home_card.cpp - see home_card.hpp.
#include "plugins/renewal/ui/home_card.hpp"

#include "plugins/common/ui/harmless.hpp"
#include "plugins/common/ui/state_mark.hpp"
#include "plugins/common/ui/text.hpp"
#include "plugins/renewal/ui/order_stand.hpp"
#include "plugins/renewal/ui/sheet.hpp"

#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace keycare::renewal {

home_card::home_card(const ui::page_links& links, std::shared_ptr<wanted_order> wanted)
    : links_(links),
      wanted_(std::move(wanted)),
      asking_(links.commands, {
                                  .replied = [this](const nlohmann::json& reply) { take(ui::part_of(reply, "data")); },
                                  .failed = [this](const error&, const QString&) { take(nullptr); },
                              }),
      look_(links.commands) {
  setObjectName("renewalCard");
  head_ = plain_label(this);
  number_ = plain_label(this, "orderNumber");
  subject_ = plain_label(this, "orderSubject");
  others_ = plain_label(this);
  progress_ = new ui::state_mark(this);
  what_now_ = new ui::state_mark(this);
  progress_->setObjectName("orderProgress");
  what_now_->setObjectName("whatNow");
  go_on_ = push_button(this, "goOn");
  auto font = head_->font();
  font.setBold(true);
  head_->setFont(font);
  auto* grid = new QGridLayout(this);
  int row = 0;
  for (QWidget* one : std::initializer_list<QWidget*>{head_, number_, subject_, progress_, what_now_, others_})
    grid->addWidget(one, row++, 0);
  grid->addWidget(go_on_, 0, 1, row, 1, Qt::AlignVCenter);
  grid->setColumnStretch(0, 1);
  connect(go_on_, &QPushButton::clicked, this, [this] {
    wanted_->order = order_;
    (void)links_.shell.show_page("renewal");
  });
  if (auto subscribed = links_.commands.subscribe([this](std::string_view kind, std::string_view key) {
        if (kind == "order-changed") reload();
        if (kind == "order-due" && isVisible()) look_.at({std::string(key)});
      }))
    events_ = std::move(*subscribed);
  retranslate();
}

void home_card::take(const nlohmann::json& data) {
  order_ = nullptr;
  more_ = 0;
  for (const auto& one : ui::part_of(data, "orders")) {
    if (!ui::flag_of(one, "open")) continue;
    if (order_.is_null())
      order_ = one;
    else
      ++more_;
  }
  retranslate();
  setVisible(order_.is_object());  // what has nothing to say takes no room
  if (std::exchange(look_follows_, false)) look_.at_open_ones(data);
}

void home_card::retranslate() {
  const auto number = ui::harmless(ui::text_of(order_, "number"));
  set_label(head_, tr("A renewal is under way"));
  set_label(number_, tr("Order number: %1").arg(number));
  number_->setVisible(!number.isEmpty());
  set_label(subject_, tr("Subject: %1").arg(ui::harmless(ui::text_of(order_, "subject"))));
  progress_->set(ui::tone::notice, tr("Progress: %1").arg(ui::text_of(order_, "progress")));
  what_now_->set(row_of(stand_of(order_)).tone, ui::lines_of(ui::part_of(order_, "say")));
  set_label(others_, more_ > 0 ? tr("And %1 more").arg(more_) : QString());
  others_->setVisible(more_ > 0);
  set_button(go_on_, tr("Go on"), tr("Shows the order"));
}

void home_card::reload() {
  asking_.start("orders");
}

void home_card::showEvent(QShowEvent* event) {
  page::showEvent(event);
  look_follows_ = true;
  reload();
}

void home_card::hideEvent(QHideEvent* event) {
  page::hideEvent(event);
  look_.stop();
}

}  // namespace keycare::renewal
