// replay_test.cpp - every request of the contract may arrive again, at once or much later: the second one changes
// nothing.
#include "database_dump.hpp"
#include "story.hpp"

#include "dev-ra/routes.hpp"

#include <gtest/gtest.h>

namespace keycare::dev_ra::test {
namespace {

/// An answer without what only tells the time: the same request a second later.
json timeless(json answer) {
  if (answer.is_object())
    for (const char* moving : {"server_time", "next_poll", "retry_after", "cms"}) answer.erase(moving);
  if (answer.is_structured())
    for (auto& member : answer) member = timeless(member);
  return answer;
}

class Replay : public testing::Test {
protected:
  Replay() {
    ra.on_answer = [this](const sent& request, const reply& answer) {
      if (!listening) return;
      listening = false;
      hear(request, answer);
      listening = true;
    };
  }
  [[nodiscard]] std::string now() const { return dump(ra.folder() / "ra.sqlite"); }

  ra_kit ra{[](options& o) { o.review = review_mode::by_hand; }};
  std::function<void(const sent&, const reply&)> hear;
  bool listening = true;
};

TEST_F(Replay, OfAnyRequestAtOnceGivesTheSameAnswerAndChangesNothing) {
  std::set<std::string> replayed;
  hear = [&](const sent& request, const reply& first) {
    const auto path = ra_kit::path_in_contract(request);
    if (path.empty()) return;
    const auto before = now();
    const auto again = ra.send(request);
    EXPECT_EQ(difference(before, now()), "") << request.method << " " << request.path;
    EXPECT_EQ(again.status, first.status) << request.method << " " << request.path;
    EXPECT_EQ(timeless(again.body), timeless(first.body)) << request.method << " " << request.path;
    replayed.insert(request.method + " " + path);
  };
  tell(ra);
  EXPECT_EQ(replayed.size(), routes().size()) << "the story sends every request of the contract";
}

TEST_F(Replay, OfAnyAcceptedRequestAtAnyLaterMomentChangesNothing) {
  std::vector<sent> accepted;
  int late = 0;
  hear = [&](const sent& request, const reply& answer) {
    (void)ra.get("/v1/info");  // whatever request comes next does what is due now, an hour later for example
    const auto before = now();
    for (const auto& old : accepted) {
      const auto again = ra.send(old);
      EXPECT_TRUE(again.status == 200 || again.status == 409) << again.body << " to " << old.method << " " << old.path;
      ++late;
    }
    const auto after = now();
    if (before != after) {
      ADD_FAILURE() << difference(before, after) << "after " << request.method << " " << request.path;
      for (const auto& old : accepted) {
        const auto was = now();
        (void)ra.send(old);
        if (was != now()) ADD_FAILURE() << "still changed by " << old.method << " " << old.path;
      }
    }
    // What has an id in its path has an effect.
    if (request.method == "PUT" && answer.status == 200) accepted.push_back(request);
  };
  tell(ra);
  EXPECT_GT(late, 500);
  RecordProperty("repetitions", late);
}

}  // namespace
}  // namespace keycare::dev_ra::test
