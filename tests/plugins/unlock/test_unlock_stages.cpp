// test_unlock_stages.cpp - a new process over a record of each stage, with the RA and the token in every state: what
// it does, effect by effect; and over records and disks that cannot be used: what it says, and that nothing changes.
#include "../effect_trace.hpp"
#include "plugins/unlock/core/record.hpp"
#include "unlock_bench.hpp"

#include <gtest/gtest.h>

#include <set>

namespace keycare::unlock::resuming {
namespace {

using fakes::bench;
using fakes::effect_trace;
using fakes::right_code;

/// A record of @p at as this program writes it, over an RA that is in the state @p ra.
struct world : bench {
  world(stage at, std::string_view ra_says) {
    EXPECT_TRUE(run("apply", form()).ok());
    auto one = *read_record(text_of(disk.begin()->second.data));
    key = disk.begin()->first;
    one.stage = at;
    if (at == stage::applying) {
      one.sealed = common::to_base64(bytes_of(ra.body));
      one.secret.clear();
      one.ra = {};
    }
    if (at >= stage::redeeming && at <= stage::proved) one.redemption = one.uuid;
    if (at == stage::proved) one.proof = common::to_base64(bytes_of("proof"));
    if (at == stage::closed) one.outcome = "done";
    uuid = one.uuid;
    store(write_record(one));
    ra.state = ra_says;
    if (ra_says == "redeemed") ra.redemptions["an earlier one"] = "";
    if (ra_says == "unknown") ra.uuid = "nobody's";
    if (ra_says == "never-came") ra = {};
    start();
  }
  void store(std::string_view text) { fakes::overwrite(disk, key, text); }
  [[nodiscard]] std::string stored() const { return fakes::text_at(disk, key); }

