// database.cpp - SQLite with synchronous=FULL, and the schema.
#include "database.hpp"

#include <array>
#include <stdexcept>

namespace keycare::dev_ra {

namespace {

// Times are seconds since 1970, money is fen, documents are JSON. due_at is when the RA itself has something to do.
constexpr const char* schema = R"sql(
CREATE TABLE accounts(
  account TEXT PRIMARY KEY, applicant TEXT NOT NULL, certificate TEXT NOT NULL);
CREATE TABLE certificates(
  sha256 TEXT PRIMARY KEY, der BLOB NOT NULL, account TEXT NOT NULL REFERENCES accounts DEFERRABLE INITIALLY DEFERRED,
  subject TEXT NOT NULL, public_key TEXT NOT NULL UNIQUE, manufacturer TEXT NOT NULL, serial TEXT NOT NULL,
  not_before INTEGER NOT NULL, not_after INTEGER NOT NULL,
  status TEXT NOT NULL, changed_at INTEGER NOT NULL, superseded_by TEXT, seal TEXT NOT NULL);
CREATE INDEX certificates_account ON certificates(account);
CREATE TABLE quotes(
  id TEXT PRIMARY KEY, certificate TEXT NOT NULL REFERENCES certificates, months INTEGER NOT NULL, fee_fen INTEGER NOT NULL,
  old_not_after INTEGER NOT NULL, new_not_after INTEGER NOT NULL, issued INTEGER NOT NULL, expires INTEGER NOT NULL);
CREATE INDEX quotes_certificate ON quotes(certificate, months, expires);
CREATE TABLE closed_uuids(uuid TEXT PRIMARY KEY, code TEXT NOT NULL, at INTEGER NOT NULL);
CREATE TABLE orders(
  id INTEGER PRIMARY KEY AUTOINCREMENT, uuid TEXT NOT NULL UNIQUE, number TEXT NOT NULL, state TEXT NOT NULL, open INTEGER NOT NULL,
  generation INTEGER NOT NULL, account TEXT NOT NULL REFERENCES accounts, certificate TEXT NOT NULL REFERENCES certificates,
  manufacturer TEXT NOT NULL, serial TEXT NOT NULL, subject TEXT NOT NULL,
  months INTEGER NOT NULL, fee_fen INTEGER NOT NULL, old_not_after INTEGER NOT NULL, new_not_after INTEGER NOT NULL,
  form TEXT NOT NULL, payload_sha256 TEXT NOT NULL, applied_at INTEGER NOT NULL, pay_before INTEGER NOT NULL,
  remark TEXT NOT NULL DEFAULT '', correction TEXT, rejection TEXT, new_certificate TEXT REFERENCES certificates, due_at INTEGER);
CREATE UNIQUE INDEX orders_open_account ON orders(account) WHERE open = 1;
CREATE UNIQUE INDEX orders_open_certificate ON orders(certificate) WHERE open = 1;
CREATE INDEX orders_certificate ON orders(certificate, id);
CREATE INDEX orders_new_certificate ON orders(new_certificate) WHERE new_certificate IS NOT NULL;
CREATE INDEX orders_due ON orders(due_at) WHERE due_at IS NOT NULL;
CREATE INDEX orders_state ON orders(state, id);
CREATE TABLE receipts(
  uuid TEXT NOT NULL, statement TEXT NOT NULL, generation INTEGER NOT NULL, meaning TEXT NOT NULL,
  cms BLOB NOT NULL, receipt BLOB NOT NULL, at INTEGER NOT NULL, PRIMARY KEY(uuid, statement, generation, meaning));
CREATE TABLE keys(
  uuid TEXT NOT NULL REFERENCES orders(uuid), generation INTEGER NOT NULL, public_key TEXT NOT NULL,
  certificate TEXT NOT NULL REFERENCES certificates, PRIMARY KEY(uuid, generation));
CREATE TABLE payments(
  id INTEGER PRIMARY KEY AUTOINCREMENT, uuid TEXT NOT NULL UNIQUE, order_uuid TEXT NOT NULL REFERENCES orders(uuid),
  method TEXT NOT NULL, request_sha256 TEXT NOT NULL, fee_fen INTEGER NOT NULL,
  invoice TEXT NOT NULL, invoice_state TEXT NOT NULL, state TEXT NOT NULL, refund_reason TEXT, created_at INTEGER NOT NULL);
CREATE INDEX payments_order ON payments(order_uuid, id);
CREATE UNIQUE INDEX payments_open ON payments(order_uuid) WHERE state IN ('open', 'closing');
CREATE TABLE provider(
  payment TEXT PRIMARY KEY, fee_fen INTEGER NOT NULL, state TEXT NOT NULL, asked TEXT, due_at INTEGER);
CREATE INDEX provider_due ON provider(due_at) WHERE due_at IS NOT NULL;
CREATE TABLE escrow(
  manufacturer TEXT NOT NULL, serial TEXT NOT NULL, application TEXT NOT NULL, current TEXT NOT NULL, next TEXT,
  can_rotate INTEGER NOT NULL, exposed INTEGER NOT NULL DEFAULT 0, method TEXT NOT NULL DEFAULT 'skf-unblock-pin',
  PRIMARY KEY(manufacturer, serial, application));
CREATE TABLE unlocks(
  id INTEGER PRIMARY KEY AUTOINCREMENT, uuid TEXT NOT NULL UNIQUE, state TEXT NOT NULL, manufacturer TEXT NOT NULL, serial TEXT NOT NULL,
  application TEXT NOT NULL, certificate TEXT NOT NULL REFERENCES certificates, applicant TEXT NOT NULL, payload_sha256 TEXT NOT NULL,
  phone TEXT NOT NULL, matches INTEGER NOT NULL, applied_at INTEGER NOT NULL, remark TEXT NOT NULL DEFAULT '', rejection TEXT, due_at INTEGER);
CREATE UNIQUE INDEX unlocks_open ON unlocks(manufacturer, serial, application) WHERE state IN ('awaiting-code', 'under-review', 'approved');
CREATE INDEX unlocks_state ON unlocks(state, id);
CREATE INDEX unlocks_due ON unlocks(due_at) WHERE due_at IS NOT NULL;
CREATE TABLE codes(
  uuid TEXT NOT NULL REFERENCES unlocks(uuid), purpose TEXT NOT NULL, code TEXT NOT NULL, phone TEXT NOT NULL, sent INTEGER NOT NULL,
  sent_at INTEGER NOT NULL, expires INTEGER NOT NULL, wrong INTEGER NOT NULL, PRIMARY KEY(uuid, purpose));
CREATE TABLE redemptions(
  uuid TEXT PRIMARY KEY, unlock TEXT NOT NULL REFERENCES unlocks(uuid), manufacturer TEXT NOT NULL, serial TEXT NOT NULL,
  nonce TEXT NOT NULL, key_sha256 TEXT NOT NULL, statement_sha256 TEXT NOT NULL, cms BLOB NOT NULL, at INTEGER NOT NULL,
  next_sha256 TEXT NOT NULL DEFAULT '');
CREATE INDEX redemptions_unlock ON redemptions(unlock);
CREATE INDEX redemptions_token ON redemptions(manufacturer, serial, at);
)sql";

// What brings a database of version 1, 2 ... to the next one.
constexpr std::array upgrades = {
    "ALTER TABLE escrow ADD COLUMN method TEXT NOT NULL DEFAULT 'skf-unblock-pin'",
    "ALTER TABLE redemptions ADD COLUMN next_sha256 TEXT NOT NULL DEFAULT ''",
};
constexpr std::int64_t schema_version = upgrades.size() + 1;

[[noreturn]] void broken(sqlite3* connection) {
  throw std::runtime_error(std::string("database: ") + (connection ? sqlite3_errmsg(connection) : "cannot open"));
}

}  // namespace

