// database.cpp - SQLite behind the store: schema, compare-and-swap, what its errors mean to people.
#include "host-stub/services/store/database.hpp"

#include "host-stub/services/secure/durable_file.hpp"
#include "host-stub/services/store/seal.hpp"
#include "keycare/sdk/json.hpp"

#include <sqlite3.h>

#include <cerrno>
#include <mutex>
#include <nlohmann/json.hpp>
#include <utility>

namespace keycare::services {

struct database::connection {
  sqlite3* db = nullptr;
  std::mutex mutex;
  ~connection() { sqlite3_close_v2(db); }
};

namespace {

constexpr int schema = 1;
constexpr int application = 0x4B435354;  // "KCST"; tells our file from any other SQLite file

// The counter gives every write in the file its own version: a record that was removed and made again never gets an
// old version back, so that a compare-and-swap cannot be fooled.
constexpr const char* create_tables =
    "CREATE TABLE record(plugin TEXT NOT NULL, key TEXT NOT NULL, version INTEGER NOT NULL, value BLOB NOT NULL,"
    " PRIMARY KEY(plugin, key)) STRICT;"
    "CREATE TABLE counter(one INTEGER PRIMARY KEY CHECK(one = 1), version INTEGER NOT NULL) STRICT;"
    "INSERT INTO counter VALUES(1, 0);";

error database_error(sqlite3* db, int code) {
  const int primary = code & 0xff;
  const int system = db == nullptr ? 0 : sqlite3_system_errno(db);
  auto status = KC_E_FAILED;
  const char* name = "KC-STORE-UNAVAILABLE";
  if (primary == SQLITE_FULL || system == ENOSPC || system == EDQUOT) {
    name = "KC-STORE-FULL";
  } else if (primary == SQLITE_READONLY || system == EROFS) {
    name = "KC-STORE-READ-ONLY";
  } else if (primary == SQLITE_CANTOPEN && system == EACCES) {
    name = "KC-STORE-READ-ONLY";
  } else if (primary == SQLITE_BUSY || primary == SQLITE_LOCKED) {
    status = KC_E_BUSY;
    name = "KC-STORE-BUSY";
  } else if (primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB) {
    status = KC_E_DAMAGED;
    name = "KC-STORE-DAMAGED";
  }
  return fail(status, name, code);
}

result<void> run(sqlite3* db, const char* sql) {
  const int code = sqlite3_exec(db, sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return database_error(db, code);
  return {};
}

/// One prepared statement; finalised at the end of its scope.
class statement {
public:
  statement(sqlite3* db, const char* sql) : db_(db) { sqlite3_prepare_v2(db, sql, -1, &handle_, nullptr); }
  ~statement() { sqlite3_finalize(handle_); }
  statement(const statement&) = delete;
  statement& operator=(const statement&) = delete;

  statement& text(int at, std::string_view value) {
    sqlite3_bind_text(handle_, at, value.data(), static_cast<int>(value.size()), SQLITE_STATIC);
    return *this;
  }
  statement& number(int at, std::int64_t value) {
    sqlite3_bind_int64(handle_, at, value);
    return *this;
  }
  statement& blob(int at, octets_view value) {
    sqlite3_bind_blob(handle_, at, value.data(), static_cast<int>(value.size()), SQLITE_STATIC);
    return *this;
  }
  /// SQLITE_ROW, SQLITE_DONE or an error; a statement that was not prepared is an error.
  int step() { return handle_ == nullptr ? sqlite3_errcode(db_) : sqlite3_step(handle_); }
  [[nodiscard]] std::int64_t number(int column) const { return sqlite3_column_int64(handle_, column); }
  [[nodiscard]] std::string text(int column) const {
    const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(handle_, column));
    return data == nullptr ? std::string{}
                           : std::string(data, static_cast<std::size_t>(sqlite3_column_bytes(handle_, column)));
  }
  [[nodiscard]] octets_view blob(int column) const {
    return {static_cast<const std::uint8_t*>(sqlite3_column_blob(handle_, column)),
            static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))};
  }

private:
  sqlite3* db_;
  sqlite3_stmt* handle_ = nullptr;
};

/// With BEGIN IMMEDIATE what is read can be written with nobody in between; with BEGIN everything that is read was true
/// at one moment. Rolls back unless committed.
class transaction {
public:
  explicit transaction(sqlite3* db, const char* begin = "BEGIN IMMEDIATE") : db_(db), begun_(run(db, begin)) {}
  ~transaction() {
    if (begun_ && !ended_) sqlite3_exec(db_, "ROLLBACK", nullptr, nullptr, nullptr);
  }
  transaction(const transaction&) = delete;
  transaction& operator=(const transaction&) = delete;
  [[nodiscard]] const result<void>& begun() const { return begun_; }
  result<void> commit() {
    auto done = run(db_, "COMMIT");
    if (done) {
      ended_ = true;
    } else if (done.error().code == "KC-STORE-UNAVAILABLE") {
      // The disk failed under the commit: whether it is there shows the next read.
      return error{KC_E_OUTCOME_UNKNOWN, "KC-STORE-UNAVAILABLE", done.error().native, "{}"};
    }
    return done;
  }

private:
  sqlite3* db_;
  result<void> begun_;
  bool ended_ = false;
};

