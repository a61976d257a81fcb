// stage.hpp - where the demo plays: an office, and a client with three plugins and a clerk at its PIN dialog.
#pragma once

#include "host-stub/client/client.hpp"
#include "host-stub/demo/narrator.hpp"
#include "host-stub/demo/office.hpp"
#include "host-stub/demo/scripted_prompt.hpp"
#include "host-stub/services/shell/console.hpp"

#include <optional>

namespace keycare::demo {

struct demo_options {
  std::string language = "zh-CN";
  bool json = false;
  token_kind tokens = token_kind::skf;
  bool review_by_hand = false;  ///< The window's orders wait for somebody at the RA's page /review.
  std::filesystem::path keep;   ///< Empty: a temporary folder that goes at the end.
};

class stage {
public:
  /// Starts the RA, makes the tokens and opens the client. KC-DEMO-*, or what they say. [main-thread]
  [[nodiscard]] static result<std::unique_ptr<stage>> set(const demo_options& how);
  ~stage();
  stage(const stage&) = delete;
  stage& operator=(const stage&) = delete;

  /// Runs a command as a person would, and what follows from it, and shows every reply. An error is shown with its
  /// sentence. @p answers what the person knows when asked (the code of a text message). [main-thread]
  result<nlohmann::json> run(const std::string& plugin, const std::string& command,
                             const nlohmann::json& input = nlohmann::json::object(),
                             const std::function<std::string(const std::string&)>& answers = {});
  /// Runs `continue` until @p arrived says so, as often as the RA asks to come back, 20 times at most.
  result<nlohmann::json> go_on(const std::string& plugin, const nlohmann::json& input,
                               const std::function<bool(const nlohmann::json& data)>& arrived,
                               const std::function<std::string(const std::string&)>& answers = {});
  /// Somebody else's part at the RA. A refusal fails the story.
  nlohmann::json desk(std::string_view name, const nlohmann::json& body);
  /// Closes the client and opens it again, as after a restart of the computer.
  result<void> restart();

  [[nodiscard]] narrator& told() noexcept { return told_; }
  [[nodiscard]] scripted_prompt& clerk() noexcept { return clerk_; }
  [[nodiscard]] host::client& client() noexcept { return *client_; }
  [[nodiscard]] const handed_over& token() const noexcept { return token_; }
  [[nodiscard]] const handed_over& ended_token() const noexcept { return ended_; }
  /// Whether the demo's tokens count wrong PINs and lock; SoftHSM's do neither.
  [[nodiscard]] bool counts_tries() const noexcept { return how_.tokens == token_kind::skf; }
  [[nodiscard]] std::int64_t now() const { return time_.wall_seconds(); }

private:
  explicit stage(const demo_options& how);
  result<void> build();

  demo_options how_;
  narrator told_;
  scripted_prompt clerk_;
  services::system_time time_;
  services::console shell_;
  std::filesystem::path folder_;
  std::unique_ptr<office> office_;
  handed_over token_;
  handed_over ended_;
  std::unique_ptr<host::client> client_;
};

}  // namespace keycare::demo
