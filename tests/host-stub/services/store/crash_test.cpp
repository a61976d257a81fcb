// crash_test.cpp - the store under kill -9 and under two processes at once.
#include "host-stub/services/store/database.hpp"
#include "host-stub/services/store/name_lock.hpp"
#include "tests/host-stub/services/scratch_folder.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <functional>
#include <iostream>
#include <string>

namespace keycare::services {
namespace {

/// A child process and the end of a pipe that it writes to.
struct child_process {
  pid_t id = -1;
  int from = -1;
  explicit child_process(const std::function<int(int to)>& work) {
    int ends[2] = {-1, -1};
    if (::pipe(ends) != 0) return;
    id = ::fork();
    if (id == 0) {
      ::close(ends[0]);
      ::_exit(work(ends[1]));
    }
    ::close(ends[1]);
    from = ends[0];
  }
  ~child_process() {
    if (from >= 0) ::close(from);
  }
  child_process(const child_process&) = delete;
  child_process& operator=(const child_process&) = delete;
  char read_one() const {
    char octet = 0;
    return ::read(from, &octet, 1) == 1 ? octet : '\0';
  }
  int end() const {
    int status = 0;
    ::waitpid(id, &status, 0);
    return status;
  }
};

std::uint64_t number_in(const secret& value) {
  return std::stoull(std::string(value.text()));
}

/// Adds one to the record "count", whoever else does.
bool add_one(database& db) {
  while (true) {
    const auto now = db.read("p", "count");
    if (!now && now.error().status != KC_E_NOT_FOUND) return false;
    const auto next = std::to_string(now ? number_in(now->value) + 1 : 1);
    const auto done = db.write_if("p", "count", now ? now->version : 0, bytes_of(next));
    if (done) return true;
    if (done.error().status != KC_E_CONFLICT && done.error().status != KC_E_BUSY) return false;
  }
}

TEST(StoreCrash, WhatWasAcknowledgedBeforeAKillIsThere) {
  const scratch_folder scratch;
  std::uint64_t acknowledged = 0;
  for (int round = 0; round < 25; ++round) {
    const child_process child([&](int to) {
      auto db = database::open(scratch.path());
      if (!db) return 1;
      while (add_one(**db))
        if (::write(to, "+", 1) != 1) return 1;
      return 1;
    });
    for (int at = 0; at < round % 7 + 1; ++at) {
      ASSERT_EQ(child.read_one(), '+');
      ++acknowledged;
    }
    ::kill(child.id, SIGKILL);
    // What it acknowledged between our last look and its death counts too.
    while (child.read_one() == '+') ++acknowledged;
    child.end();
    auto db = database::open(scratch.path());
    ASSERT_TRUE(db.ok()) << db.error().code;
    const auto found = (*db)->read("p", "count");
    ASSERT_TRUE(found.ok()) << found.error().code;
    const auto count = number_in(found->value);
    // One more at most: committed, but killed before it could say so.
    EXPECT_GE(count, acknowledged);
    EXPECT_LE(count, acknowledged + 1);
    acknowledged = count;
  }
}

TEST(StoreCrash, TheFirstStartMayBeKilledAtAnyMoment) {
  for (int round = 0; round < 20; ++round) {
    const scratch_folder scratch;
    const child_process child([&](int) { return database::open(scratch.path()).ok() ? 0 : 1; });
    ::usleep(static_cast<useconds_t>(round * 400));  // not a wait: the moment of the kill is the point
    ::kill(child.id, SIGKILL);
    child.end();
    auto db = database::open(scratch.path());
    ASSERT_TRUE(db.ok()) << db.error().code << " in round " << round;
    EXPECT_TRUE((*db)->write_if("p", "k", 0, bytes_of("v")).ok());
  }
}

TEST(StoreProcesses, TwoThatStartAtOnceAgreeOnOneKeyAndLoseNoWrite) {
  const scratch_folder scratch;
  constexpr int each = 60;
  const auto work = [&](int) {
    auto db = database::open(scratch.path());
    if (!db) return 1;
    for (int at = 0; at < each; ++at)
      if (!add_one(**db)) return 2;
    return 0;
  };
  const child_process one(work);
  const child_process two(work);
  EXPECT_EQ(one.end(), 0);
  EXPECT_EQ(two.end(), 0);
  auto db = database::open(scratch.path());
  ASSERT_TRUE(db.ok());
  EXPECT_EQ(number_in((*db)->read("p", "count")->value), 2U * each);
}

TEST(StoreProcesses, TwoThatAreTheFirstAtTheSameMomentBothStart) {
  for (int round = 0; round < 60; ++round) {
    const scratch_folder scratch;
    const auto moment = std::chrono::steady_clock::now() + std::chrono::milliseconds(5);
    const auto work = [&](int) {
      while (std::chrono::steady_clock::now() < moment) continue;
      const auto db = database::open(scratch.path());
      if (!db) std::cerr << db.error().code << ' ' << db.error().native << '\n';
      return db.ok() ? 0 : 1;
    };
    const child_process one(work);
    const child_process two(work);
    EXPECT_EQ(one.end(), 0);
    EXPECT_EQ(two.end(), 0);
  }
}

TEST(NameLock, TheDeathOfItsHolderReleasesIt) {
  const scratch_folder scratch;
  const child_process child([&](int to) {
    const auto held = name_lock::take(scratch.path(), "order");
    if (!held || ::write(to, "+", 1) != 1) return 1;
    ::pause();
    return 1;
  });
  ASSERT_EQ(child.read_one(), '+');
  EXPECT_EQ(name_lock::take(scratch.path(), "order").error().status, KC_E_BUSY);
  EXPECT_TRUE(name_lock::take(scratch.path(), "another").ok());
  ::kill(child.id, SIGKILL);
  child.end();
  EXPECT_TRUE(name_lock::take(scratch.path(), "order").ok());
}

TEST(NameLock, LeavesNoFileBehindAndMayBeTakenAgain) {
  const scratch_folder scratch;
  for (int round = 0; round < 3; ++round) {
    const auto held = name_lock::take(scratch.path(), "order");
    ASSERT_TRUE(held.ok());
    EXPECT_FALSE(name_lock::take(scratch.path(), "order").ok()) << "also against the same process";
  }
  EXPECT_TRUE(std::filesystem::is_empty(scratch.path()));
}

}  // namespace
}  // namespace keycare::services