/// What the value is sealed to. No key holds a zero octet, so that the parts cannot run together.
std::string place_of(std::string_view plugin, std::string_view key, std::uint64_t version) {
  std::string place(plugin);
  place.push_back('\0');
  place.append(key);
  place.push_back('\0');
  return place + std::to_string(version);
}

/// The version now, 0 when there is no such record.
result<std::uint64_t> version_of(sqlite3* db, std::string_view plugin, std::string_view key) {
  statement query(db, "SELECT version FROM record WHERE plugin = ?1 AND key = ?2");
  const int code = query.text(1, plugin).text(2, key).step();
  if (code == SQLITE_DONE) return std::uint64_t{0};
  if (code != SQLITE_ROW) return database_error(db, code);
  return static_cast<std::uint64_t>(query.number(0));
}

error conflict() {
  return fail(KC_E_CONFLICT, "KC-STORE-CONFLICT");
}

result<std::int64_t> pragma(sqlite3* db, const char* sql) {
  statement query(db, sql);
  const int code = query.step();
  if (code != SQLITE_ROW) return database_error(db, code);
  return query.number(0);
}

/// Makes the schema in an empty file; refuses what is newer or not ours before anything is written.
result<void> prepare_schema(sqlite3* db) {
  const auto check = [&]() -> result<bool> {
    const auto version = pragma(db, "PRAGMA user_version");
    if (!version) return version.error();
    const auto owner = pragma(db, "PRAGMA application_id");
    if (!owner) return owner.error();
    const auto tables = pragma(db, "SELECT count(*) FROM sqlite_schema");
    if (!tables) return tables.error();
    if (*version == 0 && *owner == 0 && *tables == 0) return true;
    if (*owner != application) return fail(KC_E_DAMAGED, "KC-STORE-FOREIGN");
    if (*version > schema)
      return fail_with(KC_E_UNSUPPORTED, "KC-STORE-NEWER", {{"found", *version}, {"expected", schema}});
    return false;
  };
  {
    transaction looking(db, "BEGIN");
    if (!looking.begun()) return looking.begun();
    const auto empty = check();
    if (!empty) return empty.error();
    if (!*empty) return {};
  }
  transaction making(db);
  if (!making.begun()) return making.begun();
  const auto empty = check();  // another process may have been faster
  if (!empty) return empty.error();
  if (*empty) {
    const auto marks = "PRAGMA application_id = " + std::to_string(application) +
                       "; PRAGMA user_version = " + std::to_string(schema) + ";";
    if (auto made = run(db, create_tables); !made) return made;
    if (auto marked = run(db, marks.c_str()); !marked) return marked;
  }
  return making.commit();
}

/// SQLite does not wait for others here, whatever its busy timeout: two processes that are the first at the same
/// moment.
result<void> use_write_ahead_log(sqlite3* db, int busy_ms) {
  constexpr int pause_ms = 10;
  for (int waited = 0;; waited += pause_ms) {
    statement journal(db, "PRAGMA journal_mode = WAL");
    const int code = journal.step();
    if (code == SQLITE_ROW)
      return journal.text(0) == "wal" ? result<void>() : fail(KC_E_FAILED, "KC-STORE-UNAVAILABLE");
    if ((code & 0xff) != SQLITE_BUSY || waited >= busy_ms) return database_error(db, code);
    sqlite3_sleep(pause_ms);
  }
}

result<void> tune(sqlite3* db, const database::options& how) {
  sqlite3_extended_result_codes(db, 1);
  sqlite3_busy_timeout(db, how.busy_ms);
  // A file from outside must not run code of its own (triggers, views) in us.
  sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
  return run(db, "PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;");
}

}  // namespace

database::database(std::unique_ptr<connection> writer, std::unique_ptr<connection> reader, secret key)
    : writer_(std::move(writer)), reader_(std::move(reader)), key_(std::move(key)) {}

database::~database() = default;

