// database.hpp - the RA's SQLite database: one connection, one transaction a request, statements prepared once.
//
// A database that fails (disk full, damaged file) ends the request: these functions throw std::runtime_error, the
// request's border rolls back and answers 500. Nothing else in dev-ra throws.
#pragma once

#include <sqlite3.h>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace keycare::dev_ra {

/// Octets that are bound as a BLOB rather than as text.
struct blob {
  std::string octets;
};

class database;

/// One execution of a prepared statement; resets it at its end.
class query {
public:
  explicit query(sqlite3_stmt* prepared) : prepared_(prepared) {}
  query(query&& other) noexcept : prepared_(std::exchange(other.prepared_, nullptr)) {}
  query(const query&) = delete;
  query& operator=(const query&) = delete;
  query& operator=(query&&) = delete;
  ~query();

  /// Goes to the next row; false after the last.
  bool next();
  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] std::string text(int column) const;  // text or BLOB; empty for NULL
  [[nodiscard]] bool is_null(int column) const;

private:
  sqlite3_stmt* prepared_;
};

class database {
public:
  /// Opens or creates the file with the current schema. Throws when that is impossible.
  explicit database(const std::filesystem::path& file);

  /// Runs @p sql with its ? bound in order.
  template <class... Values>
  query select(const char* sql, const Values&... values) {
    auto* prepared = prepare(sql);
    int at = 0;
    (bind(prepared, ++at, values), ...);
    return query(prepared);
  }
  /// Runs @p sql to its end; the number of rows that it changed.
  template <class... Values>
  std::int64_t run(const char* sql, const Values&... values) {
    auto execution = select(sql, values...);
    while (execution.next()) {
    }
    return sqlite3_changes64(connection_.get());
  }
  [[nodiscard]] std::int64_t last_id() const { return sqlite3_last_insert_rowid(connection_.get()); }

  void begin() { run("BEGIN IMMEDIATE"); }
  void commit() { run("COMMIT"); }
  void roll_back() noexcept;

private:
  struct close {
    void operator()(sqlite3* connection) const { sqlite3_close_v2(connection); }
  };
  struct finalize {
    void operator()(sqlite3_stmt* prepared) const { sqlite3_finalize(prepared); }
  };

  sqlite3_stmt* prepare(const char* sql);
  static void bind(sqlite3_stmt* prepared, int at, std::int64_t value);
  static void bind(sqlite3_stmt* prepared, int at, std::string_view value);
  static void bind(sqlite3_stmt* prepared, int at, const blob& value);
  static void bind(sqlite3_stmt* prepared, int at, std::nullptr_t);
  static void bind(sqlite3_stmt* prepared, int at, const std::optional<std::int64_t>& value) {
    value ? bind(prepared, at, *value) : bind(prepared, at, nullptr);
  }

  std::unique_ptr<sqlite3, close> connection_;
  std::map<std::string, std::unique_ptr<sqlite3_stmt, finalize>, std::less<>> prepared_;
};

}  // namespace keycare::dev_ra
