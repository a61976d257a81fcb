// office_kit.hpp - what the end-to-end tests share: an office for one test, and programs run as a person would run
// them.
#pragma once

#include "host-stub/demo/cast.hpp"
#include "host-stub/demo/office.hpp"

#include <gtest/gtest.h>

#include <sys/types.h>

#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace keycare::e2e {

/// How a program ended. `signal` is 0 unless it was killed.
struct outcome {
  int exit = -1;
  int signal = 0;
  std::string out;
  std::string err;
};

/// What is done to a program, by its process id, when it has run for a while; nothing when it has ended by then.
struct interruption {
  std::chrono::milliseconds after{0};
  std::function<void(pid_t)> act;
};

/// Runs a program to its end, with @p input on its standard input and @p pins, a line each, on descriptor 3.
/// [any-thread]
[[nodiscard]] outcome run_program(const std::vector<std::string>& arguments, const std::string& input = {},
                                  const std::vector<std::string_view>& pins = {},
                                  const std::map<std::string, std::string>& environment = {},
                                  const interruption& meanwhile = {});

/// The JSON objects that a program printed, one a line.
[[nodiscard]] std::vector<nlohmann::json> replies_of(const outcome& ended);

/// A fresh office in a folder that goes at the end, with one token whose certificate ends in 25 days.
class office_test : public testing::Test {
protected:
  void SetUp() override;
  void TearDown() override;
  /// What kind of token the office sells, and with which keys.
  [[nodiscard]] virtual demo::token_kind kind() const { return demo::token_kind::skf; }
  [[nodiscard]] virtual std::string algorithm() const { return "rsa-2048"; }

  /// The arguments of keycare-host run <plugin> <command> ... --json, for the client of config_.
  [[nodiscard]] std::vector<std::string> command_line(const std::vector<std::string>& arguments,
                                                      const nlohmann::json& input) const;
  /// Runs them, with environment_ and meanwhile_, and with PINs; the replies. last_ is how it ended.
  std::vector<nlohmann::json> run(const std::vector<std::string>& arguments, const nlohmann::json& input = nullptr,
                                  const std::vector<std::string_view>& pins = {});
  /// The input of `renewal apply`, with the consents of the agreement that was read just now.
  nlohmann::json application();
  /// Repeats `renewal continue` until the order is in @p state, at most 30 times.
  nlohmann::json until(const std::string& uuid, const std::string& state,
                       const std::vector<std::string_view>& pins = {});
  nlohmann::json invoice() const;

  std::filesystem::path folder_;
  std::unique_ptr<demo::office> office_;
  demo::handed_over token_;
  std::filesystem::path config_;  ///< The client's configuration: the office's own, until a test writes another.
  std::map<std::string, std::string> environment_;
  interruption meanwhile_;
  outcome last_;
};

}  // namespace keycare::e2e
