// database_test.cpp - records, versions, sealing, and what a full, read-only, newer or damaged file says.
#include "host-stub/services/store/database.hpp"
#include "host-stub/services/store/seal.hpp"
#include "tests/host-stub/services/scratch_folder.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <string>

namespace keycare::services {
namespace {

namespace fs = std::filesystem;

void sql(const fs::path& folder, const char* text) {
  sqlite3* db = nullptr;
  ASSERT_EQ(sqlite3_open((folder / "store.db").c_str(), &db), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(db, text, nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(db);
  sqlite3_close(db);
}

std::string content(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(Database, ARecordIsThereAfterTheProcessWasClosed) {
  const scratch_folder scratch;
  std::uint64_t version = 0;
  {
    auto db = database::open(scratch.path());
    ASSERT_TRUE(db.ok()) << db.error().code;
    const auto written = (*db)->write_if("renewal", "order/1", 0, bytes_of("signed"));
    ASSERT_TRUE(written.ok());
    version = *written;
  }
  auto db = database::open(scratch.path());
  ASSERT_TRUE(db.ok());
  const auto found = (*db)->read("renewal", "order/1");
  ASSERT_TRUE(found.ok());
  EXPECT_EQ(found->value.text(), "signed");
  EXPECT_EQ(found->version, version);
  EXPECT_NE(version, 0U);
}

TEST(Database, OnlyTheRightVersionIsReplacedOrRemoved) {
  const scratch_folder scratch;
  auto db = database::open(scratch.path());
  ASSERT_TRUE(db.ok());
  const auto first = *(*db)->write_if("p", "k", 0, bytes_of("1"));
  EXPECT_EQ((*db)->write_if("p", "k", 0, bytes_of("x")).error().status, KC_E_CONFLICT);
  const auto second = *(*db)->write_if("p", "k", first, bytes_of("2"));
  EXPECT_EQ((*db)->write_if("p", "k", first, bytes_of("x")).error().status, KC_E_CONFLICT);
  EXPECT_EQ((*db)->remove_if("p", "k", first).error().status, KC_E_CONFLICT);
  EXPECT_TRUE((*db)->remove_if("p", "k", second).ok());
  EXPECT_TRUE((*db)->remove_if("p", "k", second).ok()) << "an absent record is a success";
  EXPECT_EQ((*db)->read("p", "k").error().status, KC_E_NOT_FOUND);
  EXPECT_GT(*(*db)->write_if("p", "k", 0, bytes_of("3")), second) << "a version never comes again";
}

TEST(Database, PluginsDoNotSeeEachOther) {
  const scratch_folder scratch;
  auto db = database::open(scratch.path());
  ASSERT_TRUE(db.ok());
  ASSERT_TRUE((*db)->write_if("renewal", "order/1", 0, bytes_of("a")).ok());
  ASSERT_TRUE((*db)->write_if("renewal", "order/2", 0, bytes_of("b")).ok());
  ASSERT_TRUE((*db)->write_if("renewal", "other", 0, bytes_of("c")).ok());
  ASSERT_TRUE((*db)->write_if("unlock", "order/1", 0, bytes_of("")).ok());
  const auto listed = (*db)->list("renewal", "order/");
  ASSERT_TRUE(listed.ok());
  ASSERT_EQ(listed->size(), 2U);
  EXPECT_EQ((*listed)[0].key, "order/1");
  EXPECT_EQ((*listed)[1].key, "order/2");
  EXPECT_EQ((*db)->list("renewal", "")->size(), 3U);
  EXPECT_EQ((*db)->read("unlock", "order/1")->value.size(), 0U);
}

TEST(Database, ValuesAreNotReadableInAnyFileAndFilesArePrivate) {
  const scratch_folder scratch;
  auto db = database::open(scratch.path());
  ASSERT_TRUE(db.ok());
  ASSERT_TRUE((*db)->write_if("p", "k", 0, bytes_of("CANARY-ORDER-SECRET")).ok());
  for (const auto& entry : fs::directory_iterator(scratch.path())) {
    EXPECT_EQ(content(entry.path()).find("CANARY"), std::string::npos) << entry.path();
    struct stat info {};
    ASSERT_EQ(::stat(entry.path().c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777U, 0600U) << entry.path();
  }
}

TEST(Database, ADamagedRecordIsSaidAndStays) {
  const scratch_folder scratch;
  {
    auto db = database::open(scratch.path());
    ASSERT_TRUE(db.ok());
    ASSERT_TRUE((*db)->write_if("p", "k", 0, bytes_of("value")).ok());
    ASSERT_TRUE((*db)->write_if("p", "good", 0, bytes_of("value")).ok());
  }
  sql(scratch.path(),
      "UPDATE record SET value = CAST(substr(value, 1, 20) || x'00' || substr(value, 22) AS BLOB) WHERE key = 'k'");
  auto db = database::open(scratch.path());
  ASSERT_TRUE(db.ok());
  for (int round = 0; round < 2; ++round) {
    const auto found = (*db)->read("p", "k");
    ASSERT_FALSE(found.ok());
    EXPECT_EQ(found.error().status, KC_E_DAMAGED);
  }
  EXPECT_TRUE((*db)->read("p", "good").ok());
}

TEST(Database, ARecordThatWasMovedToAnotherPlaceDoesNotOpen) {
  const scratch_folder scratch;
  {
    auto db = database::open(scratch.path());
    ASSERT_TRUE(db.ok());
    ASSERT_TRUE((*db)->write_if("renewal", "k", 0, bytes_of("value")).ok());
  }
  sql(scratch.path(), "INSERT INTO record SELECT 'unlock', key, version, value FROM record");
  auto db = database::open(scratch.path());
  ASSERT_TRUE(db.ok());
  EXPECT_EQ((*db)->read("unlock", "k").error().status, KC_E_DAMAGED);
}

TEST(Database, AFileOfANewerClientIsRefusedAndNotTouched) {
  const scratch_folder scratch;
  ASSERT_TRUE(database::open(scratch.path()).ok());
  sql(scratch.path(), "PRAGMA user_version = 7; PRAGMA journal_mode = DELETE");
  const auto before = content(scratch.path() / "store.db");
  const auto refused = database::open(scratch.path());
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, "KC-STORE-NEWER");
  EXPECT_EQ(refused.error().args, R"({"expected":1,"found":7})");
  EXPECT_EQ(content(scratch.path() / "store.db"), before);
}

TEST(Database, SomebodyElsesFileAndRubbishAreRefused) {
  const scratch_folder scratch;
  ASSERT_TRUE(master_key(scratch.path() / "store.key", true).ok());
  sql(scratch.path(), "CREATE TABLE theirs(x)");
  EXPECT_EQ(database::open(scratch.path()).error().code, "KC-STORE-FOREIGN");
  std::ofstream(scratch.path() / "store.db", std::ios::trunc) << std::string(5000, 'x');
  EXPECT_EQ(database::open(scratch.path()).error().code, "KC-STORE-DAMAGED");
  EXPECT_EQ(content(scratch.path() / "store.db"), std::string(5000, 'x'));
}

TEST(Database, WithoutItsKeyItMakesNoNewOne) {
  const scratch_folder scratch;
  ASSERT_TRUE(database::open(scratch.path()).ok());
  fs::remove(scratch.path() / "store.key");
  EXPECT_EQ(database::open(scratch.path()).error().code, "KC-STORE-KEY-MISSING");
  EXPECT_FALSE(fs::exists(scratch.path() / "store.key"));
  std::ofstream(scratch.path() / "store.key") << "short";
  EXPECT_EQ(database::open(scratch.path()).error().code, "KC-STORE-KEY-DAMAGED");
}

TEST(Database, AFullDiskIsSaidAndWhatWasThereStays) {
  const scratch_folder scratch;
  database::options how;
  how.most_octets = 64 * 1024;
  auto db = database::open(scratch.path(), how);
  ASSERT_TRUE(db.ok());
  const auto version = (*db)->write_if("p", "small", 0, bytes_of("kept"));
  ASSERT_TRUE(version.ok());
  const octets large(200 * 1024, 1);
  const auto full = (*db)->write_if("p", "large", 0, large);
  ASSERT_FALSE(full.ok());
  EXPECT_EQ(full.error().code, "KC-STORE-FULL");
  EXPECT_EQ((*db)->read("p", "small")->value.text(), "kept");
  EXPECT_EQ((*db)->read("p", "large").error().status, KC_E_NOT_FOUND);
  EXPECT_TRUE((*db)->write_if("p", "small", *version, bytes_of("still works")).ok());
}

TEST(Database, AReadOnlyFolderIsSaid) {
  const scratch_folder scratch;
  ASSERT_TRUE(database::open(scratch.path()).ok());
  // Root may write everywhere, so the one who asks is nobody.
  constexpr uid_t nobody = 65534;
  for (const auto& entry : fs::directory_iterator(scratch.path())) {
    ::chmod(entry.path().c_str(), 0444);
    if (::geteuid() == 0) {
      ASSERT_EQ(::chown(entry.path().c_str(), nobody, nobody), 0);
    }
  }
  ::chmod(scratch.path().c_str(), 0555);
  const pid_t child = ::fork();
  if (child == 0) {
    if (::geteuid() == 0 && ::setuid(nobody) != 0) ::_exit(2);
    const auto refused = database::open(scratch.path());
    ::_exit(!refused.ok() && refused.error().code == "KC-STORE-READ-ONLY" ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
  ::chmod(scratch.path().c_str(), 0755);
}

TEST(Seal, OpensOnlyWithTheSameKeyAndPlace) {
  const scratch_folder scratch;
  const auto key = master_key(scratch.path() / "key", true);
  ASSERT_TRUE(key.ok());
  const auto sealed = seal_value(*key, "place", bytes_of("value"));
  ASSERT_TRUE(sealed.ok());
  EXPECT_EQ(open_value(*key, "place", *sealed)->text(), "value");
  EXPECT_EQ(open_value(*key, "elsewhere", *sealed).error().status, KC_E_DAMAGED);
  EXPECT_EQ(open_value(secret(std::size_t{32}), "place", *sealed).error().status, KC_E_DAMAGED);
  for (std::size_t at = 0; at < sealed->size(); ++at) {
    auto bent = *sealed;
    bent[at] ^= 1U;
    EXPECT_FALSE(open_value(*key, "place", bent).ok()) << "octet " << at;
    EXPECT_FALSE(open_value(*key, "place", octets_view(*sealed).first(at)).ok());
  }
  EXPECT_TRUE(*master_key(scratch.path() / "key", true) == *key) << "the key is made once";
}

}  // namespace
}  // namespace keycare::services
