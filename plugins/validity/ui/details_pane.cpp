// details_pane.cpp - see details_pane.hpp.
#include "details_pane.hpp"

#include "keycare/sdk/json.hpp"
#include "plugins/common/ui/harmless.hpp"
#include "plugins/common/ui/state_mark.hpp"
#include "plugins/common/ui/text.hpp"
#include "wrapped_text.hpp"

#include <QClipboard>
#include <QGridLayout>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

#include <algorithm>

namespace keycare::validity {

using namespace std::chrono_literals;
using nlohmann::json;

namespace {
/// Who walks through the rows with the arrow keys does not ask the RA about each.
constexpr auto stays = 300ms;
}  // namespace

details_pane::details_pane(const ui::page_links& links)
    : links_(links),
      title_(new QLabel(this)),
      mark_(new ui::state_mark(this)),
      renew_(new QPushButton(this)),
      copy_all_(new QPushButton(this)),
      grid_(new QGridLayout),
      talk_(links.commands, {.replied = [this](const json& reply) { answered(ui::part_of(reply, "data")); },
                             .failed =
                                 [this](const error& why, const QString& sentence) {
                                   if (why.status == KC_E_CANCELLED) return;
                                   status_ = sentence.isEmpty() ? tr("could not be asked") : sentence;
                                   fill();
                                 }}) {
  setObjectName("detailsPane");
  title_->setObjectName("detailsTitle");
  title_->setTextFormat(Qt::PlainText);
  title_->setWordWrap(true);
  auto bold = title_->font();
  bold.setBold(true);
  bold.setPointSizeF(bold.pointSizeF() * 1.15);
  title_->setFont(bold);
  mark_->setObjectName("detailsState");
  renew_->setObjectName("openRenewal");
  copy_all_->setObjectName("copyAll");
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(8, 8, 8, 8);
  auto* head = new QHBoxLayout;
  head->addWidget(title_, 1);
  head->addWidget(renew_);
  head->addWidget(copy_all_);
  all->addLayout(head);
  all->addWidget(mark_);
  all->addSpacing(4);
  all->addLayout(grid_);
  all->addStretch(1);
  grid_->setHorizontalSpacing(10);
  grid_->setVerticalSpacing(3);
  for (const auto* id : {"from", "until", "days", "serial", "usage", "status", "seal", "token", "tokenSerial", "pin",
                         "manufacturer", "privateKey", "algorithm", "application"})
    add_field(id, false);
  for (const auto* id : {"container", "pairSerial", "subject", "issuer", "sha256", "pairSha256"}) add_field(id, true);
  patience_.setSingleShot(true);
  patience_.callOnTimeout([this] { ask_server(); });
  connect(copy_all_, &QPushButton::clicked, this, [this] { copy_all(); });
  connect(renew_, &QPushButton::clicked, this, [this] {
    const auto shown = links_.shell.show_page("renewal");
    if (!shown) links_.log.warning("page.none", json_text({{"code", shown.error().code}}));
  });
  recolour();
  retranslate();
}

void details_pane::add_field(const char* id, bool wide) {
  field one{id, wide, new QLabel(this), new wrapped_text(this), new QToolButton(this), false};
  const auto name = QString::fromLatin1(id);
  one.value->setObjectName(name + "Value");
  one.copy->setObjectName(name + "Copy");
  one.name->setTextFormat(Qt::PlainText);
  one.copy->setAutoRaise(true);
  // The three stand on one line of text, although the button is higher than it.
  const int above = std::max(0, (one.copy->sizeHint().height() - fontMetrics().height()) / 2);
  one.name->setContentsMargins(0, above, 0, 0);
  one.value->setContentsMargins(0, above, 0, 0);
  one.copy->setFocusPolicy(Qt::StrongFocus);
  const auto at = fields_.size();
  connect(one.copy, &QToolButton::clicked, this,
          [this, at] { copy(fields_[at].name->text(), fields_[at].value->text()); });
  fields_.push_back(one);
}

void details_pane::put(const char* id, const QString& name, const QString& value) {
  const auto found =
      std::find_if(fields_.begin(), fields_.end(), [&](const auto& one) { return std::string_view(one.id) == id; });
  found->name->setText(name);
  found->value->set_text(value);
  found->value->setAccessibleName(QStringLiteral("%1: %2").arg(name, value));
  found->copy->setText(tr("Copy"));
  found->copy->setAccessibleName(tr("Copy: %1").arg(name));
  found->used = !value.isEmpty();
}

void details_pane::show_row(const certificate_row* row) {
  if (row == nullptr) {
    row_.reset();
    pause();
  } else {
    const bool other = !row_ || row_->sha256 != row->sha256;
    row_ = *row;
    if (other) {
      status_.clear();
      seal_.clear();
    }
    patience_.start(stays);
  }
  fill();
}

void details_pane::pause() {
  patience_.stop();
  talk_.cancel();
}

void details_pane::fill() {
  for (auto* one : {static_cast<QWidget*>(mark_), static_cast<QWidget*>(copy_all_)}) one->setVisible(row_.has_value());
  renew_->setVisible(row_ && row_->state == row_state::ending_soon);
  if (!row_) {
    title_->setText(tr("No certificate matches the search."));
    for (auto& one : fields_) one.used = false;
    return lay_out();
  }
  const auto& row = *row_;
  const auto usage = row.usage == "both"       ? tr("signing, encryption")
                     : row.usage == "sign"     ? tr("signing")
                     : row.usage == "exchange" ? tr("encryption")
                                               : tr("unknown");
  const auto key = row.private_key == "present"  ? tr("on the token")
                   : row.private_key == "absent" ? tr("missing: please call the hotline")
                                                 : tr("unknown");
  title_->setText(ui::harmless(row.name, ui::breaks::nowhere, 120));
  mark_->set(tone_of(row.state), row.sentence.isEmpty() ? word_of(row.state) : row.sentence);
  put("from", tr("Valid from"), row.from_text);
  put("until", tr("Valid until"), row.until_text);
  put("days", tr("Days left"), QString::number(row.days_left));
  put("serial", tr("Serial number"), row.serial);
  put("usage", tr("Usage"), usage);
  put("status", tr("Status at the server"), status_.isEmpty() ? tr("being asked …") : status_);
  put("seal", tr("Electronic seal"), seal_);
  put("token", tr("Token"), row.token_label);
  put("tokenSerial", tr("Token's serial number"), row.token_serial);
  put("pin", tr("PIN"), row.pin_text);
  put("manufacturer", tr("Manufacturer"), row.manufacturer);
  put("privateKey", tr("Private key"), key);
  put("algorithm", tr("Key"), row.algorithm);
  put("application", tr("Application"), row.application);
  put("container", tr("Container"), row.container);
  put("pairSerial", tr("Serial number (encryption)"), row.pair_serial);
  put("subject", tr("Subject"), row.subject);
  put("issuer", tr("Issuer"), row.issuer);
  put("sha256", tr("SHA-256"), row.sha256);
  put("pairSha256", tr("SHA-256 (encryption)"), row.pair_sha256);
  lay_out();
}

void details_pane::lay_out() {
  const int em = fontMetrics().horizontalAdvance(u'0');
  across_ = width() >= em * 110 ? 2 : 1;
  for (auto& one : fields_)
    for (auto* widget :
         {static_cast<QWidget*>(one.name), static_cast<QWidget*>(one.value), static_cast<QWidget*>(one.copy)}) {
      grid_->removeWidget(widget);
      widget->setVisible(one.used);
    }
  grid_->setColumnStretch(1, 1);
  grid_->setColumnStretch(4, across_ == 2 ? 1 : 0);
  int row = 0, column = 0;
  for (auto& one : fields_) {
    if (!one.used) continue;
    const bool whole = one.wide || across_ == 1;
    if (whole && column != 0) {
      ++row;
      column = 0;
    }
    const int left = column * 3;
    const int span = whole && across_ == 2 ? 4 : 1;
    grid_->addWidget(one.name, row, left, Qt::AlignTop);
    grid_->addWidget(one.value, row, left + 1, 1, span, Qt::AlignTop);
    grid_->addWidget(one.copy, row, left + 1 + span, Qt::AlignTop);
    if (whole || column == 1) {
      ++row;
      column = 0;
    } else {
      column = 1;
    }
  }
}

void details_pane::resizeEvent(QResizeEvent* event) {
  ui::page::resizeEvent(event);
  if ((width() >= fontMetrics().horizontalAdvance(u'0') * 110 ? 2 : 1) != across_) lay_out();
}

void details_pane::changeEvent(QEvent* event) {
  ui::page::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) recolour();
}

