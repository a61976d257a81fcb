// table_test.cpp - each way in which a table will not do has its own status, seen through a plugin's lookup at its
// host.
#include "keycare/sdk/services.hpp"

#include <gtest/gtest.h>

namespace keycare {
namespace {

/// A host that offers one clock table, which the test spoils.
struct tiny_host {
  kc_status answer = KC_OK;
  kc_clock_service clock{{sizeof(kc_clock_service), 1, 0},
                         nullptr,
                         [](const kc_clock_service*) { return std::int64_t{7}; },
                         [](const kc_clock_service*) { return std::int64_t{8}; },
                         [](const kc_clock_service*, std::int64_t) { return std::int32_t{0}; },
                         [](const kc_clock_service*, kc_str, std::int64_t, kc_error*) { return kc_status{KC_OK}; },
                         [](const kc_clock_service*, kc_str) {}};
  bool trusting = false;  // hands the table out without a look, as a host with a bug would
  std::string misuse;
  kc_host host{{sizeof(kc_host), 1, 0}, this, service, [](const kc_host* self, kc_str sentence) {
                 static_cast<tiny_host*>(self->host)->misuse = text(sentence);
               }};

  static kc_status service(const kc_host* self, const char* id, std::uint16_t minor, std::uint32_t size,
                           const kc_table** out, kc_error* why) {
    auto& me = *static_cast<tiny_host*>(self->host);
    *out = nullptr;
    const auto asked = parse_table_id(id);
    kc_status status = me.answer;
    if (status == KC_OK && asked.name != parse_table_id(KC_CLOCK_SERVICE).name) status = KC_E_UNKNOWN_SERVICE;
    if (status == KC_OK && !me.trusting) status = check_table(me.clock.table, asked.major, minor, size);
    if (status == KC_OK) *out = &me.clock.table;
    if (status != KC_OK) write_error(why, fail(status, "KC-TEST"));
    return status;
  }

  template <class Client>
  kc_status ask(std::uint16_t minor = 0) {
    const auto got = host_link(&host).get<Client>(minor);
    return got ? KC_OK : got.error().status;
  }
};

TEST(a_service, is_found_and_answers) {
  tiny_host h;
  const auto clock = host_link(&h.host).get<clock_client>();
  ASSERT_TRUE(clock.ok());
  EXPECT_EQ(clock->now(), 7);
}

TEST(a_service, of_a_newer_minor_than_asked_for_will_do) {
  tiny_host h;
  h.clock.table.minor = 3;
  h.clock.table.size += 16;
  EXPECT_EQ(h.ask<clock_client>(2), KC_OK);
}

TEST(a_service, has_its_own_status_for_each_way_to_fail) {
  tiny_host h;
  EXPECT_EQ(h.ask<clock_client>(1), KC_E_NEWER_MINOR);
  EXPECT_EQ(h.ask<log_client>(), KC_E_UNKNOWN_SERVICE);
  h.clock.table.major = 2;
  EXPECT_EQ(h.ask<clock_client>(), KC_E_OTHER_MAJOR);
  h.clock.table = {sizeof(kc_clock_service) - 8, 1, 0};
  EXPECT_EQ(h.ask<clock_client>(), KC_E_TABLE_TOO_SMALL);
  h.clock.table = {4, 1, 0};
  EXPECT_EQ(h.ask<clock_client>(), KC_E_TABLE_TOO_SMALL);
  h.answer = KC_E_NO_PERMISSION;
  EXPECT_EQ(h.ask<clock_client>(), KC_E_NO_PERMISSION);
  EXPECT_EQ(h.misuse, "") << "none of this is anybody's fault";
}

TEST(a_service, that_is_not_whole_is_the_hosts_fault) {
  tiny_host h;
  h.trusting = true;
  h.clock.now = nullptr;
  EXPECT_EQ(h.ask<clock_client>(), KC_E_TABLE_TOO_SMALL);
  EXPECT_NE(h.misuse.find("the host offers keycare.clock/1"), std::string::npos) << h.misuse;
  tiny_host small;
  small.trusting = true;
  small.clock.table.size = 16;
  EXPECT_EQ(small.ask<clock_client>(), KC_E_TABLE_TOO_SMALL);
  EXPECT_NE(small.misuse, "");
}

TEST(table_ids, are_a_name_and_a_major_version) {
  EXPECT_EQ(parse_table_id("keycare.clock/1").name, "keycare.clock");
  EXPECT_EQ(parse_table_id("keycare.clock/12").major, 12);
  for (const auto* id : {"", "/1", "keycare.clock", "keycare.clock/", "keycare.clock/x", "keycare.clock/99999"})
    EXPECT_EQ(parse_table_id(id).major, 0) << id;
}

}  // namespace
}  // namespace keycare
