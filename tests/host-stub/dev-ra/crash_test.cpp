// crash_test.cpp - dev-ra killed, or its computer without power, between any two writes: what was answered is there,
// what was not is there whole or not at all.
#include "database_dump.hpp"
#include "recorded_disk.hpp"
#include "story.hpp"

#include "dev-ra/database.hpp"
#include "dev-ra/files.hpp"
#include "dev-ra/octets.hpp"

#include <gtest/gtest.h>
#include <unistd.h>
#include <thread>

namespace keycare::dev_ra::test {
namespace {

namespace fs = std::filesystem;

/// What stood in the database when an answer had been given.
struct moment {
  std::size_t writes = 0;
  std::string rows;
};

/// A folder in memory where there is one: thousands of databases are opened in it, and none has to outlive a power cut.
class scratch {
public:
  scratch() {
    const auto base = fs::exists("/dev/shm") ? fs::path("/dev/shm") : fs::temp_directory_path();
    folder_ = base / ("keycare-ra-crash-" + std::to_string(::getpid()));
  }
  ~scratch() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  scratch(const scratch&) = delete;
  scratch& operator=(const scratch&) = delete;
  [[nodiscard]] fs::path file(const std::string& name = "ra") const {
    fs::create_directories(folder_);
    return folder_ / (name + ".sqlite");
  }
  /// The rows that dev-ra finds when it starts over @p files.
  [[nodiscard]] std::string rows(const std::map<std::string, std::string>& files) const {
    put(files, folder_ / "found");
    const database opened(folder_ / "found" / "ra.sqlite");
    return dump(folder_ / "found" / "ra.sqlite");
  }

private:
  fs::path folder_;
};

/// Holds every state of the disk between the writes of @p events against what was @p answered before and after it.
void expect_whole_answers(const std::vector<disk_event>& events, const std::vector<moment>& answered) {
  const scratch place;
  played_disk disk;
  std::size_t last = 0;  // answer that was given
  const auto check = [&](const std::map<std::string, std::string>& files, std::size_t write, const char* how) {
    const auto found = place.rows(files);
    if (found == answered[last].rows) return;
    if (last + 1 < answered.size() && found == answered[last + 1].rows) return;
    ADD_FAILURE() << how << " before write " << write << " of " << events.size() << ", after answer " << last << ":\n"
                  << difference(answered[last].rows, found);
  };
  for (std::size_t write = 0; write <= events.size(); ++write) {
    while (last + 1 < answered.size() && answered[last + 1].writes <= write) ++last;
    check(disk.written(), write, "killed");
    check(disk.after_power_cut(static_cast<std::uint32_t>(write + 1)), write, "without power, some writes done");
    if (write == events.size()) break;
    disk.play(events[write]);
    if (events[write].what == disk_event::kind::sync)
      check(disk.after_power_cut(0), write + 1, "without power, no later write done");
    if (testing::Test::HasFailure()) return;
  }
}

TEST(Crash, OfDevRaAtAnyWriteLosesNoAnswerAndLeavesNoHalfOne) {
  std::vector<moment> answered;
  std::vector<disk_event> events;
  {
    const recorded_disk disk;
    {
      ra_kit ra([](options& o) { o.review = review_mode::by_hand; });
      const auto note = [&] { answered.push_back({disk.length(), dump(ra.folder() / "ra.sqlite")}); };
      note();
      ra.on_answer = [&](const sent&, const reply&) {
        note();
        // A start of its own now and then: it empties the log of writes, and that is a write as well.
        if (answered.size() % 12 == 0) ra.restart();
      };
      tell(ra);
    }
    events = disk.events();
  }
  EXPECT_GT(answered.size(), 50U);
  EXPECT_GT(events.size(), 500U);
  RecordProperty("answers", static_cast<int>(answered.size()));
  RecordProperty("writes", static_cast<int>(events.size()));
  expect_whole_answers(events, answered);
}

TEST(Crash, OfTheWholeProcessInTheMiddleOfARequestLosesNoAcceptedOrder) {
  ra_kit ra({}, ra_kit::place::apart);
  int answered = 0;
  int unanswered = 0;
  for (int round = 0; round < 16; ++round) {
    const auto who = ra.enrol("p" + std::to_string(round));
    const auto uuid = random_uuid();
    const sent application{"PUT", "/v1/renewals/" + uuid,
                           ra.seal(ra.sign(who, ra.apply_statement(who, uuid, ra.quote(who)))), "application/cms", ""};
    reply first;
    {
      std::thread killer([&] {
        // Not a wait: the moment of the kill is the point, from before the request to behind its answer.
        std::this_thread::sleep_for(std::chrono::microseconds(round * round * 100));
        ra.kill();
      });
      first = ra.try_send(application);
      killer.join();
    }
    ra.restart();
    const auto again = ra.send(application);
    ASSERT_EQ(again.status, 200) << again.body;
    ++(first.status == 200 ? answered : unanswered);
    if (first.status == 200) {
      for (const char* member : {"receipt", "order_secret"}) EXPECT_EQ(again.body.at(member), first.body.at(member));
      EXPECT_EQ(again.body.at("order").at("number"), first.body.at("order").at("number"));
    }
    const applied order{uuid, again.body.at("order_secret"), {}};
    EXPECT_EQ(ra.state(order), "awaiting-payment");
  }
  RecordProperty("answered", answered);
  RecordProperty("unanswered", unanswered);
}

/// A database as the first schema had it, with a token's admin PIN in escrow.
void make_version_1(const fs::path& file) {
  database made(file);
  made.run("ALTER TABLE escrow DROP COLUMN method");
  made.run("ALTER TABLE redemptions DROP COLUMN next_sha256");
  made.run("PRAGMA user_version=1");
  made.run(
      "INSERT INTO escrow(manufacturer, serial, application, current, next, can_rotate) "
      "VALUES('Keycare', 'T-1', 'KEYCARE', 'admin-pin-0', 'admin-pin-1', 1)");
}

std::int64_t version_of(database& db) {
  auto row = db.select("PRAGMA user_version");
  return row.next() ? row.integer(0) : -1;
}

TEST(Schema, OfVersion1IsBroughtToThePresentOneAndKeepsItsRows) {
  const scratch place;
  const auto file = place.file();
  make_version_1(file);
  std::string empty;
  {
    const auto fresh = place.file("fresh");
    const database made(fresh);
    empty = dump(fresh);
  }
  EXPECT_EQ(difference(empty, dump(file)), "+ escrow|Keycare|T-1|KEYCARE|admin-pin-0|admin-pin-1|1|0\n");
  database upgraded(file);
  EXPECT_EQ(difference(empty, dump(file)),
            "+ escrow|Keycare|T-1|KEYCARE|admin-pin-0|admin-pin-1|1|0|skf-unblock-pin\n");
  EXPECT_EQ(version_of(upgraded), 3);
  // As good as one that was made today.
  upgraded.run("INSERT INTO escrow VALUES('Keycare', 'T-2', 'PKCS11', 'admin-pin-0', NULL, 1, 0, 'pkcs11-init-pin')");
  EXPECT_EQ(upgraded.run("UPDATE redemptions SET next_sha256 = ''"), 0);
}

TEST(Schema, AnUpgradeThatIsKilledAtAnyWriteIsTakenUpAgain) {
  const recorded_disk recorded;
  const scratch place;
  make_version_1(place.file());
  const auto made = recorded.length();
  std::string upgraded;
  {
    const database opened(place.file());
    upgraded = dump(place.file());
  }
  const auto events = recorded.events();
  ASSERT_GT(events.size(), made);
  played_disk disk;
  for (std::size_t write = 0; write < events.size(); ++write) {
    disk.play(events[write]);
    if (write + 1 < made) continue;
    EXPECT_EQ(place.rows(disk.written()), upgraded) << write;
    EXPECT_EQ(place.rows(disk.after_power_cut(0)), upgraded) << write;
    EXPECT_EQ(place.rows(disk.after_power_cut(static_cast<std::uint32_t>(write + 1))), upgraded) << write;
  }
}

TEST(Schema, OfALaterVersionIsRefusedAndLeftAsItIs) {
  const scratch place;
  {
    database made(place.file());
    made.run("PRAGMA user_version=99");
  }
  const auto octets = read_file(place.file(), 1'000'000);
  EXPECT_THROW(database(place.file()), std::runtime_error);
  EXPECT_EQ(read_file(place.file(), 1'000'000), octets);
}

}  // namespace
}  // namespace keycare::dev_ra::test
