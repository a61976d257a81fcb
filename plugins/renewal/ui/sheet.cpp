// sheet.cpp - see sheet.hpp.
#include "plugins/renewal/ui/sheet.hpp"

#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPushButton>
#include <QRadioButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>
#include <optional>

namespace keycare::renewal {

namespace {
/// A line of text is easy to read up to about so many Latin letters.
constexpr int widest_column = 110;
}  // namespace

namespace {

/// Readable also while its page is disabled, because a command is under way: what it says is still true.
class steady_label final : public QLabel {
public:
  steady_label(QWidget* parent, std::optional<ui::tone> what) : QLabel(parent), tone_(what) { recolour(); }

protected:
  void changeEvent(QEvent* event) override {
    QLabel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) recolour();
  }

private:
  void recolour() {
    auto colours = palette();
    const auto ink = tone_ ? ui::colour_of(*tone_, colours) : colours.color(QPalette::Active, QPalette::WindowText);
    if (colours.color(QPalette::Disabled, QPalette::WindowText) == ink &&
        colours.color(QPalette::Active, QPalette::WindowText) == ink)
      return;
    colours.setColor(QPalette::Disabled, QPalette::WindowText, ink);
    if (tone_) colours.setColor(QPalette::WindowText, ink);
    setPalette(colours);
  }
  std::optional<ui::tone> tone_;
};

QLabel* made_plain(QLabel* label, const char* name) {
  label->setTextFormat(Qt::PlainText);
  label->setWordWrap(true);
  if (name != nullptr) label->setObjectName(name);
  return label;
}

}  // namespace

QLabel* plain_label(QWidget* parent, const char* name) {
  return made_plain(new steady_label(parent, std::nullopt), name);
}

QLabel* toned_label(QWidget* parent, ui::tone what, const char* name) {
  return made_plain(new steady_label(parent, what), name);
}

void set_label(QLabel* label, const QString& text) {
  label->setText(text);
  label->setAccessibleName(text);
}

QPushButton* push_button(QWidget* parent, const char* name) {
  auto* button = new QPushButton(parent);
  button->setObjectName(name);
  button->setAutoDefault(false);
  return button;
}

void set_button(QPushButton* button, const QString& text, const QString& description) {
  button->setText(text);
  button->setAccessibleName(text);
  button->setAccessibleDescription(description);
  // Some styles leave no air beside a long text.
  const auto metrics = button->fontMetrics();
  button->setMinimumWidth(metrics.horizontalAdvance(text) + metrics.height() * 3 / 2);
}

sheet::sheet(QWidget* parent) : page(parent), scroll_(new QScrollArea(this)), heading_(plain_label(this, "heading")) {
  auto* whole = new QVBoxLayout(this);
  whole->setContentsMargins(0, 0, 0, 0);
  scroll_->setFrameShape(QFrame::NoFrame);
  scroll_->setWidgetResizable(true);
  scroll_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll_->setFocusPolicy(Qt::NoFocus);
  whole->addWidget(scroll_);
  auto* middle = new QWidget(scroll_);
  auto* row = new QHBoxLayout(middle);
  row->setContentsMargins(0, 0, 0, 0);
  auto* inner = new QWidget(middle);
  inner->setMaximumWidth(fontMetrics().averageCharWidth() * widest_column);
  row->addStretch(1);
  row->addWidget(inner, 100);
  row->addStretch(1);
  column_ = new QVBoxLayout(inner);
  column_->setSpacing(fontMetrics().height() * 2 / 3);
  column_->addWidget(heading_);
  auto font = heading_->font();
  font.setPointSizeF(font.pointSizeF() * 1.35);
  font.setBold(true);
  heading_->setFont(font);
  heading_->hide();
  scroll_->setWidget(middle);
  // Wherever the cursor is sent, the field and the sentence below it are seen.
  connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) {
    // A button has no sentence below it: one that is seen stays where it is under the mouse.
    const int below = qobject_cast<QPushButton*>(now) != nullptr ? 0 : fontMetrics().height() * 4;
    if (now != nullptr && isVisible() && isAncestorOf(now)) scroll_->ensureWidgetVisible(now, 0, below);
  });
}

