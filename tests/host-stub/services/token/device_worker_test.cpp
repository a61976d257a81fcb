// device_worker_test.cpp - a library that hangs, and callers that go on.
#include "host-stub/services/token/device_worker.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <future>
#include <thread>

namespace keycare::services {
namespace {

using namespace std::chrono_literals;

TEST(DeviceWorker, TheAnswerOfACallComesBack) {
  const system_time time;
  device_worker worker(time);
  const auto answer = worker.run<int>(nullptr, 5s, device_effect::reads, [] { return result<int>(7); });
  ASSERT_TRUE(answer.ok());
  EXPECT_EQ(*answer, 7);
}

TEST(DeviceWorker, AWritingCallThatHangsHasAnUnknownOutcomeAndTheLibraryIsSetAsideUntilItComesBack) {
  const system_time time;
  device_worker worker(time);
  std::promise<void> release;
  const auto released = release.get_future().share();
  const auto hung = worker.run<int>(nullptr, 50ms, device_effect::writes, [released] {
    released.wait();
    return result<int>(1);
  });
  EXPECT_EQ(hung.error().status, KC_E_OUTCOME_UNKNOWN);
  EXPECT_TRUE(worker.set_aside());
  EXPECT_EQ(worker.run<int>(nullptr, 5s, device_effect::reads, [] { return result<int>(2); }).error().code,
            "KC-TOKEN-BUSY");
  std::promise<void> cleaned;
  worker.post([&] { cleaned.set_value(); });
  release.set_value();
  cleaned.get_future().wait();  // What was posted is done after the late call.
  EXPECT_TRUE(worker.run<int>(nullptr, 5s, device_effect::reads, [] { return result<int>(3); }).ok());
}

TEST(DeviceWorker, AReadingCallThatHangsIsBusy) {
  const system_time time;
  device_worker worker(time);
  std::promise<void> release;
  const auto released = release.get_future().share();
  const auto hung = worker.run<int>(nullptr, 50ms, device_effect::reads, [released] {
    released.wait();
    return result<int>(1);
  });
  EXPECT_EQ(hung.error().status, KC_E_TOKEN_BUSY);
  release.set_value();
}

TEST(DeviceWorker, CancellingEndsTheWaiting) {
  const system_time time;
  device_worker worker(time);
  call asked;
  std::promise<void> release;
  const auto released = release.get_future().share();
  std::promise<void> begun;
  std::thread canceller([&] {
    begun.get_future().wait();
    asked.cancel();
  });
  const auto outcome = worker.run<int>(asked.abi(), 60s, device_effect::writes, [&begun, released] {
    begun.set_value();
    released.wait();
    return result<int>(1);
  });
  canceller.join();
  EXPECT_EQ(outcome.error().status, KC_E_OUTCOME_UNKNOWN);
  release.set_value();
}

// The window leaves a page while its tokens are being listed; the next page asks at once.
TEST(DeviceWorker, WhoCancelsACallOrHasNoTimeForItDoesNotMakeTheOthersDoWithout) {
  const system_time time;
  device_worker worker(time);
  for (const bool cancels : {true, false}) {
    call hurried("zh-CN", cancels ? 0 : time.monotonic_ns() + 20'000'000);
    std::promise<void> begun;
    std::thread canceller([&, began = begun.get_future()] {
      began.wait();
      if (cancels) hurried.cancel();
    });
    const auto given_up = worker.run<int>(hurried.abi(), 60s, device_effect::reads, [&begun] {
      begun.set_value();
      std::this_thread::sleep_for(150ms);
      return result<int>(1);
    });
    canceller.join();
    EXPECT_EQ(given_up.error().status, cancels ? KC_E_CANCELLED : KC_E_TOKEN_BUSY);
    EXPECT_FALSE(worker.set_aside());
    const auto next = worker.run<int>(nullptr, 60s, device_effect::reads, [] { return result<int>(2); });
    ASSERT_TRUE(next.ok()) << next.error().code;
    EXPECT_EQ(*next, 2);
  }
}

TEST(DeviceWorker, ACancelledCallThatTakesLongerThanADeviceMaySetsTheLibraryAside) {
  const system_time time;
  device_worker worker(time);
  call hurried;
  std::promise<void> begun, release;
  std::thread canceller([&, began = begun.get_future()] {
    began.wait();
    hurried.cancel();
  });
  const auto given_up =
      worker.run<int>(hurried.abi(), 200ms, device_effect::reads, [&begun, released = release.get_future().share()] {
        begun.set_value();
        released.wait();
        return result<int>(1);
      });
  canceller.join();
  EXPECT_EQ(given_up.error().status, KC_E_CANCELLED);
  const auto next = worker.run<int>(nullptr, 60s, device_effect::reads, [] { return result<int>(2); });
  EXPECT_EQ(next.error().code, "KC-TOKEN-BUSY") << "and not after a minute";
  EXPECT_TRUE(worker.set_aside());
  release.set_value();
}

TEST(DeviceWorker, ACallThatWasCancelledBeforeItBeganHasNoEffect) {
  const system_time time;
  device_worker worker(time);
  call asked;
  asked.cancel();
  bool ran = false;
  const auto outcome = worker.run<int>(asked.abi(), 5s, device_effect::writes, [&ran] {
    ran = true;
    return result<int>(1);
  });
  EXPECT_EQ(outcome.error().status, KC_E_CANCELLED);
  EXPECT_FALSE(ran);
}

TEST(DeviceWorker, AnExceptionInALibraryCallIsAnErrorAndNotTheEnd) {
  const system_time time;
  device_worker worker(time);
  const auto outcome =
      worker.run<int>(nullptr, 5s, device_effect::reads, []() -> result<int> { throw std::runtime_error("x"); });
  EXPECT_EQ(outcome.error().code, "KC-HOST-BUG");
}

TEST(DeviceWorker, SettlingWaitsForWhatAJobPostsWhenItEnds) {
  const system_time time;
  device_worker worker(time);
  std::atomic<bool> closed = false;
  // As a session that the last logout holds: it is closed by another job.
  std::shared_ptr<int> session(new int, [&](const int* old) {
    worker.post([&closed, old] {
      std::this_thread::sleep_for(50ms);
      delete old;
      closed = true;
    });
  });
  worker.post([session = std::move(session)] { std::this_thread::sleep_for(50ms); });
  worker.settle();
  EXPECT_TRUE(closed);
}

TEST(DeviceWorker, SettlingDoesNotWaitForALibraryThatHangs) {
  const system_time time;
  device_worker worker(time);
  std::promise<void> release;
  const auto released = release.get_future().share();
  (void)worker.run<int>(nullptr, 50ms, device_effect::reads, [released] {
    released.wait();
    return result<int>(1);
  });
  worker.post([] {});
  worker.settle();
  EXPECT_TRUE(worker.set_aside());
  release.set_value();
}

/// What a library keeps for a thread, and frees when the thread ends.
struct kept_for_a_thread {
  bool used = false;
  ~kept_for_a_thread() {
    if (used) std::fputs("freed with its thread", stderr);
  }
};
thread_local kept_for_a_thread kept;

// The last job often closes the last session, and with it the worker goes on its own thread.
void end_while_the_last_job_holds_the_worker() {
  static const system_time time;
  auto worker = std::make_shared<device_worker>(time);
  auto& queue = *worker;
  queue.post([worker = std::move(worker)] {
    kept.used = true;
    std::this_thread::sleep_for(100ms);
  });
  std::exit(0);
}

TEST(DeviceWorkerDeathTest, TheEndOfTheProcessWaitsForAWorkerThatGoesWithItsLastJob) {
  testing::FLAGS_gtest_death_test_style = "threadsafe";
  EXPECT_EXIT(end_while_the_last_job_holds_the_worker(), testing::ExitedWithCode(0), "freed with its thread");
}

}  // namespace
}  // namespace keycare::services
