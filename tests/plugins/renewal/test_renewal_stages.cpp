// test_renewal_stages.cpp - a new process over a record of each stage, with the RA and the token in every state: what
// it does, effect by effect; and over records and disks that cannot be used: what it says, and that nothing changes.
#include "../effect_trace.hpp"
#include "plugins/renewal/core/order_table.hpp"
#include "renewal_bench.hpp"

#include <set>

namespace keycare::fakes::resuming {
namespace {

using renewal::order_record;
using renewal::stage;

/// What is written of an order: "key-ready+csr".
std::string words_of(std::string_view stored) {
  const auto doc = json::parse(stored);
  if (!doc.contains("stage")) return "document";
  const auto kind = doc["to_send"]["kind"].get<std::string>();
  return doc["stage"].get<std::string>() + (kind == "none" ? "" : "+" + kind);
}

/// Attaches to the host of @p b, and says what is done to the token as well.
struct renewal_trace : effect_trace {
  explicit renewal_trace(bench& b) : effect_trace(*b.host), signing_(b.host->signing), keys_(b.host->keys) {
    open_ = signing_.open;
    sign_ = signing_.sign;
    create_ = keys_.create;
    generate_ = keys_.generate;
    request_ = keys_.request;
    install_ = keys_.install;
    prove_ = keys_.prove;
    reap_ = keys_.reap;
    name_record = words_of;
    signing_.open = [](const kc_signing_service* self, const kc_call* call, kc_grant grant, kc_error* why) {
      me().add("PIN " + fake_signing::of(self).grants[grant].purpose);
      return me().open_(self, call, grant, why);
    };
    signing_.sign = [](const kc_signing_service* self, const kc_call* call, kc_grant grant, kc_str container,
                       kc_bytes said, kc_bytes_sink sink, void* context, kc_error* why) {
      me().add("sign " + json::parse(text_of(bytes(said)))["type"].get<std::string>());
      return me().sign_(self, call, grant, container, said, sink, context, why);
    };
    keys_.create = [](const kc_keys_service* self, const kc_call* call, kc_grant grant, kc_str container,
                      kc_error* why) {
      me().add("create");
      return me().create_(self, call, grant, container, why);
    };
    keys_.generate = [](const kc_keys_service* self, const kc_call* call, kc_grant grant, kc_str container,
                        kc_str algorithm, kc_bytes_sink sink, void* context, kc_error* why) {
      me().add("generate");
      return me().generate_(self, call, grant, container, algorithm, sink, context, why);
    };
    keys_.request = [](const kc_keys_service* self, const kc_call* call, kc_grant grant, kc_str container,
                       kc_bytes_sink sink, void* context, kc_error* why) {
      me().add("request");
      return me().request_(self, call, grant, container, sink, context, why);
    };
    keys_.install = [](const kc_keys_service* self, const kc_call* call, kc_grant grant, kc_str container,
                       const kc_bundle* bundle, kc_error* why) {
      me().add("install");
      return me().install_(self, call, grant, container, bundle, why);
    };
    keys_.prove = [](const kc_keys_service* self, const kc_call* call, kc_grant grant, kc_str container,
                     const kc_bundle* bundle, kc_error* why) {
      me().add("prove");
      return me().prove_(self, call, grant, container, bundle, why);
    };
    keys_.reap = [](const kc_keys_service* self, const kc_call* call, kc_grant grant, kc_str container, kc_error* why) {
      me().add("reap");
      return me().reap_(self, call, grant, container, why);
    };
  }
  ~renewal_trace() {
    signing_.open = open_;
    signing_.sign = sign_;
    keys_.create = create_;
    keys_.generate = generate_;
    keys_.request = request_;
    keys_.install = install_;
    keys_.prove = prove_;
    keys_.reap = reap_;
  }
  renewal_trace(const renewal_trace&) = delete;
  renewal_trace& operator=(const renewal_trace&) = delete;

private:
  static renewal_trace& me() { return static_cast<renewal_trace&>(*now); }

