// home_card.cpp - see home_card.hpp.
#include "plugins/unlock/ui/home_card.hpp"

#include "plugins/common/ui/busy_line.hpp"
#include "plugins/common/ui/notice.hpp"
#include "plugins/common/ui/state_mark.hpp"
#include "plugins/common/ui/text.hpp"
#include "plugins/unlock/ui/panel.hpp"

#include <QGridLayout>
#include <QLabel>
#include <QShowEvent>
#include <QVBoxLayout>

#include <algorithm>

namespace keycare::unlock {

using nlohmann::json;

namespace {
/// More than anybody has plugged in; a driver that reports a thousand does not make a page of a thousand rows.
constexpr std::size_t most_rows = 16;
}  // namespace

home_card::home_card(const ui::page_links& links)
    : links_(links),
      title_(new QLabel(this)),
      none_(new QLabel(this)),
      list_(new QWidget(this)),
      place_(new QVBoxLayout(list_)),
      urgent_(new ui::notice(this)),
      notice_(new ui::notice(this)),
      busy_(new ui::busy_line(this)),
      forgotten_(make_button(this, "forgottenPin")),
      state_(links.commands,
             {
                 .replied =
                     [this](const json& reply) {
                       pins_ = read_pins(ui::part_of(reply, "data"));
                       known_ = true;
                       show_pins();
                     },
                 .failed = [this](const error& why, const QString& sentence) { notice_->say(why, said(sentence)); },
                 .busy_changed = [this] { busy_changed(); },
             }),
      change_(links.commands, {
                                  .replied =
                                      [this](const json& reply) {
                                        notice_->say(ui::tone::good, said(ui::lines_of(ui::part_of(reply, "text"))));
                                      },
                                  .failed =
                                      [this](const error& why, const QString& sentence) {
                                        load();  // a wrong PIN was counted
                                                 // Who closed the dialog knows that.
                                        if (why.code == "KC-PIN-CANCELLED") return notice_->clear();
                                        notice_->say(why, said(sentence));
                                      },
                                  .busy_changed = [this] { busy_changed(); },
                              }) {
  setObjectName("unlockCard");
  auto* column = new QVBoxLayout(this);
  for (QWidget* one : std::initializer_list<QWidget*>{title_, urgent_, none_, list_, notice_}) column->addWidget(one);
  column->addWidget(forgotten_, 0, Qt::AlignLeft);
  column->addWidget(busy_);
  column->addStretch(1);
  place_->setContentsMargins(0, 0, 0, 0);
  auto bold = title_->font();
  bold.setBold(true);
  bold.setPointSizeF(bold.pointSizeF() * 1.2);
  title_->setFont(bold);
  for (auto* label : {title_, none_}) {
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
  }
  urgent_->setObjectName("urgent");
  none_->setObjectName("noToken");
  connect(forgotten_, &QPushButton::clicked, this, [this] {
    if (auto shown = links_.shell.show_page("unlock"); !shown) notice_->say(shown.error(), {});
  });
  busy_->on_cancel([this] {
    state_.cancel();
    change_.cancel();
  });
  if (auto heard = links_.commands.subscribe([this](std::string_view, std::string_view) {
        if (isVisible()) load();
      });
      heard)
    events_ = std::move(*heard);
  retranslate();
}

void home_card::load() {
  // `state` waits in the queue behind a change whose dialog is open: ask when that has ended.
  load_later_ = change_.busy();
  if (!load_later_) state_.start("state");
}

home_card::row home_card::make_row() {
  auto* whole = new QWidget(list_);
  row out{whole, new QLabel(whole), new ui::state_mark(whole), make_button(whole, "changePin"), {}, {}};
  auto* grid = new QGridLayout(whole);
  grid->setContentsMargins(0, 0, 0, 4);
  grid->addWidget(out.token, 0, 0);
  grid->addWidget(out.state, 1, 0);
  grid->addWidget(out.change, 0, 1, 2, 1, Qt::AlignVCenter);
  grid->setColumnStretch(0, 1);
  out.token->setTextFormat(Qt::PlainText);
  out.token->setWordWrap(true);
  out.state->setObjectName("pinState");
  connect(out.change, &QPushButton::clicked, this, [this, whole] {
    const auto at = std::find_if(rows_.begin(), rows_.end(), [&](const auto& one) { return one.whole == whole; });
    if (at != rows_.end()) change(QString(at->serial), QString(at->application));
  });
  place_->addWidget(whole);
  return out;
}

void home_card::show_row(row& at, const pin_view& pin) {
  at.serial = pin.serial;
  at.application = pin.application;
  at.token->setText((pin.label.isEmpty() ? QString() : pin.label + "\n") + pin.name());
  const bool answers = pin.there && !pin.busy && !pin.text.isEmpty();
  if (!pin.there)
    at.state->set(ui::tone::faded, tr("Not plugged in"));
  else if (!answers)
    at.state->set(ui::tone::warning, tr("It does not answer. Unplug it and plug it in again."));
  else
    at.state->set(pin.tone, pin.locked ? tr("PIN locked") : pin.text);
  at.change->setEnabled(answers && !pin.locked);
  set_button(at.change, tr("Change PIN"));
  at.change->setAccessibleName(tr("Change PIN") + " " + pin.name());
  at.change->setAccessibleDescription(tr("A dialog asks for the old and the new PIN"));
}

void home_card::show_pins() {
  std::size_t count = 0;
  for (const auto& pin : pins_) {
    if (count == most_rows) break;
    const bool only_its_unlock = pin.there && !pin.busy && pin.text.isEmpty() && !pin.unlock.isEmpty();
    if (only_its_unlock) continue;  // which is said above
    if (rows_.size() == count) rows_.push_back(make_row());
    show_row(rows_[count++], pin);
  }
  // Rows stay where they are, so that a button keeps the focus while figures change.
  for (std::size_t i = rows_.size(); i > count; --i) rows_[i - 1].whole->deleteLater();
  rows_.resize(count);
  none_->setVisible(known_ && pins_.empty());
  list_->setVisible(count > 0);

  const auto any = [&](auto wanted) { return std::any_of(pins_.begin(), pins_.end(), wanted); };
  if (any([](const auto& one) { return !one.unlock.isEmpty(); }))
    urgent_->say(ui::tone::notice, tr("An unlock is under way. Press Forgotten PIN to go on with it."));
  else if (any([](const auto& one) { return one.locked && one.can_unlock; }))
    urgent_->say(ui::tone::bad, tr("The PIN is locked. Press Forgotten PIN and follow the steps to unlock it."));
  else if (any([](const auto& one) { return one.locked; }))
    urgent_->say(ui::tone::bad, tr("The PIN is locked, and this token cannot be unlocked online. Please call the "
                                   "hotline."));
  else
    urgent_->clear();
}

void home_card::change(const QString& serial, const QString& application) {
  notice_->clear();
  json input = {{"token", ui::to_utf8(serial)}};
  if (!application.isEmpty()) input["application"] = ui::to_utf8(application);
  change_.start("change", input);
  busy_->set_progress(0, 0, tr("Answer the dialog for the PIN …"));
}

void home_card::busy_changed() {
  busy_->set_busy(state_.busy() || change_.busy());
  list_->setEnabled(!change_.busy());
  if (load_later_ && !change_.busy()) load();
}

void home_card::retranslate() {
  title_->setText(tr("PIN of the token"));
  none_->setText(tr("No token was found. Plug one in."));
  set_button(forgotten_, tr("Forgotten PIN"));
  forgotten_->setAccessibleDescription(tr("Unlocks a token, or sets a new PIN in place of a forgotten one"));
  show_pins();
}

void home_card::reload() {
  notice_->clear();
  if (isVisible()) load();
}

void home_card::showEvent(QShowEvent* event) {
  ui::page::showEvent(event);
  // A wrong PIN in another plugin's dialog changed the count meanwhile.
  if (!event->spontaneous()) load();
}

}  // namespace keycare::unlock
