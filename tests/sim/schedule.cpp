// schedule.cpp - what people do in a schedule, and the schedule itself.
#include "tests/sim/schedule.hpp"

#include "tests/sim/habits.hpp"

#include <algorithm>

namespace keycare::sim {

namespace {

constexpr int chaotic_steps = 22;
constexpr int calm_rounds = 120;
constexpr std::uint32_t faults_before = 150;  // points, within which faults begin

json form() {
  return {{"id_type", "resident-id"},
          {"id_number", "11010519491231002X"},
          {"name", "张三"},
          {"phone", "13800138000"},
          {"email", "zhangsan@example.com"}};
}

json unlock_form() {
  return {{"id_number", "11010519491231002X"}, {"name", "张三"}, {"phone", "13800138000"}};
}

/// What a user has seen on one client.
struct view {
  bool fresh = false;  ///< The list was read and nothing has happened since that it would not show.
  std::vector<json> open;
  bool unreadable = false;
  bool wants_remote = false;
  bool wants_agreement = true;
  bool unlocking = false;
  std::string code;
};

class people {
public:
  people(world& in, const intentions& of) : w_(in), i_(of), views_(w_.homes.size()) {}

  /// One step of the user at one client.
  void act(int client) {
    auto& p = w_.start(client);
    auto& v = views_[static_cast<std::size_t>(client)];
    bring_token(p);
    if (v.unlocking || w_.token.tries < 2)
      unlock_step(p, v);
    else
      renew_step(p, v);
    ++steps;
    if (p.dead) {
      w_.bury(client);
      v = {};
    }
    w_.rules.after_step();
  }

  /// The browser, the review, the provider, the portal.
  void others() {
    if (w_.luck.chance(60)) browse();
    for (auto& [uuid, o] : w_.ra.orders())
      if (o.state == order_state::under_review && (w_.calm || w_.luck.chance(60))) decide(o);
    if (w_.calm || w_.luck.chance(70)) w_.outside();
    w_.rules.after_step();
  }

  /// Whether nothing is left to do.
  [[nodiscard]] bool settled() const {
    if (!w_.notices.empty() || w_.token.locked()) return false;
    for (const auto& [uuid, o] : w_.ra.orders()) {
      if (!dev_ra::is_terminal(o.state)) return false;
      for (const auto& p : o.payments)
        if (!p.asked.empty() || p.state == "refunding") return false;
    }
    for (const auto& c : w_.computers)
      for (const auto& [uuid, at] : c.orders)
        if (at != renewal::stage::closed && at != renewal::stage::sign_intent) return false;
    return !wants_order();
  }

  std::uint64_t steps = 0;

private:
  void bring_token(process& p) {
    if (!w_.calm && !w_.luck.chance(85)) return;
    w_.plug(p.at);
  }

  /// A certificate that is wanted and not on its way.
  [[nodiscard]] bool wants_order() const {
    std::size_t ended = 0;
    for (const auto& [uuid, o] : w_.ra.orders()) {
      if (o.state == order_state::complete || !dev_ra::is_terminal(o.state)) return false;
      ++ended;
    }
    if (w_.ra.now > w_.ra.old().not_after - 3600) return false;
    return ended == 0 || (i_.again && ended == 1);
  }

  void decide(order_model& o) {
    if (i_.corrects && o.corrected.empty())
      w_.ra.review(o, order_event::correction_asked);
    else
      w_.ra.review(o, i_.rejects ? order_event::rejection : order_event::approval);
  }

  void browse() {
    for (std::size_t n = w_.pages.size(); n-- > 0;) {
      const auto& page = w_.pages[n];
      if (w_.calm ? paid_.contains(page) : !w_.luck.chance(50)) continue;
      const bool first = paid_.empty();
      const bool current = n + 1 == w_.pages.size();
      if (!w_.calm && !first && !i_.pays_twice) continue;
      if (!w_.calm && !current && !i_.pays_late && !i_.pays_twice) continue;
      if (wants_withdrawal() && first && !i_.pays_late) continue;
      if (auto said = w_.ra.pay(page)) {
        w_.note("  the browser pays " + page);
        paid_.insert(page);
        w_.notices.push_back(*said);
      }
      if (!i_.pays_twice) return;
    }
  }

  [[nodiscard]] bool wants_withdrawal() const { return i_.withdraws && !withdrawn_; }

