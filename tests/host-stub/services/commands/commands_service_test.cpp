// commands_service_test.cpp - keycare.commands/1: answers on the main thread, none after the window is gone.
#include "host-stub/services/commands/commands_service.hpp"
#include "host-stub/services/threads.hpp"
#include "keycare/abi/commands.h"
#include "sample_plugin.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <string>
#include <vector>

namespace keycare::services {
namespace {

/// A main thread that runs when the test says so.
class hand_driven_main final : public main_executor {
public:
  void post(std::function<void()> work) override {
    const std::lock_guard lock(mutex_);
    waiting_.push_back(std::move(work));
    changed_.notify_all();
  }
  /// Runs what was posted; waits up to five seconds for the first.
  bool run_one() {
    std::unique_lock lock(mutex_);
    if (!changed_.wait_for(lock, std::chrono::seconds(5), [&] { return !waiting_.empty(); })) return false;
    const auto work = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    work();
    return true;
  }
  std::size_t waiting() {
    const std::lock_guard lock(mutex_);
    return waiting_.size();
  }

private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> waiting_;
};

struct heard {
  std::vector<std::string> what;
  std::thread::id thread;
};

class CommandsService : public testing::Test {
protected:
  void SetUp() override {
    sample().reset();
    session = *plugin_session::start(sample_plugin(), {"sample", "1.0.0", {}}, {}, time, log);
    owner = make_commands_service(*session, main, [] { return std::string("en"); });
    table = reinterpret_cast<const kc_commands_service*>(owner->table());
  }
  void TearDown() override {
    sample().release();
    owner.reset();
    session.reset();
  }
  static void on_done(void* to, kc_ticket, kc_status status, kc_bytes reply, const kc_error* error, kc_str sentence) {
    auto& me = *static_cast<heard*>(to);
    me.thread = std::this_thread::get_id();
    me.what.push_back(status == KC_OK ? std::string(text_of(bytes(reply)))
                                      : std::string(error->code) + ": " + std::string(text(sentence)));
  }
  static void on_progress(void* to, kc_ticket, std::uint32_t, std::uint32_t, kc_str phase) {
    static_cast<heard*>(to)->what.emplace_back(text(phase));
  }
  static void on_event(void* to, kc_str kind, kc_str key) {
    static_cast<heard*>(to)->what.push_back(std::string(text(kind)) + "/" + std::string(text(key)));
  }
  kc_status invoke(std::string_view name, std::string_view input, kc_ticket* number) {
    why = sized<kc_error>();
    return table->invoke(table, borrow(name), borrow(bytes_of(input)), &on_done, &on_progress, &got, number, &why);
  }

  manual_time time;
  memory_log log{time};
  hand_driven_main main;
  std::unique_ptr<plugin_session> session;
  std::unique_ptr<service> owner;
  const kc_commands_service* table = nullptr;
  heard got;
  kc_error why = sized<kc_error>();
  thread_role_scope role{thread_role::main};
};

TEST_F(CommandsService, AnAnswerComesOnTheMainThreadAfterInvokeReturned) {
  kc_ticket number = 0;
  ASSERT_EQ(invoke("write", R"({"name":"abc"})", &number), KC_OK);
  EXPECT_NE(number, 0U);
  EXPECT_TRUE(got.what.empty());
  ASSERT_TRUE(main.run_one());
  ASSERT_EQ(got.what.size(), 1U);
  EXPECT_EQ(got.what[0], R"({"data":{"name":"abc"},"text":["done"]})");
  EXPECT_TRUE(got.thread == std::this_thread::get_id());
}

TEST_F(CommandsService, AFailureBringsItsSentence) {
  kc_ticket number = 0;
  ASSERT_EQ(invoke("refused", "{}", &number), KC_OK);
  ASSERT_TRUE(main.run_one());
  EXPECT_EQ(got.what.at(0), "SAMPLE-REFUSED: It was refused.");
  EXPECT_EQ(invoke("write", "{}", &number), KC_E_ARGUMENT);
  EXPECT_STREQ(why.code, "KC-INPUT-INVALID");
}

TEST_F(CommandsService, ProgressComesBeforeTheEndAndCancelEndsIt) {
  kc_ticket number = 0;
  ASSERT_EQ(invoke("hold", "{}", &number), KC_OK);
  ASSERT_TRUE(main.run_one());
  table->cancel(table, number);
  ASSERT_TRUE(main.run_one());
  ASSERT_EQ(got.what.size(), 2U);
  EXPECT_EQ(got.what[0], "sample.hold");
  EXPECT_TRUE(got.what[1].starts_with("KC-CALL-CANCELLED")) << got.what[1];
}

TEST_F(CommandsService, EventsComeUntilUnsubscribeReturned) {
  std::uint64_t subscription = 0;
  ASSERT_EQ(table->subscribe(table, &on_event, &got, &subscription, &why), KC_OK);
  command_request request;
  request.name = "emit";
  ASSERT_TRUE(session->run(request).ok());
  ASSERT_TRUE(main.run_one());
  EXPECT_EQ(got.what.at(0), "order-changed/uuid-1");
  ASSERT_TRUE(session->run(request).ok());
  table->unsubscribe(table, subscription);  // one is posted and not run yet
  ASSERT_TRUE(main.run_one());
  EXPECT_EQ(got.what.size(), 1U);
}

TEST_F(CommandsService, NothingIsCalledAfterTheWindowIsGone) {
  kc_ticket number = 0;
  ASSERT_EQ(invoke("hold", "{}", &number), KC_OK);
  ASSERT_TRUE(sample().wait_for("hold"));
  owner.reset();
  ASSERT_TRUE(main.run_one());
  ASSERT_TRUE(main.run_one());  // progress and end
  EXPECT_TRUE(got.what.empty());
}

TEST_F(CommandsService, OnlyTheMainThreadMayCall) {
  const thread_role_scope worker(thread_role::worker);
  kc_ticket number = 0;
  EXPECT_EQ(invoke("look", "{}", &number), KC_E_WRONG_THREAD);
  EXPECT_STREQ(why.code, "KC-PLUGIN-WRONG-THREAD");
}

TEST_F(CommandsService, DescribesInTheWindowsLanguage) {
  std::string names;
  const auto sink = [](void* to, const kc_command_info* item) {
    *static_cast<std::string*>(to) += std::string(text(item->name)) + "=" + std::string(text(item->summary)) + ";";
  };
  ASSERT_EQ(table->describe(table, sink, &names, &why), KC_OK);
  EXPECT_TRUE(names.starts_with("look=Look;hold=Hold;")) << names;
}

}  // namespace
}  // namespace keycare::services
