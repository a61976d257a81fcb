// world.cpp - time, points and faults; what people and machines outside do.
#include "tests/sim/world.hpp"

#include "tests/sim/habits.hpp"

#include <algorithm>

namespace keycare::sim {

namespace {

constexpr std::int64_t today = 1'795'392'000;  // 2026-11-23 00:00 UTC

certificate old_certificate() {
  return {"平安供应商", "1001", std::string(old_key), today - 340 * day, today + 25 * day, std::string(our_issuer)};
}

}  // namespace

std::string computer::stage_word(const std::string& key) const {
  const auto it = records.find(key);
  if (it == records.end() || damaged.contains(key)) return {};
  const auto text = text_of(it->second.data);
  constexpr std::string_view mark = "\"stage\":\"";
  const auto from = text.find(mark);
  if (from == std::string_view::npos) return {};
  const auto word = text.substr(from + mark.size());
  return std::string(word.substr(0, word.find('"')));
}

void computer::keep_facts(const std::string& key) {
  const auto slash = key.find('/');
  const auto kind = std::string_view(key).substr(0, slash);
  const auto name = key.substr(slash + 1);
  if (kind == "order" || kind.starts_with("recovered")) {
    orders.erase(name);
    if (const auto at = renewal::named<renewal::stage>(renewal::stage_names, stage_word(key))) orders[name] = *at;
  }
  if (kind == "unlock") {
    unlocks.erase(name);
    if (const auto at = unlock::read_stage(stage_word(key))) unlocks[name] = *at;
  }
}

const renewal::order_record* computer::order(const std::string& uuid) const {
  for (auto it = records.begin(); it != records.end(); ++it) {
    const auto& key = it->first;
    if (!key.ends_with(uuid) || damaged.contains(key) || key.starts_with("unlock/")) continue;
    auto& known = read_[key];
    if (known.first != it->second.version) {
      auto read = renewal::read_record(uuid, it->second.data);
      if (!read) return nullptr;
      known = {it->second.version, std::move(*read)};
    }
    return &known.second;
  }
  return nullptr;
}

world::world(std::uint64_t seed, std::vector<planned_fault> planned, bool whole, make_habit wrong)
    : luck(seed),
      documents(whole),
      ra(documents, old_certificate(), ours),
      rules(*this),
      habit(wrong),
      faults(std::move(planned)),
      struck(faults.size()) {
  ra.now = today;
  token.ref = ours;
  token.boxes[std::string(old_container)] = {std::string(old_key), false, ra.old().der()};
  other.ref = foreign;
  other.boxes[std::string(old_container)] = {
      "key-foreign", false,
      certificate{"别的公司", "7001", "key-foreign", today - day, today + 300 * day, std::string(our_issuer)}.der()};
}

world::~world() = default;

void world::note(const std::string& what) {
  if (tracing) trace += what + "\n";
}

std::size_t world::stage_at(const process* who) const {
  if (who == nullptr) return 0;
  const auto& c = computers[static_cast<std::size_t>(who->at)];
  if (who->unlocking) {
    for (const auto& [uuid, at] : c.unlocks)
      if (at != unlock::stage::closed) return stage_of(at);
    return c.unlocks.empty() ? 0 : stage_of(unlock::stage::closed);
  }
  std::size_t out = 0;
  for (const auto& [uuid, at] : c.orders) {
    out = stage_of(at);
    if (at != renewal::stage::closed) break;
  }
  return out;
}

const planned_fault* world::strike(process* who, site where) {
  ++points;
  mono += second_ns / 20;
  const auto stage = stage_at(who);
  if (tracing && who != nullptr)
    note("    " + std::to_string(points) + " client " + std::to_string(who->id) + " " + std::string(name_of(where)));
  if (calm) return nullptr;
  if (!nested) deliver_late(false);
  const auto can = possible(where);
  covered.possible[stage] |= can;
  for (std::size_t i = 0; i < faults.size(); ++i) {
    const auto& f = faults[i];
    if (struck[i] || f.from > points || (can & bit(f.what)) == 0) continue;
    if (f.stage != any_stage && f.stage != stage) continue;
    struck[i] = true;
    ++covered.struck[static_cast<std::size_t>(f.what)][stage];
    note("    !!! " + std::string(name_of(f.what)) + " (" + std::to_string(f.how) + ")");
    auto& home = computers[static_cast<std::size_t>(who != nullptr ? who->at : 0)];
    switch (f.what) {
      case fault::killed_before:
        who->dead = true;
        return nullptr;
      case fault::ra_restarts:
        ra_down = 1 + static_cast<int>(f.how % 4);
        return nullptr;
      case fault::ra_moves:
        outside();
        return nullptr;
      case fault::pulled_before:
        pull();
        return nullptr;
      case fault::swapped:
        pull();
        other.place = who->at;
        return nullptr;
      case fault::busy:
        busy_looks = 1 + static_cast<int>(f.how % 3);
        return nullptr;
      case fault::full:
        token.room = token.boxes.size();
        return nullptr;
      case fault::disk_full:
        home.full = true;
        return &f;
      case fault::mistyped:
        wrong_pins = 1 + static_cast<int>(f.how % 3);
        return nullptr;
      case fault::locked:
        token.tries = 0;
        return nullptr;
      case fault::key_lost:
        lose_key();
        return nullptr;
      case fault::clock_forward:
        home.clock_error += f.how % 2 == 0 ? hour : 400 * day;
        return nullptr;
      case fault::clock_back:
        home.clock_error -= f.how % 2 == 0 ? hour : 400 * day;
        return nullptr;
      case fault::time_passes:
        ra.now += f.how % 3 == 0 ? 2 * hour : f.how % 3 == 1 ? 8 * day : 30 * day;
        mono += 2 * hour * second_ns;
        ra.go_on();
        return nullptr;
      case fault::other_client: {
        nested = true;
        const auto client = static_cast<int>((static_cast<std::uint32_t>(who->id) + 1) % running.size());
        if (let_act) let_act(client);
        nested = false;
        return nullptr;
      }
      default:
        return &f;
    }
  }
  return nullptr;
}

process& world::start(int client) {
  auto& slot = running[static_cast<std::size_t>(client)];
  if (!slot) {
    note("  client " + std::to_string(client) + " starts");
    slot = std::make_unique<process>(*this, homes[static_cast<std::size_t>(client)], client);
  }
  return *slot;
}

void world::bury(int client) {
  note("  client " + std::to_string(client) + " is dead");
  running[static_cast<std::size_t>(client)].reset();
}

void world::plug(int computer) {
  if (other.place == computer) other.place = in_hand;
  if (token.place == computer) return;
  token.place = computer;
  ++plugging;
}

void world::pull() {
  if (token.place != in_hand) ++plugging;
  token.place = in_hand;
}

void world::deliver_late(bool all) {
  for (std::size_t i = 0; i < delayed.size();) {
    if (!all && delayed[i].due > points) {
      ++i;
      continue;
    }
    const auto request = std::move(delayed[i].request);
    delayed.erase(delayed.begin() + static_cast<std::ptrdiff_t>(i));
    const auto answer = ra.answer(request);
    note("    late: " + request.method + " " + request.path + " " + std::to_string(answer.status));
  }
}

void world::queue(std::vector<notice> said) {
  for (auto& one : said) notices.push_back(std::move(one));
}

void world::speak_notice() {
  if (notices.empty()) return;
  const auto said = notices.front();
  notices.pop_front();
  const auto* hit = strike(nullptr, site::notice);
  if (hit != nullptr && hit->what == fault::late_notice) {
    notices.push_back(said);
    return;
  }
  note("  provider: " + said.event + " " + said.payment);
  ra.accept(said);
  if (hit != nullptr && hit->what == fault::second_notice) notices.push_back(said);
}

void world::outside() {
  for (int i = 0; i < 3 && !notices.empty(); ++i) speak_notice();
  queue(ra.provider_answers());
  ra.go_on();
  ra.approve_unlocks();
}

std::uint64_t world::possible(site where) const {
  auto out = strikes_at(where);
  if (nested || running.size() < 2) out &= ~bit(fault::other_client);
  if ((out & bit(fault::key_lost)) != 0 && !may_lose_key()) out &= ~bit(fault::key_lost);
  return out;
}

bool world::may_lose_key() const {
  // Once it has confirmed itself the key is the user's own to keep.
  if (says_key_works) return false;
  for (const auto& [uuid, o] : ra.orders())
    if (!o.confirmed_certificate.empty()) return false;
  for (const auto& late : delayed)
    if (late.request.path.ends_with("/confirmation")) return false;
  for (const auto& c : computers)
    for (const auto& [uuid, at] : c.orders)
      if (at == renewal::stage::proved) return false;
  return std::any_of(token.boxes.begin(), token.boxes.end(),
                     [](const auto& box) { return box.first != old_container && !box.second.key.empty(); });
}

void world::lose_key() {
  std::erase_if(token.boxes, [](const auto& box) { return box.first != old_container && !box.second.key.empty(); });
}

}  // namespace keycare::sim
