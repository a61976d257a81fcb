// home_card.cpp - see home_card.hpp.
#include "home_card.hpp"

#include "plugins/common/ui/busy_line.hpp"
#include "plugins/common/ui/harmless.hpp"
#include "plugins/common/ui/notice.hpp"
#include "plugins/common/ui/state_mark.hpp"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QShowEvent>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace keycare::validity {
namespace {

constexpr std::size_t most_lines = 4;

/// What is urgent stands first; what needs nothing, last.
bool before(const certificate_row& a, const certificate_row& b) {
  constexpr std::array rank{2, 0, 1, 2, 3};  // as row_state
  const auto of = [&](const certificate_row& row) { return rank.at(static_cast<std::size_t>(row.state)); };
  return of(a) != of(b) ? of(a) < of(b) : a.days_left < b.days_left;
}

QLabel* plain_label(QWidget* parent, const char* name) {
  auto* label = new QLabel(parent);
  label->setTextFormat(Qt::PlainText);
  label->setWordWrap(true);
  label->setObjectName(name);
  return label;
}

}  // namespace

home_card::home_card(const ui::page_links& links)
    : links_(links),
      title_(plain_label(this, "cardTitle")),
      busy_(new ui::busy_line(this)),
      clock_(new ui::notice(this)),
      tokens_(new ui::notice(this)),
      column_(new QVBoxLayout),
      more_(plain_label(this, "cardMore")),
      all_(new QPushButton(this)),
      list_(links, {[this](const auto& data, const auto& notices) { listed(data, notices); },
                    [this](const error& why, const QString& sentence) { failed(why, sentence); },
                    [this](bool busy) { busy_->set_busy(busy && !known_); }}) {
  setObjectName("validityCard");
  auto font = title_->font();
  font.setBold(true);
  font.setPointSizeF(font.pointSizeF() * 1.2);
  title_->setFont(font);
  all_->setObjectName("openMyCertificates");
  clock_->setObjectName("clockNotice");
  tokens_->setObjectName("tokenNotice");

  auto* all = new QVBoxLayout(this);
  all->addWidget(title_);
  all->addWidget(clock_);
  all->addWidget(tokens_);
  all->addLayout(column_);
  all->addWidget(busy_);
  auto policy = busy_->sizePolicy();
  policy.setRetainSizeWhenHidden(false);  // the card is small
  busy_->setSizePolicy(policy);
  busy_->on_cancel([this] { list_.cancel(); });
  auto* foot = new QHBoxLayout;
  foot->addWidget(more_, 1);
  foot->addWidget(all_);
  all->addLayout(foot);
  all->addStretch(1);
  connect(all_, &QPushButton::clicked, this, [this] { open_page(); });
  retranslate();
}

void home_card::showEvent(QShowEvent* event) {
  ui::page::showEvent(event);
  // Another window may have installed a certificate meanwhile.
  if (!event->spontaneous()) list_.look();
}

home_card::line home_card::make_line() {
  line out{};
  out.box = new QWidget(this);
  auto* grid = new QGridLayout(out.box);
  grid->setContentsMargins(0, 4, 0, 4);
  grid->setHorizontalSpacing(16);
  grid->setVerticalSpacing(2);
  out.mark = new ui::state_mark(out.box);
  out.mark->setObjectName("cardState");
  out.name = plain_label(out.box, "cardName");
  auto bold = out.name->font();
  bold.setBold(true);
  out.name->setFont(bold);
  out.until = plain_label(out.box, "cardUntil");
  out.days = plain_label(out.box, "cardDays");
  out.advice = plain_label(out.box, "cardAdvice");
  for (auto* label : {out.until, out.days}) label->setWordWrap(false);
  grid->addWidget(out.mark, 0, 0, Qt::AlignTop);
  grid->addWidget(out.name, 0, 1, Qt::AlignTop);
  grid->addWidget(out.until, 0, 2, Qt::AlignTop);
  grid->addWidget(out.days, 0, 3, Qt::AlignTop);
  grid->addWidget(out.advice, 1, 1, 1, 3);
  grid->setColumnStretch(1, 1);
  column_->addWidget(out.box);
  return out;
}

void home_card::listed(const nlohmann::json& data, const std::vector<list_notice>& notices) {
  known_ = true;
  busy_->set_busy(false);
  rows_ = read_rows(data);
  std::stable_sort(rows_.begin(), rows_.end(), before);
  QString of_clock, of_tokens;
  auto token_tone = ui::tone::notice;
  auto clock_tone = ui::tone::notice;
  for (const auto& one : notices) {
    const bool is_clock = one.kind.startsWith("clock-");
    auto& text = is_clock ? of_clock : of_tokens;
    if (one.tone == ui::tone::warning) (is_clock ? clock_tone : token_tone) = one.tone;
    text += (text.isEmpty() ? QString() : QStringLiteral("\n")) + one.text;
  }
  const auto tell = [](ui::notice* where, ui::tone how, const QString& text) {
    if (text.isEmpty())
      where->clear();
    else if (where->isHidden() || where->text() != text)
      where->say(how, text);
  };
  tell(clock_, clock_tone, of_clock);
  tell(tokens_, token_tone, of_tokens);
  show_rows();
}

void home_card::failed(const error& why, const QString& sentence) {
  known_ = false;
  busy_->set_busy(false);
  rows_.clear();
  show_rows();
  tokens_->say(why, sentence);
  tokens_->add_button(tr("Look again"), [this] { list_.refresh(); });
}

void home_card::show_rows() {
  const auto count = std::min(rows_.size(), most_lines);
  while (lines_.size() < count) lines_.push_back(make_line());
  int mark_width = 0, days_width = 0;
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    auto& line = lines_[i];
    line.box->setVisible(i < count);
    if (i >= count) continue;
    const auto& row = rows_[i];
    line.mark->set(tone_of(row.state), word_of(row.state));
    line.name->setText(ui::harmless(row.name, ui::breaks::nowhere, 80));
    line.until->setText(tr("Valid until %1").arg(row.until_day()));
    line.days->setText(row.days_left < 0 ? QString() : tr("%1 days left").arg(row.days_left));
    const bool plain = row.state == row_state::valid;
    line.advice->setText(plain ? QString() : row.sentence);
    line.advice->setVisible(!plain);
    days_width = std::max(days_width, line.days->sizeHint().width());
    mark_width = std::max(mark_width, line.mark->fontMetrics().horizontalAdvance(word_of(row.state)));
  }
  // What belongs together stands below each other, whatever the words beside it.
  for (auto& line : lines_) {
    line.mark->setFixedWidth(mark_width + line.mark->fontMetrics().height() + 12);
    line.days->setMinimumWidth(days_width);
  }
  more_->setText(rows_.size() > count ? tr("and %1 more").arg(rows_.size() - count) : QString());
}

void home_card::open_page() {
  const auto shown = links_.shell.show_page("my-certificates");
  if (!shown) tokens_->say(shown.error(), {});
}

void home_card::retranslate() {
  title_->setText(tr("Certificate information"));
  all_->setText(tr("My certificates"));
  all_->setAccessibleDescription(tr("Opens the page with all certificates and their details"));
  show_rows();
}

}  // namespace keycare::validity
