// clerk.hpp - an order and everybody who has to do with it, turn by turn; and what must be there in the end.
#pragma once

#include "books.hpp"
#include "tests/e2e/office_kit.hpp"

#include <random>

namespace keycare::e2e {

/// Tests of one order in one office: every turn is a keycare-host of its own.
class order_test : public office_test {
protected:
  void SetUp() override;

  enum class actor { clerk, bank, reviewer };
  /// Who has to do something now.
  [[nodiscard]] actor whose_turn() const;
  /// He does it; the clerk by apply, pay or continue. What his program answered must be sensible: expect_sensible().
  void turn();
  /// The clerk's turn; and when it only says that the order is under way already, the one in which that goes on.
  void clerks_turn();
  /// Turns, until RA and client both call the order complete.
  void finish();
  /// After finish(): one order (the others were withdrawn), one payment kept and every other one returned, the old key
  /// and the new one sign, no other container, no lock held, and a whole database.
  void expect_everything_is_there(std::size_t containers = 2, std::size_t orders = 1);
  /// An ended client answered, or was killed; an error has a support code and a sentence; and nobody else's lock was in
  /// its way.
  void expect_sensible(const outcome& ended);

  /// kill -9 of the RA; it is dead when this returns.
  void kill_ra();
  /// Another RA takes over on the same folder and port.
  void raise_ra();
  [[nodiscard]] std::filesystem::path ra_folder() const { return folder_ / "ra"; }
  /// The uuid of the order that the RA knows.
  [[nodiscard]] std::string order() const;
  /// What the RA says of it; empty without one.
  [[nodiscard]] std::string state() const;
  /// A person's input of `pay`.
  [[nodiscard]] nlohmann::json paying() const { return {{"method", "wechat"}, {"invoice", invoice()}}; }

  nlohmann::json form_;       ///< The input of `apply`.
  bool corrections_ = false;  ///< The reviewer finds something to correct first.

private:
  void expect_both_keys_sign();
  void expect_containers(std::size_t wanted);
  void expect_no_lock();
  bool look_first_ = false;  ///< The last answer was that an order is under way: `continue` is next.
};

/// The support code of the last line of an answer: its error's, or why it is delayed; empty for a plain reply.
[[nodiscard]] std::string code_of(const outcome& ended);
/// The words to that code: the error's sentence, or the lines under "say".
[[nodiscard]] std::string words_of(const outcome& ended);

/// KEYCARE_SEED, or another number every day; printed, so that what failed can be had again.
[[nodiscard]] std::mt19937 seeded();
/// KEYCARE_KILLS: how many processes are to be killed in each test. A dozen in CI.
[[nodiscard]] int kills_wanted();

}  // namespace keycare::e2e
