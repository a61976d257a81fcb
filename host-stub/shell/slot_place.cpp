// slot_place.cpp - see slot_place.hpp.
#include "host-stub/shell/slot_place.hpp"

#include "host-stub/client/sentence.hpp"
#include "host-stub/shell/text.hpp"
#include "host-stub/shell/tones.hpp"

#include <QCoreApplication>
#include <QEvent>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace keycare::shell {
namespace {

/// A sheet under one plugin's card. It is seen as long as the card is: one that has nothing to say hides.
class sheet final : public QWidget {
public:
  sheet(QWidget* card, QWidget* parent) : QWidget(parent), card_(card) {
    setProperty("ours", true);
    auto* column = new QVBoxLayout(this);
    column->addWidget(card);
    card->installEventFilter(this);
    card->show();
    setVisible(!card->isHidden());
  }

protected:
  /// Painted and not a background role, because a role would change the colours of the card's words.
  void paintEvent(QPaintEvent*) override {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(palette().color(QPalette::Mid));
    painter.setBrush(palette().color(QPalette::Base));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
  }
  bool eventFilter(QObject* watched, QEvent* event) override {
    if (watched == card_ && event->type() == QEvent::ShowToParent) show();
    if (watched == card_ && event->type() == QEvent::HideToParent) hide();
    return false;
  }

private:
  QWidget* card_;
};

}  // namespace

slot_place::slot_place(bool cards, QWidget* parent) : QWidget(parent), cards_(cards), column_(new QVBoxLayout(this)) {
  if (!cards) column_->setContentsMargins(0, 0, 0, 0);
  column_->setSpacing(fontMetrics().height() / 2);
}

void slot_place::empty() {
  reasons_.clear();
  busy_ = nullptr;
  again_ = nullptr;
  while (const std::unique_ptr<QLayoutItem> item{column_->takeAt(0)})
    // Only what is ours: a page belongs to its plugin.
    if (auto* widget = item->widget(); widget != nullptr && widget->property("ours").toBool()) widget->deleteLater();
}

void slot_place::show_starting() {
  empty();
  busy_ = new QProgressBar(this);
  busy_->setProperty("ours", true);
  busy_->setRange(0, 0);
  column_->addStretch(1);
  column_->addWidget(busy_, 0, Qt::AlignHCenter);
  column_->addStretch(1);
  retranslate(language_);
}

void slot_place::add_reason(const plugin_pages::placed& missing) {
  auto* label = new toned_label(this);
  label->setObjectName("missingPlugin");
  label->setProperty("ours", true);
  label->setWordWrap(true);
  label->setMargin(12);
  label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  reasons_.push_back({label, missing});
  column_->addWidget(label);
}

void slot_place::show_failure(const error& why, std::function<void()> again) {
  empty();
  add_reason({{}, {}, {}, nullptr, why});
  again_ = new QPushButton(this);
  again_->setObjectName("startAgain");
  again_->setProperty("ours", true);
  connect(again_, &QPushButton::clicked, this, [again = std::move(again)] { again(); });
  column_->addWidget(again_, 0, Qt::AlignLeft);
  column_->addStretch(1);
  retranslate(language_);
}

void slot_place::show(const std::vector<plugin_pages::placed>& pages) {
  empty();
  bool any = false;
  for (const auto& one : pages) {
    if (one.page == nullptr) {
      add_reason(one);
      continue;
    }
    any = true;
    if (cards_) {
      column_->addWidget(new sheet(one.page, this));
      continue;
    }
    column_->addWidget(one.page, 1);
    one.page->show();
  }
  if (cards_ || !any) column_->addStretch(1);
  if (pages.empty() && !cards_) add_reason({{}, {}, {}, nullptr, {KC_E_NOT_FOUND, "KC-PAGE-NONE", 0, {}}});
  retranslate(language_);
}

void slot_place::retranslate(const std::string& language) {
  language_ = language;
  if (busy_ != nullptr) {
    busy_->setFormat(tr("Starting …"));
    busy_->setAccessibleName(tr("Starting …"));
  }
  if (again_ != nullptr) again_->setText(tr("Try again"));
  for (const auto& one : reasons_) {
    const auto name = from_utf8(language == "en" ? one.about.name_en : one.about.name_zh);
    const auto sentence = from_utf8(host::sentence_of(one.about.why, language));
    one.label->say(tone::bad, (name.isEmpty() ? sentence : tr("%1 is not available: %2").arg(name, sentence)) + "  [" +
                                  from_utf8(one.about.why.code) + "]");
  }
}

}  // namespace keycare::shell
