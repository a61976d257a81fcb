// books.cpp - see books.hpp.
#include "books.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <functional>
#include <memory>

namespace keycare::e2e {
namespace {

using row = std::vector<std::string>;

void each_row(const std::filesystem::path& ra, const char* sql, const std::function<void(const row&)>& take) {
  sqlite3* raw = nullptr;
  const int opened = sqlite3_open_v2((ra / "ra.sqlite").c_str(), &raw, SQLITE_OPEN_READONLY, nullptr);
  const std::unique_ptr<sqlite3, decltype(&sqlite3_close_v2)> db(raw, &sqlite3_close_v2);
  ASSERT_EQ(opened, SQLITE_OK);
  sqlite3_busy_timeout(raw, 5000);
  sqlite3_stmt* prepared = nullptr;
  ASSERT_EQ(sqlite3_prepare_v2(raw, sql, -1, &prepared, nullptr), SQLITE_OK) << sqlite3_errmsg(raw);
  const std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)> query(prepared, &sqlite3_finalize);
  int code = sqlite3_step(prepared);
  for (; code == SQLITE_ROW; code = sqlite3_step(prepared)) {
    row out;
    for (int i = 0; i < sqlite3_column_count(prepared); ++i) {
      const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(prepared, i));
      out.emplace_back(text == nullptr ? "" : text);
    }
    take(out);
  }
  ASSERT_EQ(code, SQLITE_DONE) << sqlite3_errmsg(raw);
}

}  // namespace

books books::read(const std::filesystem::path& ra) {
  books out;
  each_row(ra, "SELECT uuid, state, generation FROM orders ORDER BY id", [&](const row& r) {
    out.orders.push_back({r[0], r[1], std::stoi(r[2])});
  });
  each_row(ra,
           "SELECT uuid, payments.state, provider.state FROM payments LEFT JOIN provider ON payment = uuid ORDER BY id",
           [&](const row& r) {
             out.payments.push_back({r[0], r[1], r[2]});
           });
  return out;
}

std::string database_health(const std::filesystem::path& ra) {
  std::string out;
  each_row(ra, "PRAGMA integrity_check", [&](const row& r) { out += r[0]; });
  each_row(ra, "PRAGMA foreign_key_check", [&](const row& r) { out += " broken reference in " + r[0]; });
  return out;
}

}  // namespace keycare::e2e
