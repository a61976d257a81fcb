// resume_test.cpp - kill -9 of the client after every stored change of an order, with the real token, store and RA.
#include "office_kit.hpp"

#include "host-stub/demo/narrator.hpp"
#include "host-stub/demo/scripted_prompt.hpp"
#include "host-stub/services/config/config.hpp"
#include "host-stub/services/log/log.hpp"
#include "host-stub/services/token/token_side.hpp"
#include "keycare/abi/keys.h"
#include "plugins/common/encoding.hpp"

#include <csignal>
#include <set>

namespace keycare::e2e {
namespace {

namespace cast = demo::cast;

class resume : public office_test {
protected:
  /// One client process that dies after its @p kill_after-th stored change; 0: it is left alone.
  outcome client(const std::string& command, const nlohmann::json& input, int kill_after,
                 const std::map<std::string, std::string>& environment = {}) {
    const auto worker = office_->files().program.parent_path() / "e2e_worker";
    return run_program(
        {worker.string(), office_->config_file().string(), "renewal", command, std::to_string(kill_after)},
        input.dump(), {}, environment);
  }
  /// The order that is under way, as the store has it.
  nlohmann::json order() {
    const auto replies = run({"renewal", "orders"});
    const auto orders = replies.empty() ? nlohmann::json::array() : replies.back()["data"]["orders"];
    for (const auto& one : orders)
      if (one["open"] == true) return one;
    return orders.empty() ? nlohmann::json::object() : orders[0];
  }
  /// Dies after each change until the order is in @p state; gives the stages in which it died.
  std::set<std::string> die_until(const std::string& uuid, const std::string& state) {
    std::set<std::string> stages;
    for (int turn = 0; turn < 40; ++turn) {
      const auto ended = client("continue", {{"order", uuid}}, 1);
      const auto now = order();
      if (ended.signal == SIGKILL) stages.insert(now.value("stage", ""));
      if (now["state"] == state) return stages;
      if (ended.signal == 0) {
        EXPECT_EQ(ended.exit, 0) << ended.out << ended.err;
      }
    }
    ADD_FAILURE() << "never " << state << ": " << order();
    return stages;
  }
};

TEST_F(resume, AnOrderSurvivesAKillAfterEveryStoredChange) {
  // Applying: the intent is stored, then the signed application, then the RA's order.
  const auto form = application();
  // An intent that was never signed is taken up again, so each client lives one change longer than the one before.
  for (int turn = 1; turn < 10 && order().value("state", "") != "awaiting-payment"; ++turn) {
    const auto ended = client("apply", form, turn);
    if (ended.signal == 0 && ended.exit == 1) {
      // Signed already: it is not applied for a second time, it goes on.
      EXPECT_EQ(nlohmann::json::parse(ended.out)["error"], "KC-RENEWAL-UNDER-WAY");
      (void)client("continue", {{"order", order()["uuid"]}}, turn);
    }
  }
  const auto applied = order();
  ASSERT_EQ(applied["state"], "awaiting-payment");
  const auto uuid = applied["uuid"].get<std::string>();

  EXPECT_EQ(client("pay", {{"order", uuid}, {"method", "wechat"}, {"invoice", invoice()}}, 1).signal, SIGKILL);
  const auto paying = client("pay", {{"order", uuid}, {"method", "wechat"}, {"invoice", invoice()}}, 0);
  ASSERT_EQ(paying.exit, 0) << paying.out;
  const auto payments = nlohmann::json::parse(paying.out)["data"]["order"]["payments"];
  ASSERT_EQ(payments.size(), 1u) << "one payment, however often the client died: " << payments;
  ASSERT_TRUE(office_->ra().desk("pay", {{"payment", payments[0]["uuid"]}}).ok());
  die_until(uuid, "under-review");
  ASSERT_TRUE(office_->ra().desk("review", {{"uuid", uuid}, {"decision", "approve"}}).ok());
  const auto died_in = die_until(uuid, "complete");
  EXPECT_TRUE(died_in.contains("key-ready")) << testing::PrintToString(died_in);
  EXPECT_TRUE(died_in.contains("bundle-held")) << testing::PrintToString(died_in);
  EXPECT_TRUE(died_in.contains("proved")) << testing::PrintToString(died_in);

  const auto replies = run({"validity", "list"});
  EXPECT_EQ(replies.back()["data"]["certificates"].size(), 2u) << "one new certificate, and the old one";
  const auto orders = run({"renewal", "orders"}).back()["data"]["orders"];
  EXPECT_EQ(orders.size(), 1u) << "one order";
}

TEST_F(resume, AKeyThatWasHalfMadeWhenThePowerWentIsMadeOnTheSameOrder) {
  auto replies = run({"renewal", "apply"}, application(), {cast::pin});
  const auto uuid = replies.back()["data"]["order"]["uuid"].get<std::string>();
  replies = run({"renewal", "pay"}, {{"order", uuid}, {"method", "wechat"}, {"invoice", invoice()}});
  ASSERT_TRUE(office_->ra().desk("pay", {{"payment", replies.back()["data"]["order"]["payments"][0]["uuid"]}}).ok());
  until(uuid, "under-review");
  ASSERT_TRUE(office_->ra().desk("review", {{"uuid", uuid}, {"decision", "approve"}}).ok());
  // The token's library dies in the middle of its durable writes, with the client, at one point after the other.
  for (const char* point : {"written", "replaced", "recorded"})
    (void)client("continue", {{"order", uuid}}, 0, {{"KEYCARE_SOFTSKF_FAULT", std::string("kill:") + point + ":3"}});
  const auto done = until(uuid, "complete", {cast::pin});
  EXPECT_EQ(done["generation"], 1) << "the same key, not another one";
  replies = run({"validity", "list"});
  EXPECT_EQ(replies.back()["data"]["certificates"].size(), 2u);
}

// ---- a key that another program removed

/// Removes the container of an order's first key from the token, as a program of somebody else's would.
void remove_first_key(const std::filesystem::path& config_file, const token_ref& token, const std::string& uuid) {
  using namespace services;
  const auto container = KC_CONTAINER_PREFIX + common::to_base32(*common::from_uuid(uuid)) + "-1";
  auto settings = *read_config(config_file);
  const system_time time;
  auto log = *open_log(settings.data_dir / "log", time);
  demo::narrator nobody(false, true);
  demo::scripted_prompt nobody_types(nobody);
  std::mutex one_dialog;
  token_side side(settings, time, *log, nobody_types, one_dialog);
  const auto old = *side.registry().certificates(nullptr, token);
  const auto device = *side.registry().open(nullptr, token);
  const auto removed = side.registry().act<void>(
      nullptr, device, patience::usual, device_effect::writes,
      [application = old.front().application, container](token_session& session) -> result<void> {
        if (auto in = session.verify_pin(application, pin_kind::user, secret(cast::pin)); !in) return in;
        auto gone = session.delete_container(application, container);
        session.logout(application);
        return gone;
      });
  ASSERT_TRUE(removed.ok()) << removed.error().code;
}

TEST_F(resume, AKeyThatAnotherProgramRemovedIsMadeAnewOnTheSamePaidOrder) {
  auto replies = run({"renewal", "apply"}, application(), {cast::pin});
  const auto uuid = replies.back()["data"]["order"]["uuid"].get<std::string>();
  replies = run({"renewal", "pay"}, {{"order", uuid}, {"method", "wechat"}, {"invoice", invoice()}});
  ASSERT_TRUE(office_->ra().desk("pay", {{"payment", replies.back()["data"]["order"]["payments"][0]["uuid"]}}).ok());
  until(uuid, "under-review");
  ASSERT_TRUE(office_->ra().desk("review", {{"uuid", uuid}, {"decision", "approve"}}).ok());
  // The empty container is gone before there is a key in it.
  remove_first_key(office_->config_file(), token_.token, uuid);
  for (int turn = 0; turn < 10 && order()["state"] != "issued"; ++turn)
    EXPECT_EQ(client("continue", {{"order", uuid}}, 1).signal, SIGKILL);
  ASSERT_EQ(order()["state"], "issued");
  // And then the key, for which the RA has issued the certificate already.
  remove_first_key(office_->config_file(), token_.token, uuid);
  const auto done = until(uuid, "complete", {cast::pin});
  EXPECT_EQ(done["generation"], 2) << "the RA counts the keys";
  EXPECT_EQ(done["payments"].size(), 1u) << "on the same order, for the same fee";
  replies = run({"validity", "list"});
  EXPECT_EQ(replies.back()["data"]["certificates"].size(), 2u);
}

}  // namespace
}  // namespace keycare::e2e