  fake_signing& signing_;
  fake_keys& keys_;
  decltype(kc_signing_service::open) open_;
  decltype(kc_signing_service::sign) sign_;
  decltype(kc_keys_service::create) create_;
  decltype(kc_keys_service::generate) generate_;
  decltype(kc_keys_service::request) request_;
  decltype(kc_keys_service::install) install_;
  decltype(kc_keys_service::prove) prove_;
  decltype(kc_keys_service::reap) reap_;
};

/// What stood on the disk, at the RA and on the token when a record was written.
struct moment {
  order_record record;
  std::string stored;  ///< By write_record.
  fake_renewal_ra ra;
  fake_device device;
};

/// Every kind of record that the program writes, by its words, each with the world of that moment: from renewals that
/// are corrected, withdrawn, or lose their key.
const std::map<std::string, moment>& moments() {
  static const auto all = [] {
    std::map<std::string, moment> out;
    const auto watch = [&](bench& b, const std::function<void()>& live) {
      renewal_trace trace(b);
      trace.name_record = [&](std::string_view stored) {
        auto words = words_of(stored);
        if (words != "document" && !out.contains(words)) {
          const auto record = *renewal::read_record(json::parse(stored)["uuid"].get<std::string>(), bytes_of(stored));
          out.emplace(words, moment{record, renewal::write_record(record), b.ra, b.device});
        }
        return words;
      };
      live();
    };
    bench renewed;
    watch(renewed, [&] {
      renewed.applied();
      renewed.must("pay", bench::payment());
      renewed.ra.provider_says_paid();
      renewed.ra.only()->state = "needs-correction";
      renewed.must("correct", {{"form", {{"phone", "13900139000"}}}});
      (void)renewed.play();
    });
    bench withdrawn;
    watch(withdrawn, [&] {
      withdrawn.applied();
      withdrawn.must("withdraw");
    });
    bench lost;
    lost.approved();
    for (int i = 0; i < 3; ++i) lost.must("continue");
    lost.device.boxes[lost.record().container].key.clear();
    watch(lost, [&] { lost.must("continue"); });
    return out;
  }();
  return all;
}

constexpr const char* ra_says[] = {"unknown",   "other",     "awaiting-payment", "withdrawing",      "withdrawn",
                                   "expired",   "paid",      "under-review",     "needs-correction", "rejected",
                                   "refunding", "refunded",  "refund-failed",    "approved",         "issued",
                                   "confirmed", "rebinding", "complete",         "support"};
constexpr const char* token_is[] = {"away", "gone", "locked", "no-pair", "our-pair", "other-pair", "certified"};

/// A new process over the record of @p words: in the world of that moment, or with an RA and a token that are as they
/// are told to be.
struct world : bench {
  explicit world(const moment& at) : key("order/" + at.record.uuid), uuid(at.record.uuid) {
    ra = at.ra;
    device = at.device;
    store(at.stored);
    start();
  }
  world(const std::string& words, std::string_view ra_state, std::string_view token) : world(moments().at(words)) {
    const auto& written = moments().at(words).record;
    if (ra_state == "unknown") {
      ra.orders.clear();
    } else {
      if (ra.orders.empty() && !written.to_send.body.empty())
        (void)ra.applied(uuid, std::string(text_of(written.to_send.body)));
      if (!ra.orders.empty()) told(ra_state);
    }
    put_in(written, token);
    start();
  }
  void store(std::string_view text) { fakes::overwrite(disk, key, text); }
  [[nodiscard]] std::string stored() const { return fakes::text_at(disk, key); }

