// database_dump.cpp - reads with a connection of its own, past dev-ra.
#include "database_dump.hpp"

#include "dev-ra/octets.hpp"

#include <sqlite3.h>
#include <memory>
#include <set>
#include <sstream>
#include <stdexcept>
#include <vector>

namespace keycare::dev_ra::test {

namespace {

using connection = std::unique_ptr<sqlite3, decltype(&sqlite3_close)>;
using statement = std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)>;

statement prepare(sqlite3* db, const std::string& sql) {
  sqlite3_stmt* raw = nullptr;
  if (sqlite3_prepare_v2(db, sql.c_str(), -1, &raw, nullptr) != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(db));
  return {raw, &sqlite3_finalize};
}

std::string value(sqlite3_stmt* row, int column) {
  const auto* octets = static_cast<const char*>(sqlite3_column_blob(row, column));
  const std::string text(octets == nullptr ? "" : octets, static_cast<std::size_t>(sqlite3_column_bytes(row, column)));
  if (sqlite3_column_type(row, column) == SQLITE_NULL) return "NULL";
  return sqlite3_column_type(row, column) == SQLITE_BLOB ? "blob " + sha256_hex(text) : text;
}

std::set<std::string> lines(const std::string& text) {
  std::set<std::string> out;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) out.insert(line);
  return out;
}

}  // namespace

std::string dump(const std::filesystem::path& file) {
  sqlite3* raw = nullptr;
  const int opened = sqlite3_open_v2(file.c_str(), &raw, SQLITE_OPEN_READWRITE, "unix");
  const connection db(raw, &sqlite3_close);
  if (opened != SQLITE_OK) throw std::runtime_error("dump: cannot open " + file.string());
  std::vector<std::string> tables;
  const auto names = prepare(raw, "SELECT name FROM sqlite_master WHERE type = 'table' AND sql <> '' ORDER BY name");
  while (sqlite3_step(names.get()) == SQLITE_ROW) tables.push_back(value(names.get(), 0));
  std::string out;
  for (const auto& table : tables) {
    const auto rows = prepare(raw, "SELECT * FROM " + table + " ORDER BY rowid");
    int status = sqlite3_step(rows.get());
    for (; status == SQLITE_ROW; status = sqlite3_step(rows.get())) {
      out += table;
      for (int column = 0; column < sqlite3_column_count(rows.get()); ++column) out += "|" + value(rows.get(), column);
      out += "\n";
    }
    if (status != SQLITE_DONE) throw std::runtime_error(sqlite3_errmsg(raw));
  }
  return out;
}

std::string difference(const std::string& before, const std::string& after) {
  std::string out;
  const auto was = lines(before);
  const auto is = lines(after);
  for (const auto& line : was)
    if (!is.contains(line)) out += "- " + line + "\n";
  for (const auto& line : is)
    if (!was.contains(line)) out += "+ " + line + "\n";
  return out.empty() && before != after ? "the same rows in another order" : out;
}

}  // namespace keycare::dev_ra::test