  void look(process& p, view& v) {
    v.open.clear();
    const auto listed = p.run(false, "orders", json::object());
    if (!listed) return;
    v.fresh = true;
    for (const auto& one : (*listed)["data"]["orders"])
      if (one["open"] == true) v.open.push_back(one);
    v.unreadable = !(*listed)["data"]["unreadable"].empty();
  }

  void renew_step(process& p, view& v) {
    if (!v.fresh || (!w_.calm && w_.luck.chance(10))) {
      look(p, v);
      if (p.dead || !v.fresh) return;
    }
    // A record that cannot be read, or an order of the other computer's: the RA is asked.
    if (v.wants_remote || (v.unreadable && v.open.empty() && open_at_ra())) {
      v.wants_remote = false;
      done(v, p.run(false, "orders", {{"remote", true}}));
      v.fresh = false;
      return;
    }
    if (v.open.empty()) {
      if (open_at_ra() && w_.calm) {
        v.wants_remote = true;
        return;
      }
      if (wants_order()) return apply(p, v);
      v.fresh = false;
      return;
    }
    const auto index = w_.calm ? steps % v.open.size() : w_.luck.below(static_cast<std::uint32_t>(v.open.size()));
    go_on(p, v, v.open[index]);
  }

  [[nodiscard]] bool open_at_ra() const {
    return std::any_of(w_.ra.orders().begin(), w_.ra.orders().end(),
                       [](const auto& o) { return dev_ra::is_open(o.second.state); });
  }

  void apply(process& p, view& v) {
    if (v.wants_agreement) {
      const auto shown = p.run(false, "agreement", json::object());
      if (!shown) return;
      v.wants_agreement = false;
      if (p.dead) return;
    }
    const json input = {{"months", 12},
                        {"form", form()},
                        {"accept_agreement", w_.documents.hash_hex("协议内容")},
                        {"accept_personal_data", w_.documents.hash_hex("个人信息")},
                        {"acknowledge_bids", true}};
    done(v, p.run(false, "apply", input));
  }

  void pay(process& p, view& v, const json& which) {
    static constexpr std::array methods = {"wechat", "alipay"};
    const auto method = methods[!w_.calm && w_.luck.chance(20) ? 1 : 0];
    json input = which;
    input["method"] = method;
    input["invoice"] = {{"kind", "personal"}, {"title", "张三"}, {"email", "zhangsan@example.com"}};
    done(v, p.run(false, "pay", input));
  }

  void go_on(process& p, view& v, const json& order) {
    const json which = {{"order", order["uuid"]}};
    const auto& next = order["next_step"].get_ref<const std::string&>();
    const auto& state = order["state"].get_ref<const std::string&>();
    if (wants_withdrawal() && (state == "awaiting-payment" || state == "unasked") && (w_.calm || w_.luck.chance(40))) {
      const auto said = p.run(false, "withdraw", which);
      if (said || said.error().code == "KC-RENEWAL-ALREADY-PAID") withdrawn_ = true;
      return done(v, said);
    }
    if (next == "fill-form") {
      if (wants_order()) return apply(p, v);
      return done(v, p.run(false, "withdraw", which));  // Discards what nobody wants any more.
    }
    const bool has_page =
        order.contains("payments") && !order["payments"].empty() && order["payments"].front()["state"] == "open";
    // In the end one person pays, at one computer.
    if (next == "pay" && (!w_.calm || p.id == 0) &&
        (!has_page || (!w_.calm && w_.luck.chance(25)) || (w_.calm && w_.luck.chance(30))))
      return pay(p, v, which);
    if (next == "correct") {
      json input = which;
      input["form"] = {{"phone", "13900139000"}};
      return done(v, p.run(false, "correct", input));
    }
    // The user waits as long as was asked; others are busy meanwhile.
    w_.ra.now += 5;
    w_.mono += 5 * second_ns;
    json input = which;
    if (!w_.calm && w_.luck.chance(30)) input["without_pin"] = true;
    done(v, p.run(false, "continue", input));
  }

