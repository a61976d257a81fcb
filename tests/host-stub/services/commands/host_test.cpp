// host_test.cpp - how a plugin finds a service, and each way in which it does not.
#include "host-stub/services/host.hpp"
#include "keycare/abi/log.h"
#include "keycare/sdk/services.hpp"

#include <gtest/gtest.h>

#include <memory>

namespace keycare::services {
namespace {

/// A service with a table of minor version 2.
class sample_service final : public service {
public:
  struct whole {
    kc_table table{sizeof(whole), 1, 2};
    void* host = nullptr;
  };
  [[nodiscard]] const kc_table* table() const noexcept override { return &table_.table; }

private:
  whole table_;
};

class Host : public testing::Test {
protected:
  Host() {
    const auto make = [this](const plugin_identity& who) {
      EXPECT_EQ(who.id, "renewal");
      ++made;
      return std::unique_ptr<service>(std::make_unique<sample_service>());
    };
    table = std::make_unique<host_table>(plugin_identity{"renewal", "1.0.0", {"token.read", "net:ra"}},
                                         std::vector<offered_service>{{"keycare.open/1", "", make},
                                                                      {"keycare.token/1", "token.read", make},
                                                                      {"keycare.signing/1", "token.sign", make},
                                                                      {"keycare.http/1", "net:", make}},
                                         log);
  }
  kc_status find(const char* id, std::uint16_t minor = 0, std::uint32_t size = sizeof(sample_service::whole)) {
    why = sized<kc_error>();
    found = nullptr;
    return table->abi()->service(table->abi(), id, minor, size, &found, &why);
  }

  manual_time time;
  memory_log log{time};
  int made = 0;
  std::unique_ptr<host_table> table;
  const kc_table* found = nullptr;
  kc_error why = sized<kc_error>();
};

TEST_F(Host, MakesAServiceOnceAndGivesTheSameTable) {
  ASSERT_EQ(find("keycare.open/1"), KC_OK);
  const auto* first = found;
  ASSERT_EQ(find("keycare.open/1", 2), KC_OK);
  EXPECT_EQ(found, first);
  EXPECT_EQ(made, 1);
}

TEST_F(Host, EachRefusalHasItsOwnStatus) {
  EXPECT_EQ(find("keycare.nothing/1"), KC_E_UNKNOWN_SERVICE);
  EXPECT_EQ(find("keycare.open/2"), KC_E_OTHER_MAJOR);
  EXPECT_EQ(find("keycare.open/1", 3), KC_E_NEWER_MINOR);
  EXPECT_EQ(find("keycare.open/1", 0, 4096), KC_E_TABLE_TOO_SMALL);
  EXPECT_EQ(find("keycare.signing/1"), KC_E_NO_PERMISSION);
  EXPECT_EQ(found, nullptr);
  EXPECT_STREQ(why.code, "KC-PLUGIN-NO-PERMISSION");
  EXPECT_TRUE(log.contains("service.no-permission"));
  EXPECT_EQ(find("keycare.token/1"), KC_OK);
  EXPECT_EQ(find("keycare.http/1"), KC_OK);
}

TEST_F(Host, RubbishIsAnswered) {
  for (const char* id : {"", "/", "keycare.open", "keycare.open/", "keycare.open/x", "keycare.open/01",
                         "keycare.open/99999999999999999999999999999999999999999999999999999999999999999999999999"})
    EXPECT_NE(find(id), KC_OK) << id;
  EXPECT_EQ(find(nullptr), KC_E_ARGUMENT);
  EXPECT_EQ(table->abi()->service(table->abi(), "keycare.open/1", 0, 8, nullptr, &why), KC_E_ARGUMENT);
  EXPECT_EQ(table->abi()->service(nullptr, "keycare.open/1", 0, 8, &found, nullptr), KC_E_ARGUMENT);
}

TEST_F(Host, MisuseIsLoggedUnderThePluginsName) {
  table->abi()->misuse(table->abi(), borrow(std::string_view("the host offers a table that is not whole")));
  EXPECT_TRUE(log.contains("contract.broken"));
  EXPECT_TRUE(log.contains(R"("who":"renewal")"));
}

}  // namespace
}  // namespace keycare::services
