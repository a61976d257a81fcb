// drivers_page.cpp - see drivers_page.hpp.
#include "host-stub/shell/drivers_page.hpp"

#include "host-stub/client/sentence.hpp"
#include "host-stub/shell/diagnosis.hpp"
#include "host-stub/shell/text.hpp"
#include "host-stub/shell/tones.hpp"
#include "keycare/abi/token.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace keycare::shell {
namespace {

QTreeWidget* list(QWidget* parent, const char* name, int columns) {
  auto* out = new QTreeWidget(parent);
  out->setObjectName(name);
  out->setColumnCount(columns);
  out->setRootIsDecorated(false);
  out->setAlternatingRowColors(true);
  out->setUniformRowHeights(true);
  out->header()->setStretchLastSection(true);
  out->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
  return out;
}

void colour(QTreeWidgetItem& item, int column, tone what, const QPalette& palette) {
  item.setForeground(column, colour_of(what, palette));
}

}  // namespace

drivers_page::drivers_page(acts what, QWidget* parent)
    : QWidget(parent),
      acts_(std::move(what)),
      drivers_title_(new QLabel(this)),
      tokens_title_(new QLabel(this)),
      outcome_(new toned_label(this)),
      hint_(new QLabel(this)),
      driver_list_(list(this, "driverList", 4)),
      token_list_(list(this, "tokenList", 5)),
      add_skf_(new QPushButton(this)),
      add_pkcs11_(new QPushButton(this)),
      remove_(new QPushButton(this)),
      copy_(new QPushButton(this)),
      again_(new QPushButton(this)) {
  setObjectName("driversPage");
  auto* column = new QVBoxLayout(this);
  for (auto* title : {drivers_title_, tokens_title_}) {
    auto bold = title->font();
    bold.setBold(true);
    title->setFont(bold);
  }
  drivers_title_->setBuddy(driver_list_);
  tokens_title_->setBuddy(token_list_);
  column->addWidget(drivers_title_);
  column->addWidget(driver_list_, 2);
  hint_->setWordWrap(true);
  hint_->setForegroundRole(QPalette::PlaceholderText);
  column->addWidget(hint_);
  auto* row = new QHBoxLayout;
  row->addWidget(add_skf_);
  row->addWidget(add_pkcs11_);
  row->addWidget(remove_);
  row->addStretch(1);
  column->addLayout(row);
  outcome_->setObjectName("driverOutcome");
  outcome_->setWordWrap(true);
  outcome_->hide();
  column->addWidget(outcome_);
  column->addWidget(tokens_title_);
  column->addWidget(token_list_, 1);
  auto* below = new QHBoxLayout;
  below->addWidget(again_);
  below->addWidget(copy_);
  below->addStretch(1);
  column->addLayout(below);
  add_skf_->setObjectName("addSkf");
  add_pkcs11_->setObjectName("addPkcs11");
  remove_->setObjectName("removeDriver");
  copy_->setObjectName("copyDiagnosis");
  again_->setObjectName("lookAgain");
  connect(add_skf_, &QPushButton::clicked, this, [this] { choose_library(services::driver_kind::skf); });
  connect(add_pkcs11_, &QPushButton::clicked, this, [this] { choose_library(services::driver_kind::pkcs11); });
  connect(remove_, &QPushButton::clicked, this, [this] {
    const auto* chosen = driver_list_->currentItem();
    if (chosen == nullptr) return;
    const auto kind =
        chosen->data(1, Qt::UserRole).toString() == "skf" ? services::driver_kind::skf : services::driver_kind::pkcs11;
    acts_.remove(kind, chosen->text(0));
  });
  connect(copy_, &QPushButton::clicked, this, [this] {
    QGuiApplication::clipboard()->setText(acts_.diagnosis());
    say_outcome(true, tr("Copied. Paste it into a message to the service desk."));
  });
  connect(again_, &QPushButton::clicked, this, [this] { acts_.look_again(); });
  connect(driver_list_, &QTreeWidget::currentItemChanged, this,
          [this] { remove_->setEnabled(driver_list_->currentItem() != nullptr); });
  retranslate(language_);
}

