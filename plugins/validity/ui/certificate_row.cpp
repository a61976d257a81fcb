// certificate_row.cpp - see certificate_row.hpp.
#include "certificate_row.hpp"

#include "plugins/common/ui/harmless.hpp"
#include "plugins/common/ui/text.hpp"

#include <QCoreApplication>
#include <QHash>

#include <algorithm>
#include <array>
#include <span>

namespace keycare::validity {

using nlohmann::json;
using ui::text_of;

namespace {

row_state state_of(const json& one) {
  if (ui::flag_of(one, "replaced")) return row_state::replaced;
  const auto name = text_of(one, "state");
  if (name == "ending-soon") return row_state::ending_soon;
  if (name == "ended") return row_state::ended;
  if (name == "not-yet-valid") return row_state::not_yet_valid;
  return row_state::valid;
}

std::span<const json> members_of(const json& data, const char* name) {
  const auto& found = ui::part_of(data, name);
  if (!found.is_array() || found.empty()) return {};
  return {&*found.begin(), found.size()};
}

/// Within the years 1 and 9999, so that one can reckon with it.
std::int64_t time_of(const json& one, const char* name) {
  return std::clamp<std::int64_t>(ui::number_of(one, name), -62'135'596'800, 253'402'300'799);
}

QString key_of(const json& token) {
  return text_of(token, "manufacturer") + QChar(0) + text_of(token, "serial");
}

/// As it is drawn, sorted, searched and copied.
QString shown(const QString& text) {
  return ui::harmless(text, ui::breaks::nowhere);
}

certificate_row read_row(const json& one, const QHash<QString, QString>& labels) {
  const auto text = [&](const char* name) { return shown(text_of(one, name)); };
  const auto& token = ui::part_of(one, "token");
  certificate_row row;
  row.sha256 = text("sha256");
  row.pair_sha256 = text("pair");
  row.name = text("name");
  row.subject = text("subject");
  row.issuer = text("issuer");
  row.serial = text("serial");
  row.algorithm = text("algorithm");
  row.usage = row.pair_sha256.isEmpty() ? text("usage") : QStringLiteral("both");
  row.private_key = text("private_key");
  row.token_label = shown(labels.value(key_of(token)));
  row.token_serial = shown(text_of(token, "serial"));
  row.manufacturer = shown(text_of(token, "manufacturer"));
  row.application = text("application");
  row.container = text("container");
  row.from_text = text("not_before_text");
  row.until_text = text("not_after_text");
  row.sentence = text("sentence");
  if (!row.sentence.isEmpty()) row.sentence[0] = row.sentence[0].toUpper();  // it follows a name on a command line
  row.pin_text = text("pin_text");
  row.from = time_of(one, "not_before");
  row.until = time_of(one, "not_after");
  row.days_left = ui::number_of(one, "days_left");
  row.state = state_of(one);
  row.ended = text_of(one, "state") == "ended";
  for (const auto* part : {&row.name, &row.subject, &row.issuer, &row.serial, &row.token_label, &row.token_serial,
                           &row.from_text, &row.until_text, &row.sha256})
    row.search_text += part->toCaseFolded() + '\n';
  return row;
}

}  // namespace

QString word_of(row_state state) {
  switch (state) {
    case row_state::ending_soon:
      return QCoreApplication::translate("certificate_row", "Ending soon");
    case row_state::ended:
      return QCoreApplication::translate("certificate_row", "Ended");
    case row_state::not_yet_valid:
      return QCoreApplication::translate("certificate_row", "Not yet valid");
    case row_state::replaced:
      return QCoreApplication::translate("certificate_row", "Replaced");
    case row_state::valid:
      break;
  }
  return QCoreApplication::translate("certificate_row", "Valid");
}

ui::tone tone_of(row_state state) {
  constexpr std::array tones{ui::tone::good, ui::tone::warning, ui::tone::bad, ui::tone::notice, ui::tone::faded};
  return tones.at(static_cast<std::size_t>(state));
}

QString certificate_row::token() const {
  return token_label.isEmpty() ? token_serial : QStringLiteral("%1 (%2)").arg(token_serial, token_label);
}

std::vector<certificate_row> read_rows(const json& data) {
  QHash<QString, QString> labels;
  for (const auto& token : members_of(data, "tokens")) labels.insert(key_of(token), text_of(token, "label"));
  const auto all = members_of(data, "certificates");
  QHash<QString, QString> serials;
  for (const auto& one : all)
    if (ui::flag_of(one, "second_half")) serials.insert(text_of(one, "sha256"), shown(text_of(one, "serial")));
  std::vector<certificate_row> rows;
  rows.reserve(all.size());
  for (const auto& one : all) {
    if (ui::flag_of(one, "second_half")) continue;
    rows.push_back(read_row(one, labels));
    rows.back().pair_serial = serials.value(rows.back().pair_sha256);
  }
  return rows;
}

}  // namespace keycare::validity
