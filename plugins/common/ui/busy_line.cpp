// busy_line.cpp - see busy_line.hpp.
#include "plugins/common/ui/busy_line.hpp"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

namespace keycare::ui {

using namespace std::chrono_literals;

namespace {
/// A person notices a wait from here on.
constexpr auto unnoticed = 500ms;
}  // namespace

busy_line::busy_line(QWidget* parent)
    : page(parent), phase_(new QLabel(this)), bar_(new QProgressBar(this)), cancel_(new QPushButton(this)) {
  setObjectName("busyLine");
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->addWidget(phase_, 1);
  row->addWidget(bar_, 1);
  row->addWidget(cancel_);
  bar_->setTextVisible(false);
  phase_->setWordWrap(true);
  phase_->setTextFormat(Qt::PlainText);
  cancel_->setObjectName("busyCancel");
  auto keep = sizePolicy();
  keep.setRetainSizeWhenHidden(true);
  setSizePolicy(keep);
  patience_.setSingleShot(true);
  patience_.callOnTimeout([this] { show(); });
  connect(cancel_, &QPushButton::clicked, this, [this] {
    cancel_->setEnabled(false);
    phase_->setText(QCoreApplication::translate("busy_line", "Stopping …"));
    if (cancelled_) cancelled_();
  });
  retranslate();
  hide();
}

void busy_line::set_busy(bool busy) {
  if (!busy) {
    patience_.stop();
    hide();
    return;
  }
  if (isVisible() || patience_.isActive()) return;
  cancel_->setEnabled(true);
  set_progress(0, 0, {});
  patience_.start(unnoticed);
}

void busy_line::set_progress(int done, int total, const QString& phase) {
  bar_->setRange(0, total);
  bar_->setValue(done);
  if (cancel_->isEnabled())
    phase_->setText(phase.isEmpty() ? QCoreApplication::translate("busy_line", "Please wait …") : phase);
  bar_->setAccessibleName(phase_->text());
}

void busy_line::retranslate() {
  cancel_->setText(QCoreApplication::translate("busy_line", "Cancel"));
  cancel_->setAccessibleDescription(QCoreApplication::translate("busy_line", "Stop what is going on"));
}

}  // namespace keycare::ui