void drivers_page::show(const std::vector<services::token_registry::driver>& drivers) {
  drivers_ = drivers;
  copy_->setEnabled(true);
  fill();
}

void drivers_page::show(const std::vector<token_info>& tokens) {
  tokens_ = tokens;
  fill();
}

void drivers_page::clear() {
  drivers_.clear();
  tokens_.clear();
  copy_->setEnabled(false);  // nothing is known
  fill();
}

void drivers_page::say_outcome(bool good, const QString& sentence) {
  outcome_->say(good ? tone::good : tone::bad, sentence);
  outcome_->setVisible(!sentence.isEmpty());
}

void drivers_page::choose_library(services::driver_kind kind) {
  auto* dialog = new QFileDialog(this, kind == services::driver_kind::skf ? add_skf_->text() : add_pkcs11_->text());
  dialog->setObjectName("chooseDriver");
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::ExistingFile);
  dialog->setNameFilter(tr("Libraries (*.so *.so.*)"));
  connect(dialog, &QFileDialog::fileSelected, this, [this, kind](const QString& file) { acts_.add(kind, file); });
  dialog->open();
}

void drivers_page::fill() {
  driver_list_->clear();
  for (const auto& one : drivers_) {
    auto* item = new QTreeWidgetItem(driver_list_);
    item->setText(0, from_utf8(one.name));
    item->setText(1, one.kind == "skf" ? "SKF" : "PKCS#11");
    item->setData(1, Qt::UserRole, from_utf8(one.kind));
    item->setText(2, one.description.empty() ? QStringLiteral("–") : from_utf8(one.description));
    const auto words =
        one.refused ? from_utf8(host::sentence_of(*one.refused, language_)) + "  [" + from_utf8(one.refused->code) + "]"
                    : tr("Loaded");
    item->setText(3, mark_of(one.refused ? tone::bad : tone::good) + words);
    item->setToolTip(3, words);
    item->setToolTip(0, from_utf8(one.path.string()));
    colour(*item, 3, one.refused ? tone::bad : tone::good, palette());
  }
  remove_->setEnabled(driver_list_->currentItem() != nullptr);
  token_list_->clear();
  for (const auto& one : tokens_) {
    auto* item = new QTreeWidgetItem(token_list_);
    const bool busy = (one.flags & KC_TOKEN_BUSY) != 0;
    item->setText(0, from_utf8(one.label));
    item->setText(1, from_utf8(one.token.serial));
    item->setText(2, from_utf8(one.token.manufacturer + " " + one.model));
    item->setText(3, from_utf8(one.module));
    const auto state = busy ? tone::warning : one.pin.locked() ? tone::bad : tone::good;
    item->setText(4, mark_of(state) + (busy               ? tr("The device does not answer")
                                       : one.pin.locked() ? tr("PIN locked")
                                                          : tr("Ready")));
    colour(*item, 4, state, palette());
  }
}

void drivers_page::retranslate(const std::string& language) {
  language_ = language;
  drivers_title_->setText(tr("Token drivers"));
  tokens_title_->setText(tr("Tokens"));
  hint_->setText(
      tr("A driver comes with the token, from its maker. If yours is missing here, install it and add its library."));
  driver_list_->setHeaderLabels({tr("Name"), tr("Interface"), tr("Version"), tr("State")});
  driver_list_->setAccessibleName(drivers_title_->text());
  token_list_->setHeaderLabels({tr("Label"), tr("Serial number"), tr("Model"), tr("Driver"), tr("State")});
  token_list_->setAccessibleName(tokens_title_->text());
  add_skf_->setText(tr("Add an SKF library …"));
  add_pkcs11_->setText(tr("Add a PKCS#11 library …"));
  remove_->setText(tr("Remove"));
  copy_->setText(tr("Copy diagnosis"));
  again_->setText(tr("Look again"));
  outcome_->hide();
  fill();
}

}  // namespace keycare::shell
