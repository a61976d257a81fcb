// store_service_test.cpp - keycare.store/1 as a plugin calls it.
#include "host-stub/services/store/store_service.hpp"
#include "host-stub/services/threads.hpp"
#include "keycare/abi/store.h"
#include "tests/host-stub/services/scratch_folder.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace keycare::services {
namespace {

class StoreService : public testing::Test {
protected:
  void SetUp() override {
    auto opened = database::open(scratch.path());
    ASSERT_TRUE(opened.ok());
    records = *std::move(opened);
    owner = make_store_service(*records, scratch.path() / "locks", {"renewal", "1.0.0", {}});
    other = make_store_service(*records, scratch.path() / "locks", {"unlock", "1.0.0", {}});
  }
  [[nodiscard]] const kc_store_service* table() const {
    return reinterpret_cast<const kc_store_service*>(owner->table());
  }
  [[nodiscard]] const kc_store_service* others_table() const {
    return reinterpret_cast<const kc_store_service*>(other->table());
  }
  kc_status put(std::string_view key, std::uint64_t version, std::string_view value, std::uint64_t* out) {
    why = sized<kc_error>();
    return table()->put_if(table(), borrow(key), version, borrow(bytes_of(value)), out, &why);
  }

  scratch_folder scratch;
  std::unique_ptr<database> records;
  std::unique_ptr<service> owner;
  std::unique_ptr<service> other;
  kc_error why = sized<kc_error>();
  thread_role_scope role{thread_role::worker};
};

TEST_F(StoreService, APluginReadsWhatItWroteAndAnotherDoesNot) {
  std::uint64_t version = 0;
  ASSERT_EQ(put("order/1", 0, "signed", &version), KC_OK);
  EXPECT_NE(version, 0U);
  std::string seen;
  const auto sink = [](void* to, std::uint64_t, const std::uint8_t* data, std::size_t size) {
    *static_cast<std::string*>(to) = std::string(reinterpret_cast<const char*>(data), size);
  };
  EXPECT_EQ(table()->get(table(), borrow("order/1"), sink, &seen, &why), KC_OK);
  EXPECT_EQ(seen, "signed");
  EXPECT_EQ(others_table()->get(others_table(), borrow("order/1"), sink, &seen, &why), KC_E_NOT_FOUND);
  EXPECT_EQ(put("order/1", 0, "again", &version), KC_E_CONFLICT);
  EXPECT_STREQ(why.code, "KC-STORE-CONFLICT");
}

TEST_F(StoreService, ListsInOrderAndTheSinkMayCallBack) {
  std::uint64_t version = 0;
  ASSERT_EQ(put("b", 0, "2", &version), KC_OK);
  ASSERT_EQ(put("a", 0, "1", &version), KC_OK);
  struct context {
    const kc_store_service* table;
    std::string keys;
  } seen{table(), {}};
  const auto sink = [](void* to, kc_str key, std::uint64_t found) {
    auto& me = *static_cast<context*>(to);
    me.keys += text(key);
    auto ignored = sized<kc_error>();
    EXPECT_EQ(me.table->remove_if(me.table, key, found, &ignored), KC_OK);
  };
  EXPECT_EQ(table()->list(table(), borrow(""), sink, &seen, &why), KC_OK);
  EXPECT_EQ(seen.keys, "ab");
}

TEST_F(StoreService, RefusesWhatTheContractDoesNotAllowAndNamesThePlugin) {
  std::uint64_t version = 0;
  EXPECT_EQ(put("", 0, "x", &version), KC_E_ARGUMENT);
  EXPECT_EQ(put(std::string(201, 'k'), 0, "x", &version), KC_E_ARGUMENT);
  EXPECT_EQ(put("证书", 0, "x", &version), KC_E_ARGUMENT);
  EXPECT_NE(std::string(why.args).find("plugin 'renewal' called keycare.store/1 put_if"), std::string::npos)
      << why.args;
  EXPECT_EQ(put("k", 0, std::string(1024 * 1024 + 1, 'x'), &version), KC_E_TOO_LARGE);
  EXPECT_EQ(put("k", 0, std::string(1024 * 1024, 'x'), &version), KC_OK);
  EXPECT_EQ(table()->get(table(), borrow("k"), nullptr, nullptr, &why), KC_E_ARGUMENT);
  EXPECT_EQ(table()->put_if(nullptr, borrow("k"), 0, {}, &version, &why), KC_E_ARGUMENT);
  EXPECT_EQ(table()->put_if(table(), borrow("k"), 0, kc_bytes{nullptr, 4}, &version, &why), KC_E_ARGUMENT);
}

TEST_F(StoreService, AQueryMayReadButNotWrite) {
  const thread_role_scope query(thread_role::query);
  std::uint64_t version = 0;
  EXPECT_EQ(put("k", 0, "x", &version), KC_E_WRONG_THREAD);
  EXPECT_STREQ(why.code, "KC-PLUGIN-QUERY-CHANGES");
  const thread_role_scope nowhere(thread_role::none);
  EXPECT_EQ(put("k", 0, "x", &version), KC_E_WRONG_THREAD);
}

TEST_F(StoreService, ALockIsOnesOwnUntilItIsReleasedOrTheInstanceEnds) {
  kc_lock first = 0;
  kc_lock second = 0;
  ASSERT_EQ(table()->lock(table(), borrow("order"), &first, &why), KC_OK);
  EXPECT_EQ(table()->lock(table(), borrow("order"), &second, &why), KC_E_BUSY);
  EXPECT_EQ(others_table()->lock(others_table(), borrow("order"), &second, &why), KC_OK) << "another plugin's own";
  others_table()->unlock(others_table(), first);  // not his
  EXPECT_EQ(table()->lock(table(), borrow("order"), &second, &why), KC_E_BUSY);
  table()->unlock(table(), first);
  table()->unlock(table(), first);
  ASSERT_EQ(table()->lock(table(), borrow("order"), &second, &why), KC_OK);
  owner.reset();
  owner = make_store_service(*records, scratch.path() / "locks", {"renewal", "1.0.0", {}});
  EXPECT_EQ(table()->lock(table(), borrow("order"), &second, &why), KC_OK);
}

}  // namespace
}  // namespace keycare::services