  std::string key, uuid;

private:
  void told(std::string_view state) {
    auto& o = *ra.only();
    o.state = state == "other" ? "a-state-of-tomorrow" : state;
    const bool issued = state == "issued" || state == "confirmed" || state == "rebinding" || state == "complete";
    if (!issued) {
      o.key.clear();
      o.certificate.clear();
    } else if (o.certificate.empty()) {
      o.key = our_key;
      fake_certificate made = ra.old;
      made.key = our_key;
      made.serial = "21";
      made.not_after = o.quote["new_not_after"];
      o.certificate = made.der();
    }
    if (state == "needs-correction")
      o.correction = {{"reason", "照片不清"}, {"fields", {{{"field", "phone"}, {"code", "mismatch"}}}}};
    if (state == "rejected") o.rejection = {{"reason", "身份不符"}};
  }
  void put_in(const order_record& r, std::string_view state) {
    auto& box = device.boxes[r.container];
    box = {};
    if (state == "away") device.plugged = false;
    if (state == "locked") device.locked = true;
    if (state == "gone") device.boxes.erase("OLD");
    if (state == "our-pair" || state == "certified") box.key = our_key;
    if (state == "other-pair") box.key = "somebody's";
    if (state == "certified") {
      fake_certificate made = ra.old;
      made.key = our_key;
      made.serial = "21";
      const auto& held = r.certificates.signing_certificate;
      box.certificate = held.empty() ? made.der() : std::string(text_of(held));
    }
    device.keys_made = 1;
  }
  static constexpr const char* our_key = "key-1";
};

std::string ended(const result<json>& reply) {
  if (!reply) return reply.error().code;
  return (*reply)["data"]["order"]["next_step"].get<std::string>();
}

/// The stage to which a record falls back when the program starts, without what it held to be sent.
std::string base_of(const std::string& words) {
  const auto name = words.substr(0, words.find('+'));
  for (const auto& row : renewal::stages)
    if (renewal::name_of(row.at) == name) return std::string(renewal::name_of(row.stable));
  return {};
}

struct row {
  std::string_view records, ra, token;  ///< "*": every one
  std::string_view effects, then;       ///< "@" is the record's stable stage; then: the next step, or a support code
};

constexpr std::string_view new_request =
    "GET renewals, store key-intent, PIN renewal.install, create, generate, request, sign bind-csr, store "
    "key-ready+csr";
constexpr std::string_view same_request =
    "GET renewals, PIN renewal.install, create, generate, request, sign bind-csr, store key-ready+csr";
constexpr std::string_view new_install =
    "GET renewals, store install-intent, PIN renewal.install, install, prove, sign confirm, store proved+confirmation";
constexpr std::string_view same_install =
    "GET renewals, PIN renewal.install, install, prove, sign confirm, store proved+confirmation";
constexpr std::string_view next_generation =
    "GET renewals, PIN renewal.install, sign new-generation, store @+generation";

// The first row that fits counts. What the RA said is noted in the record (the same stage again): that is left out.
constexpr row table_of_effects[] = {
    // record, RA, token: effects, then
    {"closed", "*", "*", "", "done"},
    {"sign-intent", "*", "*", "", "fill-form"},
    {"signed+application", "withdrawn expired refunded complete", "*", "PUT renewals, store accepted, store closed",
     "done"},
    {"signed+application", "unknown awaiting-payment", "*", "PUT renewals, store accepted", "pay"},
    {"signed+application", "other support refund-failed", "*", "PUT renewals, store accepted", "support"},
    {"signed+application", "withdrawing", "*", "PUT renewals, store accepted", "wait-withdrawal"},
    {"signed+application", "paid under-review", "*", "PUT renewals, store accepted", "wait-review"},
    {"signed+application", "needs-correction", "*", "PUT renewals, store accepted", "correct"},
    {"signed+application", "rejected refunding", "*", "PUT renewals, store accepted", "wait-refund"},
    {"signed+application", "approved issued", "*", "PUT renewals, store accepted", "look-at-token"},
    {"signed+application", "confirmed rebinding", "*", "PUT renewals, store accepted", "wait-rebinding"},

    {"*", "unknown other support refund-failed", "*", "GET renewals", "support"},
    {"*", "withdrawn expired refunded complete", "*", "GET renewals, store closed", "done"},
    {"*", "withdrawing", "*", "GET renewals", "wait-withdrawal"},
    {"*", "rejected refunding", "*", "GET renewals", "wait-refund"},
    {"accepted+payment", "awaiting-payment", "*", "GET renewals, PUT payments, store accepted", "pay"},
    {"accepted+withdrawal", "awaiting-payment", "*", "GET renewals, PUT withdrawal, store accepted", "wait-withdrawal"},
    {"*", "awaiting-payment", "*", "GET renewals", "pay"},  // an intent to withdraw that was not signed, too
    {"*", "paid under-review", "*", "GET renewals", "wait-review"},
    {"accepted+correction", "needs-correction", "*", "GET renewals, PUT correction, store accepted", "wait-review"},
    {"*", "needs-correction", "*", "GET renewals", "correct"},
    {"*", "confirmed rebinding", "*", "GET renewals", "wait-rebinding"},

    // 安装新证书: what waits to be sent needs no token.
    {"key-ready+csr", "approved", "*", "GET renewals, PUT csr, store key-ready", "fetch-bundle"},
    {"key-ready key-ready+csr", "issued", "*", "GET renewals, GET bundle, store bundle-held", "look-at-token"},
    {"proved+confirmation", "issued", "*", "GET renewals, PUT confirmation, store proved", "wait-rebinding"},
    {"bundle-held+generation", "issued", "*", "GET renewals, PUT generation, store accepted", "look-at-token"},
    {"*", "approved issued", "away", "GET renewals", "await-token"},
    {"*", "approved issued", "gone", "GET renewals", "ask-person"},
    {"*", "approved issued", "locked", "GET renewals", "unlock-pin"},
    {"key-intent", "approved", "*", same_request, "send"},
    {"*", "approved", "*", new_request, "send"},
    {"bundle-held install-intent proved", "issued", "no-pair other-pair", next_generation, "send"},
    {"install-intent", "issued", "*", same_install, "send"},
    {"bundle-held proved", "issued", "*", new_install, "send"},
    {"*", "issued", "no-pair", next_generation, "send"},
    // Another computer made the request; its pair is on this token, or is not.
    {"*", "issued", "our-pair certified", "GET renewals, GET bundle, store bundle-held", "install"},
    {"*", "issued", "other-pair", "GET renewals, GET bundle, store accepted", "KC-RENEWAL-BUNDLE-KEY"},
};

bool lists(std::string_view words, std::string_view one) {
  return words == "*" || (" " + std::string(words) + " ").find(" " + std::string(one) + " ") != std::string::npos;
}

std::string written_out(std::string_view text, const std::string& base) {
  std::string out(text);
  for (auto found = out.find('@'); found != std::string::npos; found = out.find('@')) out.replace(found, 1, base);
  return out;
}

/// Without the notes of what the RA said.
std::string without_notes(const std::string& effects, const std::string& base) {
  std::string out;
  std::string last;
  bool after_look = false;
  for (std::size_t from = 0; from < effects.size();) {
    const auto to = std::min(effects.find(", ", from), effects.size());
    const auto one = effects.substr(from, to - from);
    from = to + 2;
    const bool note = one.starts_with("store ") && (one == last || (after_look && one == "store " + base));
    after_look = one == "GET renewals" || (note && after_look);
    last = one;
    if (!note) out += (out.empty() ? "" : ", ") + one;
  }
  return out;
}

/// One step of a new process.
struct first_step {
  world w;
  result<json> reply = fail(KC_E_FAILED, "not run");
  std::string effects;
  first_step(const std::string& words, std::string_view ra, std::string_view token, int refused_write = 0,
             const char* why = "")
      : w(words, ra, token) {
    renewal_trace trace(w);
    trace.disk_code = why;
    trace.disk_fails = [&] { return refused_write != 0 && --refused_write == 0; };
    reply = w.run("continue", {{"order", w.uuid}});
    effects = trace.effects();
  }
};

template <class Check>
void for_every_situation(const Check& check) {
  for (const auto& [words, at] : moments())
    for (const std::string_view ra : ra_says)
      for (const std::string_view token : token_is) {
        // Elsewhere nobody looks at the token (test_next_step): the one on which most could be done will do.
        const bool matters = ra == "approved" || ra == "issued";
        if (!matters && token != "no-pair") continue;
        SCOPED_TRACE(words + ", the RA says " + std::string(ra) + ", the token " + std::string(token));
        check(words, ra, token);
      }
}

TEST(RenewalStages, EveryKindOfRecordThatTheProgramWritesIsTried) {
  std::set<std::string_view> seen;
  for (const auto& [words, at] : moments()) seen.insert(std::string_view(words).substr(0, words.find('+')));
  for (const auto& row : renewal::stages) EXPECT_TRUE(seen.contains(name_of(row.at))) << name_of(row.at);
  for (const auto& row : renewal::requests) {
    const auto kind = "+" + std::string(renewal::pending_names[static_cast<std::size_t>(row.kind)]);
    EXPECT_TRUE(std::any_of(moments().begin(), moments().end(), [&](const auto& one) {
      return one.first.ends_with(kind);
    })) << kind;
  }
}

TEST(RenewalStages, ANewProcessDoesWhatTheTableSaysAndNothingElse) {
  std::set<const row*> used;
  for_every_situation([&](const std::string& words, std::string_view ra, std::string_view token) {
    const auto* fits = std::find_if(std::begin(table_of_effects), std::end(table_of_effects), [&](const row& one) {
      return lists(one.records, words) && lists(one.ra, ra) && lists(one.token, token);
    });
    ASSERT_NE(fits, std::end(table_of_effects));
    used.insert(fits);
    const first_step did(words, ra, token);
    EXPECT_EQ(without_notes(did.effects, base_of(words)), written_out(fits->effects, base_of(words)));
    EXPECT_EQ(ended(did.reply), fits->then);
    if (token == "gone") return;
    EXPECT_EQ(did.w.device.boxes.at("OLD").key, "old-key");
    EXPECT_EQ(did.w.device.boxes.at("OLD").certificate, did.w.ra.old.der());
  });
  EXPECT_EQ(used.size(), std::size(table_of_effects)) << "every row is reached";
}

TEST(RenewalStages, AfterAPersonHasSeenToItTheInstalledKeyAndCertificateAreConfirmed) {
  for (const char* words : {"key-ready", "bundle-held", "install-intent", "proved+confirmation"}) {
    SCOPED_TRACE(words);
    world w(moments().at(words));
    const auto certificate = w.ra.only()->certificate;
    const auto certified = w.device.boxes;
    w.ra.only()->state = "support";
    EXPECT_EQ(ended(w.run("continue", {{"order", w.uuid}})), "support");
    w.ra.only()->state = "approved";  // the same key once more
    EXPECT_EQ(w.play(), "complete");
    EXPECT_EQ(w.ra.only()->certificate, certificate) << "no second one is issued";
    EXPECT_EQ(w.ra.only()->generation, 1);
    EXPECT_EQ(w.device.boxes.size(), certified.size());
  }
}

TEST(RenewalStages, WhatADiskRefusesIsSaidAndNothingFollowsIt) {
  std::set<std::string> tried;  // what does the same to the same record is refused in the same way
  for_every_situation([&](const std::string& words, std::string_view ra, std::string_view token) {
    const auto whole = first_step(words, ra, token).effects;
    if (!tried.insert(words + ": " + whole).second) return;
    int writes = 0;
    for (auto found = whole.find("store "); found != std::string::npos; found = whole.find("store ", found + 1)) {
      const auto* why = ++writes % 2 != 0 ? "KC-STORE-FULL" : "KC-STORE-READ-ONLY";
      const first_step did(words, ra, token, writes, why);
      EXPECT_EQ(ended(did.reply), why);
      EXPECT_EQ(did.effects, whole.substr(0, found) + "store refused");
      if (writes > 1) continue;
      EXPECT_EQ(did.w.stored(), moments().at(words).stored);
    }
  });
}

TEST(RenewalStages, AfterTheDiskIsMendedEveryStageGoesOnToTheEnd) {
  for (const auto& [words, at] : moments())
    for (int refused = 0; refused <= 3; ++refused) {
      SCOPED_TRACE(words + ", refused write " + std::to_string(refused));
      world w(at);
      {
        renewal_trace trace(w);
        int left = refused;
        trace.disk_fails = [&] { return left != 0 && --left == 0; };
        (void)w.run("continue", {{"order", w.uuid}});
      }
      w.start();
      w.must("agreement");  // was on the disk as well
      const auto ended = w.play();
      const bool withdrawn = words.find("withdraw") != std::string::npos;
      EXPECT_TRUE(ended == "complete" || (withdrawn && ended == "withdrawn")) << ended;
      ASSERT_EQ(w.ra.orders.size(), 1U);
      int kept = 0;
      for (const auto& payment : w.ra.only()->payments) kept += payment["state"] == "succeeded" ? 1 : 0;
      EXPECT_EQ(kept, ended == "complete" ? 1 : 0);
      EXPECT_EQ(w.device.boxes.at("OLD").certificate, w.ra.old.der());
    }
}

TEST(RenewalStages, EveryCommandStopsAtTheWriteThatTheDiskRefusesAndCanBeGivenAgain) {
  struct order {
    const char* command;
    std::function<void(bench&)> before;
    std::function<json(bench&)> input;
  };
  const order commands[] = {
      {"agreement", [](bench&) {}, [](bench&) { return json::object(); }},
      {"apply", [](bench& b) { b.must("agreement"); }, [](bench& b) { return b.application(); }},
      {"pay", [](bench& b) { b.applied(); }, [](bench&) { return bench::payment(); }},
      {"withdraw", [](bench& b) { b.applied(); }, [](bench&) { return json::object(); }},
      {"correct",
       [](bench& b) {
         b.approved();
         b.ra.only()->state = "needs-correction";
       },
       [](bench&) {
         return json{{"form", {{"phone", "13900139000"}}}};
       }},
  };
  for (const auto& [command, before, input] : commands) {
    std::string whole;
    {
      bench b;
      before(b);
      renewal_trace trace(b);
      b.must(command, input(b));
      whole = trace.effects();
    }
    int writes = 0;
    for (auto found = whole.find("store "); found != std::string::npos; found = whole.find("store ", found + 1)) {
      SCOPED_TRACE(std::string(command) + ", write " + std::to_string(++writes));
      bench b;
      before(b);
      {
        renewal_trace trace(b);
        int left = writes;
        trace.disk_fails = [&] { return --left == 0; };
        EXPECT_EQ(b.code_of(command, input(b)), "KC-STORE-FULL");
        EXPECT_EQ(trace.effects(), whole.substr(0, found) + "store refused");
      }
      (void)b.run(command, input(b));  // pressed again; an application may have arrived, and go on instead
      b.must("agreement");
      const auto ended = b.play();
      EXPECT_TRUE(ended == "complete" || (std::string_view(command) == "withdraw" && ended == "withdrawn")) << ended;
      EXPECT_EQ(b.ra.orders.size(), 1U) << "however often it was tried";
    }
    EXPECT_GT(writes, 0) << command;
  }
}

/// A record that this program cannot use, for every reason there is.
struct unusable {
  std::string stored;
  const char* code;
};
std::vector<unusable> unusable_records(const std::string& good) {
  std::vector<unusable> out{{"", "KC-RENEWAL-RECORD-DAMAGED"},
                            {good.substr(0, good.size() / 2), "KC-RENEWAL-RECORD-DAMAGED"},
                            {std::string(300, '['), "KC-RENEWAL-RECORD-DAMAGED"},
                            {std::string(300, '\0'), "KC-RENEWAL-RECORD-DAMAGED"}};
  const auto with = [&](const char* member, const json& value, const char* code) {
    auto doc = json::parse(good);
    doc[member] = value;
    out.push_back({doc.dump(), code});
  };
  with("schema", 2, "KC-RENEWAL-RECORD-NEWER");
  with("schema", 0, "KC-RENEWAL-RECORD-OLDER");
  with("schema", "1", "KC-RENEWAL-RECORD-DAMAGED");
  with("stage", "paid-for", "KC-RENEWAL-RECORD-DAMAGED");
  with("stage", 3, "KC-RENEWAL-RECORD-DAMAGED");
  with("uuid", "9d4e5b0e-8a30-4b9f-9d0c-2f6b8f1f7a11", "KC-RENEWAL-RECORD-DAMAGED");  // another order's
  return out;
}

TEST(RenewalStages, ARecordThatCannotBeUsedIsSaidInASentenceAndLeftOctetForOctet) {
  world w("proved+confirmation", "issued", "certified");
  for (const auto& [stored, code] : unusable_records(w.stored())) {
    SCOPED_TRACE(stored.substr(0, 40));
    w.store(stored);
    w.start();
    const auto version = w.disk.at(w.key).version;
    const json which = {{"order", w.uuid}};
    for (const char* command : {"continue", "show", "withdraw", "payment-methods"})
      for (const json& input : {which, json::object()}) EXPECT_EQ(w.code_of(command, input), code) << command;
    auto correction = which;
    correction["form"] = {{"phone", "13900139000"}};
    EXPECT_EQ(w.code_of("correct", correction), code);
    auto payment = bench::payment();
    payment["order"] = w.uuid;
    EXPECT_EQ(w.code_of("pay", payment), code);
    EXPECT_TRUE(w.host->http.sent.empty()) << "the RA is not asked about what cannot be read";
    const auto said = fakes::said(w.run("orders"));
    for (const char* language : {"zh-CN", "en"}) {
      const auto sentence = w.core->explain(language, {KC_E_DAMAGED, code, 0, which.dump()}).value_or("");
      EXPECT_NE(sentence, "") << language;
      const bool spoken = std::string_view(language) == "en" || said.find(sentence) != std::string::npos;
      EXPECT_TRUE(spoken) << said;
    }
    // Fetched again with the key it stands beside the old one, where that is not another version's.
    (void)w.run("orders", {{"remote", true}});
    (void)w.run("continue", which);
    EXPECT_EQ(w.stored(), stored);
    EXPECT_EQ(w.disk.at(w.key).version, version);
    EXPECT_EQ(w.device.keys_made, 1);
    std::erase_if(w.disk, [&](const auto& one) { return one.first != w.key; });
  }
}

TEST(RenewalStages, ARecordThatIsCutShortAnywhereIsDamagedAndLeftOctetForOctet) {
  world w("key-ready+csr", "approved", "our-pair");
  const auto whole = w.stored();
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const auto cut = whole.substr(0, size);
    w.store(cut);
    ASSERT_EQ(w.code_of("continue", {{"order", w.uuid}}), "KC-RENEWAL-RECORD-DAMAGED") << size;
    ASSERT_EQ(w.stored(), cut) << size;
  }
  EXPECT_TRUE(w.host->http.sent.empty());
  EXPECT_EQ(w.disk.size(), 1U);
}

}  // namespace
}  // namespace keycare::fakes::resuming