void details_pane::recolour() {
  const auto ink = ui::colour_of(ui::tone::faded, palette());
  for (auto& one : fields_) {
    auto colours = one.name->palette();
    if (colours.color(QPalette::WindowText) == ink) continue;
    colours.setColor(QPalette::WindowText, ink);
    one.name->setPalette(colours);
  }
}

QString details_pane::everything() const {
  QString out;
  if (row_) out = row_->name + '\n' + mark_->word() + '\n';
  for (const auto& one : fields_)
    if (one.used) out += QStringLiteral("%1: %2\n").arg(one.name->text(), one.value->text());
  return out;
}

void details_pane::copy_all() {
  if (row_) copy(tr("All fields"), everything());
}

void details_pane::copy(const QString& what, const QString& text) {
  QGuiApplication::clipboard()->setText(text);
  if (copied_) copied_(what);
}

void details_pane::ask_server() {
  if (row_)
    talk_.start("show", {{"certificate", ui::to_utf8(row_->sha256)}, {"token", ui::to_utf8(row_->token_serial)}});
}

void details_pane::answered(const json& data) {
  if (!row_ || ui::text_of(ui::part_of(data, "certificate"), "sha256") != row_->sha256) return;
  status_ = ui::harmless(ui::text_of(data, "status_text"), ui::breaks::nowhere);
  seal_ = ui::harmless(ui::text_of(data, "seal_text"), ui::breaks::nowhere);
  fill();
}

void details_pane::retranslate() {
  renew_->setText(tr("Renew certificate"));
  renew_->setAccessibleDescription(tr("Opens the page that renews certificates"));
  copy_all_->setText(tr("Copy all"));
  copy_all_->setAccessibleDescription(tr("Copies every field of this certificate"));
  status_.clear();
  seal_.clear();
  if (row_) patience_.start(stays);
  fill();
}

}  // namespace keycare::validity