  /// What the user makes of a reply.
  void done(view& v, const result<json>& reply) {
    if (reply) {
      const auto& data = (*reply)["data"];
      if (data.contains("order") && data["order"].is_object()) {
        const auto& order = data["order"];
        std::erase_if(v.open, [&](const auto& one) { return one["uuid"] == order["uuid"]; });
        if (order["open"] == true) v.open.push_back(order);
        if (order["next_step"] == "unlock-pin") v.unlocking = w_.token.locked();
      }
      return;
    }
    const auto& code = reply.error().code;
    v.fresh = false;
    if (code == "KC-RENEWAL-NOT-OPEN-ORDER" || code == "KC-RA-OPEN-ORDER") v.wants_remote = true;
    if (code == "KC-RENEWAL-NOT-SHOWN" || code == "KC-RENEWAL-AGREEMENT-CHANGED") v.wants_agreement = true;
    if (code == "KC-TOKEN-FULL") w_.token.room = 16;  // The user makes room.
    if (code == "KC-STORE-FULL")
      for (auto& c : w_.computers) c.full = false;
    if (code == "KC-CLOCK-WRONG" || code == "KC-TLS-DATE")
      for (auto& c : w_.computers) c.clock_error = 0;
  }

  void unlock_step(process& p, view& v) {
    v.unlocking = true;
    json input = json::object();
    if (!v.code.empty()) input["code"] = std::exchange(v.code, {});
    const auto reply = p.run(true, "continue", input);
    if (reply) {
      if (reply->contains("next") && (*reply)["next"].contains("ask")) v.code = right_code;
      if ((*reply)["data"]["unlock"]["stage"] == "closed") v.unlocking = w_.token.locked();
      return;
    }
    done(v, reply);
    const auto& code = reply.error().code;
    if (p.dead || (code != "KC-UNLOCK-NONE" && !code.starts_with("KC-UNLOCK-RECORD") && code != "KC-STORE-DAMAGED" &&
                   code != "KC-RA-UNLOCK-LIMIT-APPROVAL" && code != "KC-UNLOCK-LIMIT"))
      return;
    if (w_.token.tries >= 2) {
      v.unlocking = false;
      return;
    }
    auto who = unlock_form();
    who["forgotten"] = true;
    const auto applied = p.run(true, "apply", who);
    done(v, applied);
    // Somebody else's application stands in the way until it ends.
    const bool known = std::any_of(w_.computers.begin(), w_.computers.end(), [](const auto& c) {
      return std::any_of(c.unlocks.begin(), c.unlocks.end(),
                         [](const auto& one) { return one.second != unlock::stage::closed; });
    });
    if (!applied && applied.error().code == "KC-RA-OPEN-UNLOCK" && w_.calm && !known) {
      w_.ra.now += 7 * 86400;
      w_.mono += 7 * 86400 * second_ns;
      w_.ra.go_on();
    }
  }

