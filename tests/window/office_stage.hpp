// office_stage.hpp - the world outside of the client: the demo's office with its RA over TLS, and software tokens.
#pragma once

#include "host-stub/demo/cast.hpp"
#include "host-stub/demo/office.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace keycare::window {

/// A stage that cannot be set is no stage: the test ends with the reason.
template <class T>
T must(result<T> outcome, const char* what) {
  if (outcome) return *std::move(outcome);
  throw std::runtime_error(std::string(what) + ": " + outcome.error().code + " " + outcome.error().args);
}

struct stage_options {
  std::string language = "zh-CN";
  int days = 25;        ///< Until the first token's certificate ends; negative: it has ended.
  int more_tokens = 0;  ///< Further tokens of the same company.
  std::uint32_t tries = 10;
  demo::token_kind tokens = demo::token_kind::skf;
  std::vector<std::string> ra_arguments = {"--review-by-hand", "--step-delay", "0", "--provider-delay", "0"};
};

class office_stage {
public:
  explicit office_stage(stage_options how = {});
  ~office_stage();
  office_stage(const office_stage&) = delete;
  office_stage& operator=(const office_stage&) = delete;

  [[nodiscard]] demo::office& office() { return *office_; }
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
  [[nodiscard]] const demo::handed_over& token(std::size_t number = 0) const { return tokens_.at(number); }
  /// Other people's parts, see ra_process::desk; a test failure when it refuses.
  nlohmann::json desk(std::string_view name, const nlohmann::json& body);
  /// Pulls a token out of the computer, and plugs it in again.
  void unplug(std::size_t number = 0);
  void plug(std::size_t number = 0);
  /// The RA hangs from now on, until it is told to go on.
  void halt_office();
  void resume_office();
  /// Ends the RA: nobody answers any more.
  void close_office() { office_.reset(); }

private:
  std::filesystem::path folder_;
  std::unique_ptr<demo::office> office_;
  std::vector<demo::handed_over> tokens_;
};

}  // namespace keycare::window
