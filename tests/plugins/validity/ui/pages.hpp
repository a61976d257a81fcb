// pages.hpp - what the tests of the validity pages share: finding what a person sees.
#pragma once

#include "../../../window/page_stage.hpp"
#include "plugins/common/ui/state_mark.hpp"

#include <gtest/gtest.h>

#include <QLabel>
#include <QLineEdit>
#include <QTableView>

namespace keycare::validity::pages {

using window::child;
using window::click;
using window::focused;
using window::page_stage;
using window::stage_options;
using window::wait_until;

/// The columns, as a person counts them.
enum column { name, state, days_left, until, timeline, token, serial, issuer, from };

inline QTableView* table(QWidget* page) {
  return child<QTableView>(page, "certificateTable");
}
inline int rows(QWidget* page) {
  return table(page)->model()->rowCount();
}
inline QString cell(QWidget* page, int row, int column) {
  auto* model = table(page)->model();
  return model->index(row, column).data().toString();
}
/// The text of the label or of the detail of that name.
inline QString said(QWidget* page, const char* label) {
  if (const auto* found = page->findChild<QLabel*>(label)) return found->text();
  const auto* detail = page->findChild<QWidget*>(label);
  return detail == nullptr ? QString() : detail->accessibleName().section(": ", 1);
}
/// What stands in the notice of that name; empty while it is hidden.
inline QString noticed(QWidget* page, const char* notice) {
  const auto* found = page->findChild<QWidget*>(notice);
  return found == nullptr || found->isHidden() ? QString() : said(const_cast<QWidget*>(found), "noticeText");
}
inline QWidget* certificates(page_stage& stage, int expected) {
  auto* page = stage.page("validity", "my-certificates");
  EXPECT_TRUE(wait_until([&] { return rows(page) == expected; }));
  return page;
}
/// Nothing is under way any more: what the RA says of the chosen certificate stands there.
inline bool settled(QWidget* page, const QString& status) {
  return wait_until([&] { return said(page, "statusValue").contains(status); });
}

}  // namespace keycare::validity::pages