  world& w_;
  intentions i_;
  std::vector<view> views_;
  std::set<std::string> paid_;
  bool withdrawn_ = false;
};

/// With faults over: everything is plugged in, switched on and set right.
void calm_down(world& w) {
  w.calm = true;
  w.note("calm");
  w.deliver_late(true);
  w.ra_down = w.busy_looks = w.wrong_pins = 0;
  w.other.place = in_hand;
  w.token.room = 16;
  for (auto& c : w.computers) {
    c.full = false;
    c.clock_error = 0;
  }
}

}  // namespace

scenario plan(std::uint64_t seed, const struct habit* wrong) {
  dice d(seed * 0x9e3779b97f4a7c15ULL + 1);
  scenario out;
  out.seed = seed;
  auto& i = out.people;
  i.clients = d.chance(50) ? 2 : 1;
  i.two_computers = i.clients == 2 && d.chance(60);
  i.withdraws = d.chance(20);
  i.pays_late = d.chance(15);
  i.pays_twice = d.chance(15);
  i.corrects = d.chance(25);
  i.rejects = d.chance(15);
  i.again = d.chance(40);
  const auto some_fault = [&] { return static_cast<fault>(d.below(static_cast<std::uint32_t>(fault::count_))); };
  const auto count = d.below(6);
  for (std::uint32_t n = 0; n < count; ++n) {
    planned_fault f{d.below(faults_before), any_stage, some_fault(), d.below(30)};
    // Every other one waits for a stage, so that rare ones get their share; people see to it that the stage comes.
    if (d.chance(50)) {
      f.from = 0;
      f.stage = d.below(stages);
      i.withdraws = i.withdraws || f.stage == stage_of(renewal::stage::withdraw_intent);
      i.locked = i.locked || f.stage >= stage_of(unlock::stage::applying);
    }
    out.faults.push_back(f);
  }
  out.wrong = wrong;
  for (int n = 0; wrong != nullptr && n < 3; ++n)
    for (const auto provoking : wrong->provoked_by)
      out.faults.push_back({d.below(faults_before), any_stage, provoking, d.below(30)});
  std::sort(out.faults.begin(), out.faults.end(), [](const auto& a, const auto& b) { return a.from < b.from; });
  return out;
}

scenario plan(const route& way, const struct habit* wrong) {
  auto out = plan(way.seed, wrong);
  // The last one first of all: one fault strikes at a point, and its way there was made without it.
  for (const auto& at : way.aims) out.faults.insert(out.faults.begin(), planned_fault{0, at.stage, at.what, 0});
  return out;
}

outcome run(const scenario& what, bool traced) {
  world w(what.seed, what.faults, what.whole, what.wrong != nullptr ? what.wrong->make : nullptr);
  w.tracing = traced;
  const auto& i = what.people;
  w.computers.resize(i.two_computers ? 2 : 1);
  for (int c = 0; c < i.clients; ++c) w.homes.push_back(i.two_computers ? c : 0);
  w.running.resize(w.homes.size());
  if (i.locked) w.token.tries = 0;
  people who(w, i);
  w.let_act = [&](int client) { who.act(client); };

  const auto one_step = [&] {
    const auto client = static_cast<int>(w.luck.below(static_cast<std::uint32_t>(i.clients)));
    who.act(client);
    who.others();
    w.ra.now += 20;
    w.mono += 20 * second_ns;
  };
  for (int step = 0; step < chaotic_steps && !who.settled(); ++step) one_step();
  calm_down(w);
  int round = 0;
  for (; round < calm_rounds && !who.settled(); ++round) {
    for (int client = 0; client < i.clients; ++client) who.act(client);
    who.others();
    w.ra.now += 20;
  }
  w.rules.at_end();

  outcome out;
  out.broken = w.rules.broken;
  out.steps = who.steps;
  out.points = w.points;
  out.covered = w.covered;
  out.trace = w.trace;
  for (const auto& [uuid, o] : w.ra.orders()) out.ended += std::string(dev_ra::name(o.state)) + " ";
  return out;
}

scenario shrunk(scenario what, const outcome& of) {
  const auto still = [&](const scenario& smaller) {
    const auto again = run(smaller);
    return std::any_of(again.broken.begin(), again.broken.end(), [&](const auto& v) {
      return std::any_of(of.broken.begin(), of.broken.end(), [&](const auto& o) { return o.broken == v.broken; });
    });
  };
  for (bool smaller = true; smaller;) {
    smaller = false;
    for (std::size_t n = 0; n < what.faults.size() && !smaller; ++n) {
      auto without = what;
      without.faults.erase(without.faults.begin() + static_cast<std::ptrdiff_t>(n));
      if (!still(without)) continue;
      what = std::move(without);
      smaller = true;
    }
    for (bool intentions::*wish :
         {&intentions::withdraws, &intentions::pays_late, &intentions::pays_twice, &intentions::corrects,
          &intentions::rejects, &intentions::again, &intentions::locked}) {
      if (smaller || !(what.people.*wish)) continue;
      auto without = what;
      without.people.*wish = false;
      if (!still(without)) continue;
      what = std::move(without);
      smaller = true;
    }
  }
  return what;
}

std::string described(const scenario& what) {
  const auto& i = what.people;
  std::string out = "seed " + std::to_string(what.seed) + ": " + std::to_string(i.clients) + " clients";
  if (i.two_computers) out += " on two computers";
  if (i.withdraws) out += ", withdraws";
  if (i.pays_late) out += ", pays late";
  if (i.pays_twice) out += ", pays twice";
  if (i.corrects) out += ", corrects";
  if (i.rejects) out += ", is rejected";
  if (i.again) out += ", applies again";
  if (i.locked) out += ", token locked at first";
  out += "\n";
  for (const auto& f : what.faults)
    out += "  from point " + std::to_string(f.from) + (f.stage != any_stage ? " at stage " + stage_name(f.stage) : "") +
           ": " + std::string(name_of(f.what)) + " (" + std::to_string(f.how) + ")\n";
  return out;
}

}  // namespace keycare::sim