result<std::unique_ptr<database>> database::open(const std::filesystem::path& folder, options how) {
  if (auto made = make_private_folder(folder); !made) return made.error();
  const auto file = folder / "store.db";
  std::error_code ignored;
  // Records without their key are lost already; a fresh key would only hide it.
  auto key = master_key(folder / "store.key", !std::filesystem::exists(file, ignored));
  if (!key) return std::move(key).error();

  const auto connect = [&]() -> result<std::unique_ptr<connection>> {
    auto made = std::make_unique<connection>();
    const int code = sqlite3_open_v2(file.c_str(), &made->db,
                                     SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX, nullptr);
    if (code != SQLITE_OK) return database_error(made->db, code);
    // SQLite falls back to reading when it may not write; that would only show at the first order.
    if (sqlite3_db_readonly(made->db, "main") == 1) return fail(KC_E_FAILED, "KC-STORE-READ-ONLY");
    if (auto tuned = tune(made->db, how); !tuned) return tuned.error();
    return made;
  };
  // SQLite gives its side files the mode of the database, so this one call keeps all of them private.
  if (!std::filesystem::exists(file, ignored)) {
    if (auto made = create_durably(file, {}); !made && made.error().status != KC_E_CONFLICT) return made.error();
  }
  auto writer = connect();
  if (!writer) return writer.error();
  auto* db = (*writer)->db;
  if (auto ready = prepare_schema(db); !ready) return ready.error();
  if (auto logged = use_write_ahead_log(db, how.busy_ms); !logged) return logged.error();
  const auto page = pragma(db, "PRAGMA page_size");
  if (!page) return page.error();
  if (auto bounded = run(db, ("PRAGMA max_page_count = " + std::to_string(how.most_octets / *page)).c_str()); !bounded)
    return bounded.error();
  auto reader = connect();
  if (!reader) return reader.error();
  return std::unique_ptr<database>(new database(*std::move(writer), *std::move(reader), *std::move(key)));
}

result<database::record> database::read(std::string_view plugin, std::string_view key) {
  const std::lock_guard lock(reader_->mutex);
  statement query(reader_->db, "SELECT version, value FROM record WHERE plugin = ?1 AND key = ?2");
  const int code = query.text(1, plugin).text(2, key).step();
  if (code == SQLITE_DONE) return fail(KC_E_NOT_FOUND, "KC-STORE-NOT-FOUND");
  if (code != SQLITE_ROW) return database_error(reader_->db, code);
  record out;
  out.version = static_cast<std::uint64_t>(query.number(0));
  auto value = open_value(key_, place_of(plugin, key, out.version), query.blob(1));
  if (!value) return std::move(value).error();
  out.value = *std::move(value);
  return out;
}

result<std::uint64_t> database::write_if(std::string_view plugin, std::string_view key, std::uint64_t version,
                                         octets_view value) {
  const std::lock_guard lock(writer_->mutex);
  auto* db = writer_->db;
  transaction change(db);
  if (!change.begun()) return change.begun().error();
  const auto now = version_of(db, plugin, key);
  if (!now) return now;
  if (*now != version) return conflict();
  statement count(db, "UPDATE counter SET version = version + 1 WHERE one = 1 RETURNING version");
  if (const int code = count.step(); code != SQLITE_ROW)
    return database_error(db, code == SQLITE_DONE ? SQLITE_CORRUPT : code);
  const auto next = static_cast<std::uint64_t>(count.number(0));
  if (const int code = count.step(); code != SQLITE_DONE) return database_error(db, code);
  const auto sealed = seal_value(key_, place_of(plugin, key, next), value);
  if (!sealed) return sealed.error();
  statement write(db,
                  "INSERT INTO record VALUES(?1, ?2, ?3, ?4)"
                  " ON CONFLICT(plugin, key) DO UPDATE SET version = ?3, value = ?4");
  const int code =
      write.text(1, plugin).text(2, key).number(3, static_cast<std::int64_t>(next)).blob(4, *sealed).step();
  if (code != SQLITE_DONE) return database_error(db, code);
  if (auto done = change.commit(); !done) return done.error();
  return next;
}

result<void> database::remove_if(std::string_view plugin, std::string_view key, std::uint64_t version) {
  const std::lock_guard lock(writer_->mutex);
  auto* db = writer_->db;
  transaction change(db);
  if (!change.begun()) return change.begun();
  const auto now = version_of(db, plugin, key);
  if (!now) return now.error();
  if (*now == 0) return {};
  if (*now != version) return conflict();
  statement remove(db, "DELETE FROM record WHERE plugin = ?1 AND key = ?2");
  if (const int code = remove.text(1, plugin).text(2, key).step(); code != SQLITE_DONE) return database_error(db, code);
  return change.commit();
}

result<std::vector<database::entry>> database::list(std::string_view plugin, std::string_view prefix) {
  const std::lock_guard lock(reader_->mutex);
  // Keys are printable ASCII: '~' is the last of them, and 0x7f comes after everything that starts with the prefix.
  const std::string end = std::string(prefix) + '\x7f';
  statement query(reader_->db,
                  "SELECT key, version FROM record WHERE plugin = ?1 AND key >= ?2 AND key < ?3 ORDER BY key");
  query.text(1, plugin).text(2, prefix).text(3, end);
  std::vector<entry> out;
  int code = query.step();
  for (; code == SQLITE_ROW; code = query.step())
    out.push_back({query.text(0), static_cast<std::uint64_t>(query.number(1))});
  if (code != SQLITE_DONE) return database_error(reader_->db, code);
  return out;
}

}  // namespace keycare::services
