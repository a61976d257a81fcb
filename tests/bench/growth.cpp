// growth.cpp - what more of everything costs. A goal is met when the time for n grows no faster than n log n from one
// size to the next; for one order among n, no faster than log n.
#include "stores.hpp"
#include "suites.hpp"

#include "dev-ra/database.hpp"
#include "ra_kit.hpp"
#include "tests/host-stub/services/token/soft_host.hpp"

#include <array>
#include <cmath>
#include <cstdio>

namespace keycare::bench {

namespace {

using namespace services;

struct sample {
  int n = 0;
  double seconds = 0;
};

/// The last step is the one that counts: before it, what does not grow hides what does.
void add(report& to, const std::string& what, const std::vector<sample>& samples, const std::string& law,
         double (*allowed)(double)) {
  std::string times;
  for (const auto& one : samples)
    times += (times.empty() ? "" : ", ") + std::to_string(one.n) + ": " + duration_text(one.seconds);
  const auto& last = samples.back();
  const auto& before = samples[samples.size() - 2];
  const double grown = last.seconds / before.seconds;
  const double most = allowed(last.n) / allowed(before.n);
  std::array<char, 64> result{}, goal{};
  std::snprintf(result.data(), result.size(), "× %.2f from %d to %d", grown, before.n, last.n);
  std::snprintf(goal.data(), goal.size(), "≤ × %.2f (%s)", most, law.c_str());
  to.add({what, times, {}, result.data(), goal.data(), grown <= most});
}

double n_log_n(double n) {
  return n * std::log(n);
}
double log_n(double n) {
  return std::log(n);
}

/// Every certificate of every token, as a plugin gets them.
double list_time(const certificate_store& store, std::size_t expected, int rounds) {
  softhsm_host host(store.folder() / "data");
  std::vector<double> times;
  for (int round = 0; round < rounds; ++round) {
    result<std::vector<certificate_info>> found = std::vector<certificate_info>{};
    times.push_back(seconds_of([&] { found = host.side.registry().certificates(nullptr, {}); }));
    if (!found || found->size() != expected) throw cannot_measure("not every certificate was listed");
  }
  return spread_of(times).median;
}

void more_certificates(report& to, const effort& how) {
  std::vector<sample> samples;
  for (const int n : how.quick ? std::vector{10, 100} : std::vector{1, 10, 100, 1000})
    samples.push_back({n, list_time(certificate_store(1, n), static_cast<std::size_t>(n), how.rounds(11, 3))});
  add(to, "certificates on one token, listed in process (SoftHSM 2)", samples, "n log n", n_log_n);
}

void more_tokens(report& to, const effort& how) {
  std::vector<sample> samples;
  for (const int n : how.quick ? std::vector{2, 4} : std::vector{1, 5, 10, 20})
    samples.push_back({n, list_time(certificate_store(n, 1), static_cast<std::size_t>(n), how.rounds(11, 3))});
  add(to, "tokens with a certificate each, listed in process (SoftHSM 2)", samples, "n log n", n_log_n);
}

/// Orders of other customers, done with long ago: copies of one, from number @p from on.
void fill(const std::filesystem::path& folder, const std::string& certificate, int from, int to) {
  dev_ra::database db(folder / "ra.sqlite");
  const auto insert = [&](const std::string& columns_and_values) {
    db.run(("WITH RECURSIVE number(i) AS (SELECT ?1 UNION ALL SELECT i + 1 FROM number WHERE i + 1 < ?2) " +
            columns_and_values)
               .c_str(),
           std::int64_t{from}, std::int64_t{to}, certificate);
  };
  db.begin();
  insert(
      "INSERT INTO accounts SELECT 'other-' || i, a.applicant, printf('%064x', i) FROM number, certificates c JOIN "
      "accounts a USING(account) WHERE c.sha256 = ?3");
  insert(
      "INSERT INTO certificates SELECT printf('%064x', i), der, 'other-' || i, subject, printf('%064x', i), "
      "manufacturer, "
      "'other-' || i, not_before, not_after, status, changed_at, superseded_by, seal FROM number, certificates WHERE "
      "sha256 = ?3");
  insert(
      "INSERT INTO orders(uuid, number, state, open, generation, account, certificate, manufacturer, serial, subject, "
      "months, fee_fen, old_not_after, new_not_after, form, payload_sha256, applied_at, pay_before) SELECT "
      "printf('%08x-0000-4000-8000-%012x', i, i), 'other-' || i, 'complete', 0, generation, 'other-' || i, "
      "printf('%064x', i), manufacturer, 'other-' || i, subject, months, fee_fen, old_not_after, new_not_after, form, "
      "payload_sha256, applied_at, pay_before FROM number, orders WHERE certificate = ?3");
  db.commit();
}

void more_orders(report& to, const effort& how) {
  dev_ra::test::ra_kit ra;
  const auto first = ra.enrol("first");
  const auto order = ra.apply(first);
  std::vector<sample> shown, applied;
  int there = 1, person = 0;
  for (const int n : how.quick ? std::vector{10, 1000} : std::vector{10, 1000, 100'000}) {
    fill(ra.folder(), first.sha256, there, n);
    there = n;
    ra.restart();
    (void)ra.order(order);
    std::vector<double> show, apply;
    for (int round = 0; round < how.rounds(31, 5); ++round) {
      show.push_back(seconds_of([&] { (void)ra.order(order); }));
      const auto who = ra.enrol("person-" + std::to_string(++person));
      apply.push_back(seconds_of([&] { (void)ra.apply(who); }));
    }
    shown.push_back({n, spread_of(show).median});
    applied.push_back({n, spread_of(apply).median});
  }
  add(to, "dev-ra: showing one order among n, over TLS", shown, "log n each", log_n);
  add(to, "dev-ra: quote and application among n orders, over TLS", applied, "log n each", log_n);
}

}  // namespace

void measure_growth(report& to, const effort& how) {
  need_softhsm();
  const thread_role_scope role(thread_role::worker);
  more_certificates(to, how);
  more_tokens(to, how);
  more_orders(to, how);
}

}  // namespace keycare::bench