  std::string key, uuid;
};

/// Attaches to the host of @p b, and says what is done to the token as well.
struct unlock_trace : effect_trace {
  explicit unlock_trace(bench& b) : effect_trace(*b.host) {
    auto& pin = b.host->pin;
    pin.on_begin = [this, begin = pin.on_begin](kc_unlock handle) {
      add("begin");
      return begin(handle);
    };
    pin.on_finish = [this, finish = pin.on_finish](kc_unlock handle, octets_view authorisation) {
      add("finish");
      return finish(handle, authorisation);
    };
  }
};

std::string ended(const result<json>& reply) {
  if (!reply) return reply.error().code;
  const auto stage = (*reply)["data"]["unlock"]["stage"].get<std::string>();
  const auto next = reply->find("next");
  if (next == reply->end()) return stage;
  return stage + ", " + (next->contains("ask") ? "ask" : (*next)["wait"].get<std::string>());
}

struct row {
  std::string_view stages, ra;  ///< "*": every one
  std::optional<bool> token, code;
  std::string_view effects, end;  ///< "@" is the stage of the record
};
constexpr std::optional<bool> any;
constexpr bool there = true, away = false, given = true, none = false;
constexpr std::string_view redemption =
    "GET unlocks, begin, store redeeming, PUT redemptions, store finishing, finish, store proved";

// The first row that fits counts. "never-came": the RA has not seen the application; "unknown": it has another one of
// this token; "spent": no redemption is left.
constexpr row table_of_effects[] = {
    // stage       RA                         token  code   effects                                    end
    {"applying", "unknown", any, any, "PUT unlocks, store closed", "KC-RA-OPEN-UNLOCK"},
    {"applying", "*", any, any, "PUT unlocks, store open", "open, none"},
    {"closed", "*", any, any, "", "closed"},
    {"*", "unknown never-came", any, any, "GET unlocks", "KC-RA-UNKNOWN-UNLOCK"},
    {"proved", "done", any, any, "GET unlocks, store closed", "closed"},
    {"proved", "*", any, any, "GET unlocks, PUT report, store closed", "closed"},
    {"*", "rejected expired done", any, any, "GET unlocks, store closed", "closed"},
    {"*", "under-review", any, any, "GET unlocks, store @", "@, ra"},
    {"*", "awaiting-code", any, given, "GET unlocks, PUT verification, store @", "@, ra"},
    {"*", "awaiting-code", any, none, "GET unlocks, store @, POST code", "@, ask"},
    {"*", "approved redeemed spent", away, any, "GET unlocks, store @", "@, token"},
    {"*", "spent", there, any, "GET unlocks, store open", "KC-UNLOCK-LIMIT"},
    {"*", "approved redeemed", there, given, redemption, "proved, none"},
    {"*", "approved redeemed", there, none, "GET unlocks, store @, POST code", "@, ask"},
};

constexpr std::array stages{stage::applying,  stage::open,   stage::redeeming,
                            stage::finishing, stage::proved, stage::closed};
constexpr const char* answers[] = {"never-came", "unknown", "awaiting-code", "under-review", "approved",
                                   "redeemed",   "spent",   "rejected",      "expired",      "done"};

bool lists(std::string_view words, std::string_view one) {
  return words == "*" || (" " + std::string(words) + " ").find(" " + std::string(one) + " ") != std::string::npos;
}

std::string written_out(std::string_view text, stage at) {
  std::string out(text);
  for (auto found = out.find('@'); found != std::string::npos; found = out.find('@')) out.replace(found, 1, name(at));
  return out;
}

/// One step of a new process.
struct first_step {
  world w;
  result<json> reply = fail(KC_E_FAILED, "not run");
  std::string effects;
  first_step(stage at, std::string_view ra, bool token, bool code, int refused_write = 0, const char* why = "")
      : w(at, ra == "spent" ? "redeemed" : ra) {
    if (ra == "spent")
      for (const char* id : {"2", "3"}) w.ra.redemptions[id] = "";
    if (!token) w.host->tokens.list.clear();
    unlock_trace trace(w);
    trace.disk_code = why;
    trace.disk_fails = [&] { return refused_write != 0 && --refused_write == 0; };
    json input = {{"unlock", w.uuid}};
    if (code) input["code"] = right_code;
    reply = w.run("continue", input);
    effects = trace.effects();
  }
};

template <class Check>
void for_every_situation(const Check& check) {
  for (const auto at : stages)
    for (const std::string_view ra : answers)
      for (const bool token : {there, away})
        for (const bool code : {given, none}) {
          SCOPED_TRACE(std::string(name(at)) + ", the RA says " + std::string(ra) + (token ? "" : ", token away") +
                       (code ? ", with a code" : ""));
          check(at, ra, token, code);
        }
}

TEST(UnlockStages, ANewProcessDoesWhatTheTableSaysAndNothingElse) {
  std::set<const row*> used;
  for_every_situation([&](stage at, std::string_view ra, bool token, bool code) {
    const auto* fits = std::find_if(std::begin(table_of_effects), std::end(table_of_effects), [&](const row& one) {
      return lists(one.stages, name(at)) && lists(one.ra, ra) && one.token.value_or(token) == token &&
             one.code.value_or(code) == code;
    });
    ASSERT_NE(fits, std::end(table_of_effects));
    used.insert(fits);
    const first_step did(at, ra, token, code);
    EXPECT_EQ(did.effects, written_out(fits->effects, at));
    EXPECT_EQ(ended(did.reply), written_out(fits->end, at));
  });
  EXPECT_EQ(used.size(), std::size(table_of_effects)) << "every row is reached";
}

TEST(UnlockStages, WhatADiskRefusesIsSaidAndNothingFollowsIt) {
  for_every_situation([](stage at, std::string_view ra, bool token, bool code) {
    const auto whole = first_step(at, ra, token, code).effects;
    int writes = 0;
    for (auto found = whole.find("store "); found != std::string::npos; found = whole.find("store ", found + 1)) {
      ++writes;
      for (const char* why : {"KC-STORE-FULL", "KC-STORE-READ-ONLY"}) {
        const first_step did(at, ra, token, code, writes, why);
        EXPECT_EQ(ended(did.reply), why);
        EXPECT_EQ(did.effects, whole.substr(0, found) + "store refused");
        if (writes > 1) continue;
        EXPECT_EQ(did.w.stored(), world(at, ra == "spent" ? "redeemed" : ra).stored());
      }
    }
  });
}

/// Presses the button until nothing comes next.
std::string continued_to_the_end(world& w) {
  json input = {{"unlock", w.uuid}};
  for (int i = 0; i < 12; ++i) {
    if (w.ra.state == "under-review") w.ra.state = "approved";
    const auto reply = w.run("continue", input);
    if (!reply.ok() || !reply->contains("next")) return ended(reply);
    input.erase("code");
    if ((*reply)["next"].contains("ask")) input["code"] = right_code;
  }
  return "did not end";
}

TEST(UnlockStages, AfterTheDiskIsMendedEveryStageGoesOnToTheEnd) {
  const std::pair<stage, const char*> fitting[] = {
      {stage::applying, "never-came"}, {stage::applying, "awaiting-code"}, {stage::open, "awaiting-code"},
      {stage::open, "approved"},       {stage::redeeming, "approved"},     {stage::redeeming, "redeemed"},
      {stage::finishing, "redeemed"},  {stage::proved, "redeemed"},
  };
  for (const auto& [at, ra] : fitting)
    for (int refused = 0; refused <= 3; ++refused) {
      first_step step(at, ra, there, given, refused, "KC-STORE-FULL");
      step.w.start();
      EXPECT_EQ(continued_to_the_end(step.w), "closed") << name(at) << " " << ra << " " << refused;
      EXPECT_EQ(step.w.ra.state, "done") << name(at) << " " << ra << " " << refused;
      EXPECT_LE(step.w.ra.redemptions.size(), 3U) << name(at) << " " << ra << " " << refused;
    }
}

TEST(UnlockStages, WhoseLastRedemptionDiedAtAnyStageMayApplyAgain) {
  for (const auto at : {stage::open, stage::redeeming, stage::finishing}) {
    first_step step(at, "spent", there, none);
    ASSERT_FALSE(step.reply.ok());
    EXPECT_EQ(step.reply.error().code, "KC-UNLOCK-LIMIT") << name(at);
    step.w.ra = {};  // which takes another application
    EXPECT_TRUE(step.w.run("apply", bench::form()).ok()) << name(at);
  }
}

/// A record that this program cannot use, for every reason there is.
struct unusable {
  std::string stored;
  const char* code;
};
std::vector<unusable> unusable_records(const std::string& good) {
  std::vector<unusable> out;
  for (std::size_t size = 0; size < good.size(); ++size)
    out.push_back({good.substr(0, size), "KC-UNLOCK-RECORD-DAMAGED"});
  const auto with = [&](const char* member, const json& value, const char* code) {
    auto doc = json::parse(good);
    doc[member] = value;
    out.push_back({doc.dump(), code});
  };
  with("schema", 2, "KC-UNLOCK-RECORD-NEWER");
  with("schema", 0, "KC-UNLOCK-RECORD-DAMAGED");  // no program ever wrote one
  with("schema", "1", "KC-UNLOCK-RECORD-DAMAGED");
  with("stage", "paid-for", "KC-UNLOCK-RECORD-DAMAGED");
  with("stage", 3, "KC-UNLOCK-RECORD-DAMAGED");
  with("uuid", "9d4e5b0e-8a30-4b9f-9d0c-2f6b8f1f7a12", "KC-UNLOCK-RECORD-DAMAGED");  // another one's
  out.push_back({std::string(300, '['), "KC-UNLOCK-RECORD-DAMAGED"});
  out.push_back({std::string(300, '\0'), "KC-UNLOCK-RECORD-DAMAGED"});
  return out;
}

TEST(UnlockStages, ARecordThatCannotBeUsedIsSaidInASentenceAndLeftOctetForOctet) {
  world w(stage::proved, "redeemed");
  for (const auto& [stored, code] : unusable_records(w.stored())) {
    w.store(stored);
    w.start();
    const auto version = w.disk.at(w.key).version;
    for (const json& input :
         {json::object(), json{{"unlock", w.uuid}}, json{{"code", right_code}}, json{{"token", "A1"}}}) {
      const auto reply = w.run("continue", input);
      ASSERT_FALSE(reply.ok()) << stored;
      EXPECT_EQ(reply.error().code, code) << stored;
      for (const char* language : {"zh-CN", "en"})
        EXPECT_NE(w.core->explain(language, reply.error()).value_or(""), "") << language;
    }
    const auto state = w.run("state");
    ASSERT_TRUE(state.ok());
    const auto said = fakes::joined(*state);
    EXPECT_NE(said.find(*w.core->explain("zh-CN", fail(KC_E_DAMAGED, code))), std::string::npos) << said;
    EXPECT_TRUE(w.host->http.sent.empty()) << "the RA is not asked about what cannot be read";
    // Another unlock may be applied for: the RA has the last word on that, and the old record stays.
    (void)w.run("apply", bench::form());
    EXPECT_EQ(w.stored(), stored);
    EXPECT_EQ(w.disk.at(w.key).version, version);
    std::erase_if(w.disk, [&](const auto& one) { return one.first != w.key; });
  }
}

}  // namespace
}  // namespace keycare::unlock::resuming