query::~query() {
  if (prepared_ == nullptr) return;
  sqlite3_reset(prepared_);
  sqlite3_clear_bindings(prepared_);
}

bool query::next() {
  const int status = sqlite3_step(prepared_);
  if (status != SQLITE_ROW && status != SQLITE_DONE) broken(sqlite3_db_handle(prepared_));
  return status == SQLITE_ROW;
}

std::int64_t query::integer(int column) const {
  return sqlite3_column_int64(prepared_, column);
}

std::string query::text(int column) const {
  const auto* data = static_cast<const char*>(sqlite3_column_blob(prepared_, column));
  const int size = sqlite3_column_bytes(prepared_, column);
  return data == nullptr ? std::string() : std::string(data, static_cast<std::size_t>(size));
}

bool query::is_null(int column) const {
  return sqlite3_column_type(prepared_, column) == SQLITE_NULL;
}

database::database(const std::filesystem::path& file) {
  sqlite3* raw = nullptr;
  const int status = sqlite3_open_v2(file.c_str(), &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
  connection_.reset(raw);
  if (status != SQLITE_OK) broken(raw);
  sqlite3_busy_timeout(raw, 5000);
  run("PRAGMA journal_mode=WAL");
  run("PRAGMA synchronous=FULL");
  run("PRAGMA foreign_keys=ON");
  std::int64_t version = 0;
  {
    auto row = select("PRAGMA user_version");
    if (row.next()) version = row.integer(0);
  }
  if (version > schema_version) throw std::runtime_error("database: made by a newer version");
  if (version == schema_version) return;
  begin();
  const auto execute = [&](const char* steps) {
    if (sqlite3_exec(raw, steps, nullptr, nullptr, nullptr) != SQLITE_OK) broken(raw);
  };
  if (version == 0) execute(schema);
  for (auto from = version; from != 0 && from < schema_version; ++from)
    execute(upgrades[static_cast<std::size_t>(from - 1)]);
  execute(("PRAGMA user_version=" + std::to_string(schema_version)).c_str());
  commit();
}

void database::roll_back() noexcept {
  sqlite3_exec(connection_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
}

sqlite3_stmt* database::prepare(const char* sql) {
  if (const auto it = prepared_.find(std::string_view(sql)); it != prepared_.end()) {
    // A statement that is still being read must not be run again: give that one a second preparation.
    if (sqlite3_stmt_busy(it->second.get()) == 0) return it->second.get();
    throw std::logic_error(std::string("database: statement used within itself: ") + sql);
  }
  sqlite3_stmt* raw = nullptr;
  if (sqlite3_prepare_v3(connection_.get(), sql, -1, SQLITE_PREPARE_PERSISTENT, &raw, nullptr) != SQLITE_OK)
    broken(connection_.get());
  prepared_.emplace(sql, raw);
  return raw;
}

void database::bind(sqlite3_stmt* prepared, int at, std::int64_t value) {
  sqlite3_bind_int64(prepared, at, value);
}

void database::bind(sqlite3_stmt* prepared, int at, std::string_view value) {
  sqlite3_bind_text64(prepared, at, value.data() != nullptr ? value.data() : "", value.size(), SQLITE_TRANSIENT,
                      SQLITE_UTF8);
}

void database::bind(sqlite3_stmt* prepared, int at, const blob& value) {
  sqlite3_bind_blob64(prepared, at, value.octets.data(), value.octets.size(), SQLITE_TRANSIENT);
}

void database::bind(sqlite3_stmt* prepared, int at, std::nullptr_t) {
  sqlite3_bind_null(prepared, at);
}

}  // namespace keycare::dev_ra