void sheet::set_heading(const QString& text) {
  set_label(heading_, text);
  heading_->setVisible(!text.isEmpty());
}

QHBoxLayout* sheet::add_buttons() {
  auto* row = new QHBoxLayout;
  row->addStretch(1);
  column_->addLayout(row);
  return row;
}

void sheet::stay(int down) {
  auto* bar = scroll_->verticalScrollBar();
  const int wanted = std::max(0, bar->value() + down);
  leave_below(0);
  const auto* middle = scroll_->widget();
  leave_below(scroll_->viewport()->height() + wanted - middle->heightForWidth(middle->width()));
  bar->setValue(wanted);
}

void sheet::leave_below(int height) {
  auto* middle = scroll_->widget();
  middle->layout()->setContentsMargins(0, 0, 0, std::max(0, height));
  QCoreApplication::sendPostedEvents(middle, QEvent::LayoutRequest);
}

void sheet::scroll_to_top() {
  leave_below(0);
  scroll_->verticalScrollBar()->setValue(0);
}

void sheet::set_default(QPushButton* button) {
  if (default_ != nullptr) default_->setDefault(false);
  default_ = button;
  if (default_ != nullptr) default_->setDefault(true);
}

namespace {

void collect(const QLayout* layout, std::vector<QWidget*>& stops) {
  for (int i = 0; i < layout->count(); ++i) {
    auto* item = layout->itemAt(i);
    if (item->layout() != nullptr) collect(item->layout(), stops);
    auto* widget = item->widget();
    if (widget == nullptr) continue;
    if ((widget->focusPolicy() & Qt::TabFocus) != 0) {
      stops.push_back(widget);
    } else if (widget->layout() != nullptr) {
      collect(widget->layout(), stops);
    }
  }
}

}  // namespace

std::vector<QWidget*> sheet::tab_stops() const {
  std::vector<QWidget*> stops;
  collect(column_, stops);
  const auto back = std::find(stops.begin(), stops.end(), way_back_);
  if (back != stops.end()) std::rotate(back, back + 1, stops.end());
  return stops;
}

void sheet::order_tabs() {
  const auto stops = tab_stops();
  for (std::size_t i = 1; i < stops.size(); ++i) QWidget::setTabOrder(stops[i - 1], stops[i]);
}

QWidget* sheet::first_stop() const {
  const auto stops = tab_stops();
  const auto is_chosen = [](const QWidget* one) {
    const auto* radio = qobject_cast<const QRadioButton*>(one);
    return radio != nullptr && radio->isChecked() && radio->isVisible();
  };
  const bool has_choice = std::any_of(stops.begin(), stops.end(), is_chosen);
  for (auto* one : stops) {
    if (has_choice && qobject_cast<QRadioButton*>(one) != nullptr && !is_chosen(one)) continue;
    const auto* button = qobject_cast<QPushButton*>(one);
    if (button != nullptr && button->isCheckable()) continue;  // what unfolds details is not where one begins
    if (one->isVisible() && one->isEnabled()) return one;
  }
  return nullptr;
}

void sheet::focus_first() {
  if (auto* first = first_stop()) first->setFocus(Qt::OtherFocusReason);
}

void sheet::showEvent(QShowEvent* event) {
  page::showEvent(event);
  order_tabs();
}

void sheet::keyPressEvent(QKeyEvent* event) {
  if (event->key() != Qt::Key_Return && event->key() != Qt::Key_Enter) return page::keyPressEvent(event);
  auto* pressed = qobject_cast<QPushButton*>(focusWidget());
  if (pressed == nullptr || !isAncestorOf(pressed) || !pressed->hasFocus()) pressed = default_;
  if (pressed != nullptr && pressed->isVisible() && pressed->isEnabled()) pressed->click();
}

}  // namespace keycare::renewal
