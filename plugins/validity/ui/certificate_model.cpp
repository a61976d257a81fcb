// certificate_model.cpp - see certificate_model.hpp.
#include "certificate_model.hpp"

#include "plugins/common/ui/text.hpp"

#include <QCoreApplication>

#include <algorithm>

namespace keycare::validity {

double time_axis::at(std::int64_t when) const {
  if (to <= from || when <= from) return 0;
  if (when >= to) return 1;
  return static_cast<double>(when - from) / static_cast<double>(to - from);
}

time_axis axis_of(const std::vector<certificate_row>& rows, std::int64_t now, std::int64_t soon_days, int years) {
  constexpr std::int64_t year = 366LL * 86'400;
  time_axis axis{now, now, now, soon_days};
  const auto within = [&](std::int64_t when) { return std::clamp(when, now - years * year, now + years * year); };
  for (const auto& row : rows) {
    axis.from = std::min(axis.from, within(row.from));
    axis.to = std::max(axis.to, within(row.until));
  }
  const auto margin = std::max<std::int64_t>((axis.to - axis.from) / 40, 30LL * 86'400);
  axis.from -= margin;
  axis.to += margin;
  return axis;
}

bool certificate_model::set(const nlohmann::json& data) {
  auto rows = read_rows(data);
  const auto& clock = ui::part_of(data, "clock");
  const auto now = ui::number_of(clock, "ra", ui::number_of(clock, "computer"));
  // To the hour: today's line is not to blink with every second that passes.
  const auto axis = axis_of(rows, now / 3600 * 3600, ui::number_of(data, "ending_soon_days", 90));
  if (rows == rows_ && axis == axis_) return false;
  beginResetModel();
  rows_ = std::move(rows);
  axis_ = axis;
  endResetModel();
  return true;
}

void certificate_model::retranslate() {
  Q_EMIT headerDataChanged(Qt::Horizontal, 0, columns - 1);
  if (!rows_.empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columns - 1));
}

int certificate_model::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int certificate_model::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : columns;
}

QString certificate_model::text(const certificate_row& row, int column) const {
  switch (column) {
    case name:
      return row.name;
    case state:
      return word_of(row.state);
    case days_left:
      return QString::number(row.days_left);
    case until:
      return row.until_day();
    case timeline:
      return {};  // it is painted; AccessibleTextRole says it
    case token:
      return row.token();
    case serial:
      return row.serial;
    case issuer:
      return row.issuer;
    default:
      return row.from_day();
  }
}

QVariant certificate_model::sort_key(const certificate_row& row, int column) const {
  switch (column) {
    case state:
      return static_cast<int>(row.state);
    case days_left:
      return QVariant::fromValue<qlonglong>(row.days_left);
    case until:
    case timeline:
      return QVariant::fromValue<qlonglong>(row.until);
    case from:
      return QVariant::fromValue<qlonglong>(row.from);
    default:
      return text(row, column);
  }
}

QVariant certificate_model::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount()) return {};
  const auto& row = this->row(index.row());
  switch (role) {
    case Qt::DisplayRole:
      return text(row, index.column());
    case Qt::AccessibleTextRole:
    case Qt::ToolTipRole: {
      const auto said =
          index.column() == timeline
              ? QCoreApplication::translate("certificate_model", "%1 to %2").arg(row.from_day(), row.until_day())
              : text(row, index.column());
      // A tool tip guesses whether its text is rich; a subject may look it.
      return role == Qt::ToolTipRole ? QStringLiteral("<span>%1</span>").arg(said.toHtmlEscaped()) : said;
    }
    case Qt::TextAlignmentRole:
      return int((index.column() == days_left ? Qt::AlignHCenter : Qt::AlignLeft) | Qt::AlignVCenter);
    case sort_role:
      return sort_key(row, index.column());
    default:
      return {};
  }
}

QVariant certificate_model::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) return {};
  if (role == Qt::TextAlignmentRole)  // the years stand below the name
    return int((section == days_left ? Qt::AlignHCenter : Qt::AlignLeft) |
               (section == timeline ? Qt::AlignTop : Qt::AlignVCenter));
  if (role != Qt::DisplayRole) return {};
  switch (section) {
    case name:
      return QCoreApplication::translate("certificate_model", "Subject");
    case state:
      return QCoreApplication::translate("certificate_model", "State");
    case days_left:
      return QCoreApplication::translate("certificate_model", "Days left");
    case until:
      return QCoreApplication::translate("certificate_model", "Valid until");
    case timeline:
      return QCoreApplication::translate("certificate_model", "Validity in time");
    case token:
      return QCoreApplication::translate("certificate_model", "Token");
    case serial:
      return QCoreApplication::translate("certificate_model", "Serial number");
    case issuer:
      return QCoreApplication::translate("certificate_model", "Issuer");
    default:
      return QCoreApplication::translate("certificate_model", "Valid from");
  }
}

certificate_filter::certificate_filter(QObject* parent) : QSortFilterProxyModel(parent) {
  setSortRole(certificate_model::sort_role);
  setSortLocaleAware(true);
}

void certificate_filter::set_text(const QString& text) {
  words_ = text.toCaseFolded().split(' ', Qt::SkipEmptyParts);
  invalidateFilter();
}

void certificate_filter::set_state(std::optional<row_state> state) {
  state_ = state;
  invalidateFilter();
}

bool certificate_filter::filterAcceptsRow(int number, const QModelIndex&) const {
  const auto& row = static_cast<const certificate_model*>(sourceModel())->row(number);
  if (state_ && row.state != *state_) return false;
  return std::all_of(words_.begin(), words_.end(), [&](const auto& word) { return row.search_text.contains(word); });
}

}  // namespace keycare::validity
