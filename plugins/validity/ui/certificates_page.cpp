// certificates_page.cpp - see certificates_page.hpp.
#include "certificates_page.hpp"

#include "certificate_table.hpp"
#include "details_pane.hpp"
#include "plugins/common/ui/busy_line.hpp"
#include "plugins/common/ui/notice.hpp"
#include "plugins/common/ui/text.hpp"
#include "timeline.hpp"

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QShortcut>
#include <QShowEvent>
#include <QSplitter>
#include <QVBoxLayout>

namespace keycare::validity {

using nlohmann::json;

certificates_page::certificates_page(const ui::page_links& links)
    : links_(links),
      saver_(
          this,
          {[this](const QString& path) { said_->say(ui::tone::good, done_text_ + '\n' + tr("Saved as %1").arg(path)); },
           [this](const QString& path, const QString& why) {
             said_->say(ui::tone::bad, tr("%1 could not be written: %2. Please choose another folder.").arg(path, why));
           }}),
      export_talk_(links.commands,
                   {.replied = [this](const json& reply) { got_file(reply); },
                    .failed = [this](const error& why, const QString& sentence) { said_->say(why, sentence); },
                    .busy_changed = [this] { show_busy(); }}),
      list_(links, {[this](const auto& data, const auto& notices) { listed(data, notices); },
                    [this](const error& why, const QString& sentence) { failed(why, sentence); },
                    [this](bool busy) {
                      listing_ = busy;
                      if (busy) details_->pause();
                      show_busy();
                    }}) {
  setObjectName("certificatesPage");
  build();
  connect_all();
  retranslate();
  show_chosen();
}

void certificates_page::showEvent(QShowEvent* event) {
  ui::page::showEvent(event);
  if (!event->spontaneous()) list_.look();
}

void certificates_page::build() {
  title_ = new QLabel(this);
  auto big = title_->font();
  big.setBold(true);
  big.setPointSizeF(big.pointSizeF() * 1.3);
  title_->setFont(big);
  count_ = new QLabel(this);
  count_->setObjectName("certificateCount");
  count_->setForegroundRole(QPalette::PlaceholderText);
  for (auto* label : {title_, count_}) label->setTextFormat(Qt::PlainText);
  search_ = new QLineEdit(this);
  search_->setObjectName("filterText");
  search_->setClearButtonEnabled(true);
  search_->setMaxLength(200);
  states_ = new QComboBox(this);
  states_->setObjectName("filterState");
  refresh_ = new QPushButton(this);
  refresh_->setObjectName("refresh");
  export_ = new QPushButton(this);
  export_->setObjectName("export");
  remind_ = new QPushButton(this);
  remind_->setObjectName("remind");
  auto* menu = new QMenu(export_);
  menu->setObjectName("exportMenu");
  export_pem_ = menu->addAction(QString());
  export_pair_ = menu->addAction(QString());
  export_csv_ = menu->addAction(QString());
  export_pem_->setObjectName("exportPem");
  export_pair_->setObjectName("exportPair");
  export_csv_->setObjectName("exportCsv");
  // Not setMenu(): a button waits for its menu in a loop of its own.
  connect(export_, &QPushButton::clicked, menu,
          [this, menu] { menu->popup(export_->mapToGlobal(QPoint(0, export_->height()))); });
  clock_ = new ui::notice(this);
  clock_->setObjectName("listNotice");
  said_ = new ui::notice(this);
  said_->setObjectName("saidNotice");
  table_ = new certificate_table(this);
  legend_ = new timeline_legend(this);
  details_ = new details_pane(links_);
  below_ = new QScrollArea(this);
  below_->setObjectName("detailsScroll");
  below_->setWidgetResizable(true);
  below_->setWidget(details_);
  busy_ = new ui::busy_line(this);

  auto* head = new QHBoxLayout;
  head->addWidget(title_);
  head->addWidget(count_);
  head->addStretch(1);
  for (auto* button : {refresh_, export_, remind_}) head->addWidget(button);
  auto* filters = new QHBoxLayout;
  filters->addWidget(search_, 3);
  filters->addWidget(states_, 1);
  auto* upper = new QWidget(this);
  auto* upper_column = new QVBoxLayout(upper);
  upper_column->setContentsMargins(0, 0, 0, 0);
  upper_column->addWidget(table_, 1);
  upper_column->addWidget(legend_);
  halves_ = new QSplitter(Qt::Vertical, this);
  halves_->addWidget(upper);
  halves_->addWidget(below_);
  halves_->setStretchFactor(0, 3);
  halves_->setStretchFactor(1, 2);
  halves_->setChildrenCollapsible(false);
  const int line = fontMetrics().height();
  table_->setMinimumHeight(line * 7);
  below_->setMinimumHeight(line * 7);
  halves_->setSizes({line * 18, line * 14});

  auto* inside = new QWidget(this);
  auto* column = new QVBoxLayout(inside);
  column->addLayout(head);
  column->addLayout(filters);
  column->addWidget(clock_);
  column->addWidget(said_);
  column->addWidget(halves_, 1);
  column->addWidget(busy_);
  // In a small window, or with large letters, the page scrolls and nothing is cut off.
  auto* scroll = new QScrollArea(this);
  scroll->setObjectName("pageScroll");
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setFocusPolicy(Qt::NoFocus);
  scroll->setWidget(inside);
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(0, 0, 0, 0);
  all->addWidget(scroll);
  QWidget* order[] = {search_, states_, refresh_, export_, remind_, table_, below_};
  for (std::size_t i = 1; i < std::size(order); ++i) setTabOrder(order[i - 1], order[i]);
}

void certificates_page::connect_all() {
  connect(search_, &QLineEdit::textChanged, this, [this] { filter(); });
  connect(states_, &QComboBox::currentIndexChanged, this, [this] { filter(); });
  connect(refresh_, &QPushButton::clicked, this, [this] { reload(); });
  connect(export_pem_, &QAction::triggered, this, [this] {
    if (const auto* row = table_->chosen())
      save("export", {{"certificate", ui::to_utf8(row->sha256)}, {"token", ui::to_utf8(row->token_serial)}}, "pem",
           tr("Certificate (*.pem)"));
  });
  connect(export_pair_, &QAction::triggered, this, [this] {
    if (const auto* row = table_->chosen())
      save("export", {{"certificate", ui::to_utf8(row->pair_sha256)}, {"token", ui::to_utf8(row->token_serial)}}, "pem",
           tr("Certificate (*.pem)"));
  });
  connect(export_csv_, &QAction::triggered, this, [this] {
    save("export", {{"csv", true}}, "csv", tr("Table (*.csv)"));
  });
  connect(remind_, &QPushButton::clicked, this,
          [this] { save("remind", json::object(), "ics", tr("Calendar (*.ics)")); });
  table_->on_chosen([this] { show_chosen(); });
  details_->on_copied([this](const QString& what) { said_->say(ui::tone::good, tr("Copied: %1").arg(what)); });
  busy_->on_cancel([this] {
    list_.cancel();
    export_talk_.cancel();
  });
  const auto key = [this](const QKeySequence& keys, QWidget* where, auto what) {
    auto* made = new QShortcut(keys, where, nullptr, nullptr,
                               where == this ? Qt::WidgetWithChildrenShortcut : Qt::WidgetShortcut);
    connect(made, &QShortcut::activated, this, what);
  };
  key(QKeySequence::Refresh, this, [this] { reload(); });
  key(QKeySequence::Find, this, [this] { search_->setFocus(Qt::ShortcutFocusReason); });
  key(QKeySequence::Copy, table_, [this] { details_->copy_all(); });
}

void certificates_page::reload() {
  list_.refresh();
}

void certificates_page::listed(const json& data, const std::vector<list_notice>& notices) {
  table_->set(data);
  legend_->set(table_->rows().axis());
  if (std::exchange(broken_, false)) said_->clear();
  QString text;
  auto how = ui::tone::notice;
  for (const auto& one : notices) {
    if (one.tone == ui::tone::warning) how = one.tone;
    text += (text.isEmpty() ? QString() : QStringLiteral("\n")) + one.text;
  }
  if (text.isEmpty())
    clock_->clear();
  else if (clock_->isHidden() || clock_->text() != text)
    clock_->say(how, text);
  show_count();
  show_chosen();
}

void certificates_page::failed(const error& why, const QString& sentence) {
  broken_ = true;
  said_->say(why, sentence);
  said_->add_button(tr("Look again"), [this] { reload(); });
}

void certificates_page::show_chosen() {
  const auto* row = table_->chosen();
  details_->show_row(row);
  export_pem_->setEnabled(row != nullptr);
  export_pair_->setVisible(row != nullptr && !row->pair_sha256.isEmpty());
  const bool any = !table_->rows().rows().empty();
  export_->setEnabled(any);
  remind_->setEnabled(any);
  legend_->setVisible(any);
  below_->setVisible(any);
}

void certificates_page::filter() {
  const auto state = states_->currentData();
  table_->filter(search_->text(),
                 state.isValid() ? std::optional(static_cast<row_state>(state.toInt())) : std::nullopt);
  show_count();
}

void certificates_page::show_count() {
  const auto all = static_cast<int>(table_->rows().rows().size());
  const int left = table_->shown_rows();
  count_->setText(left == all ? tr("%1 in all").arg(all) : tr("%1 of %2").arg(left).arg(all));
}

void certificates_page::save(const std::string& command, const json& input, const char* member, const QString& kind) {
  member_ = member;
  kind_ = kind;
  said_->clear();
  export_talk_.start(command, input);
}

void certificates_page::got_file(const json& reply) {
  const auto& data = ui::part_of(reply, "data");
  done_text_ = ui::lines_of(ui::part_of(reply, "text"));
  const auto text = ui::text_of(data, member_);
  if (text.isEmpty()) return said_->say(ui::tone::notice, done_text_);  // nothing to be reminded of
  saver_.save(text.toUtf8(), ui::text_of(data, "file_name"), kind_);
}

void certificates_page::show_busy() {
  busy_->set_busy(listing_ || export_talk_.busy());
}

void certificates_page::retranslate() {
  title_->setText(tr("My certificates"));
  search_->setPlaceholderText(tr("Search: subject, issuer, serial number, token"));
  search_->setAccessibleName(tr("Search"));
  search_->setAccessibleDescription(search_->placeholderText());
  refresh_->setText(tr("Refresh"));
  export_->setText(tr("Export") + QStringLiteral(" ▾"));
  remind_->setText(tr("Remind me"));
  refresh_->setToolTip(tr("Looks at the tokens again (F5)"));
  remind_->setToolTip(tr("Saves a calendar that reminds 90, 30 and 7 days before a certificate ends"));
  export_->setToolTip(tr("Saves a certificate, or a table of all; no private key is in it"));
  for (auto* button : {refresh_, export_, remind_}) {
    button->setAccessibleName(button->text());
    button->setAccessibleDescription(button->toolTip());
  }
  export_pem_->setText(tr("This certificate (PEM)"));
  export_pair_->setText(tr("Its encryption certificate (PEM)"));
  export_csv_->setText(tr("Table of all certificates (CSV)"));
  const int kept = std::max(0, states_->currentIndex());
  const QSignalBlocker quiet(states_);
  states_->clear();
  states_->addItem(tr("All states"));
  for (int i = 0; i < row_states; ++i) states_->addItem(word_of(static_cast<row_state>(i)), i);
  states_->setCurrentIndex(kept);
  states_->setAccessibleName(tr("State"));
  below_->setAccessibleName(tr("Details of the chosen certificate"));
  table_->retranslate();
  said_->clear();  // what it said was in the other language
  show_count();
}

}  // namespace keycare::validity
