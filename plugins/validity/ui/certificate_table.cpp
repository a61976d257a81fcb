// certificate_table.cpp - see certificate_table.hpp.
#include "certificate_table.hpp"

#include "timeline.hpp"

#include <QCoreApplication>
#include <QScrollBar>

#include <algorithm>
#include <array>

namespace keycare::validity {

certificate_table::certificate_table(QWidget* parent) : QTableView(parent) {
  setObjectName("certificateTable");
  auto* header = new certificate_header(&rows_, this);
  setHorizontalHeader(header);
  filter_.setSourceModel(&rows_);
  setModel(&filter_);
  setItemDelegate(new certificate_delegate(this));
  setSelectionBehavior(SelectRows);
  setSelectionMode(SingleSelection);
  setEditTriggers(NoEditTriggers);
  setAlternatingRowColors(false);  // today's line shall not be broken by stripes
  setShowGrid(false);
  setWordWrap(false);
  setTextElideMode(Qt::ElideRight);
  setTabKeyNavigation(false);  // Tab leaves the table, the arrows move in it
  setHorizontalScrollMode(ScrollPerPixel);
  header->setSortIndicator(-1, Qt::AscendingOrder);
  setSortingEnabled(true);
  verticalHeader()->hide();
  verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
  size_columns();
  connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] { tell_chosen(); });
}

certificate_table::~certificate_table() {
  chosen_ = {};
  setModel(nullptr);  // the models are members: they go before the view
}

void certificate_table::filter(const QString& text, std::optional<row_state> state) {
  const auto* before = chosen();
  const auto kept = before == nullptr ? QString() : before->sha256;
  setting_ = true;
  filter_.set_text(text);
  filter_.set_state(state);
  choose(kept);
  setting_ = false;
  if (currentIndex().isValid()) scrollTo(currentIndex());
  tell_chosen();
}

void certificate_table::size_columns() {
  const int em = fontMetrics().horizontalAdvance(u'0');
  verticalHeader()->setDefaultSectionSize(fontMetrics().height() * 7 / 4);
  constexpr std::array<int, certificate_model::columns> widths{26, 16, 12, 14, 34, 34, 40, 34, 14};
  for (int i = 0; i < certificate_model::columns; ++i) setColumnWidth(i, em * widths.at(static_cast<std::size_t>(i)));
  fitted_ = widths[certificate_model::timeline] * em;
  fit_timeline();
}

void certificate_table::fit_timeline() {
  if (columnWidth(certificate_model::timeline) != fitted_) return;  // the user has chosen a width
  const int em = fontMetrics().horizontalAdvance(u'0');
  const int room = viewport()->width() - columnViewportPosition(certificate_model::timeline) - horizontalOffset();
  fitted_ = std::clamp(room, 20 * em, 34 * em);
  setColumnWidth(certificate_model::timeline, fitted_);
}

void certificate_table::resizeEvent(QResizeEvent* event) {
  QTableView::resizeEvent(event);
  fit_timeline();
}

void certificate_table::set(const nlohmann::json& data) {
  const auto* before = chosen();
  const auto kept = before == nullptr ? QString() : before->sha256;
  const auto* first = rows_.rows().empty() ? nullptr : &rows_.rows().front();
  const bool was_empty = first == nullptr;
  const int scrolled = verticalScrollBar()->value(), across = horizontalScrollBar()->value();
  setting_ = true;
  const bool changed = rows_.set(data);
  if (changed) {
    choose(kept);
    if (!was_empty) {
      doItemsLayout();
      verticalScrollBar()->setValue(scrolled);
      horizontalScrollBar()->setValue(across);
    }
  }
  setting_ = false;
  if (changed) tell_chosen();
}

void certificate_table::choose(const QString& sha256) {
  const auto& rows = rows_.rows();
  const auto found = std::find_if(rows.begin(), rows.end(), [&](const auto& row) { return row.sha256 == sha256; });
  QModelIndex at;
  if (found != rows.end()) at = filter_.mapFromSource(rows_.index(static_cast<int>(found - rows.begin()), 0));
  if (!at.isValid() && filter_.rowCount() > 0) at = filter_.index(0, 0);
  if (at.isValid())
    selectionModel()->setCurrentIndex(at, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

void certificate_table::retranslate() {
  setAccessibleName(QCoreApplication::translate("certificate_table", "Certificates"));
  setAccessibleDescription(QCoreApplication::translate(
      "certificate_table", "The arrow keys choose a certificate; its details stand below the table."));
  rows_.retranslate();
}

const certificate_row* certificate_table::chosen() const {
  const auto at = currentIndex();
  if (!at.isValid()) return nullptr;
  return &rows_.row(filter_.mapToSource(at).row());
}

void certificate_table::tell_chosen() {
  if (chosen_ && !setting_) chosen_();
}

void certificate_table::changeEvent(QEvent* event) {
  QTableView::changeEvent(event);
  if (event->type() == QEvent::FontChange) size_columns();
}

}  // namespace keycare::validity
