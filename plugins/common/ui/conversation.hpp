// conversation.hpp - a command and what follows from it, for a page: at once what is due at once, later what waits for
// the RA, and a question for what only the user knows.
#pragma once

#include "keycare/sdk/next.hpp"
#include "keycare/sdk/ui_side.hpp"

#include <QString>
#include <QTimer>

#include <functional>

namespace keycare::ui {

/// One at a time: starting another ends the one before. Destroying it ends it silently. [main-thread]
class conversation {
public:
  /// Any may be empty. They may start(), cancel(), or destroy the conversation's owner at a later turn of the loop
  /// only.
  struct hooks {
    std::function<void(const nlohmann::json& reply)> replied = {};  ///< Each reply as it comes.
    /// Before what follows is begun or waited for: it may give its input more members.
    std::function<void(next_command& next)> follows = {};
    /// Stopped at what only the user knows: answer() goes on.
    std::function<void(const next_command& next)> asks = {};
    /// It ended with an error (a look that may do better later goes on waiting, twice as long each time); @p sentence
    /// says what to do next.
    std::function<void(const error& why, const QString& sentence)> failed = {};
    std::function<void()> busy_changed = {};  ///< busy() is another.
    std::function<void(int done, int total, const QString& phase)> progress = {};
  };
  conversation(const commands_client& commands, hooks tell);

  void start(const std::string& command, const nlohmann::json& input = nlohmann::json::object());
  /// The members that were asked for.
  void answer(const nlohmann::json& members);
  /// What waits for the RA is asked for now: the guide's 【支付成功】 is this and no more.
  void look_now();
  /// Asks the command to stop; its end is told through failed(). Ends a wait silently.
  void cancel();

  [[nodiscard]] bool busy() const noexcept { return running_.active(); }  ///< A command is under way.
  [[nodiscard]] bool waiting() const { return later_.isActive(); }        ///< For the RA.

private:
  void invoke(const std::string& command, const nlohmann::json& input);
  void ended(command_end end);
  void tell_busy();

  commands_client commands_;
  hooks tell_;
  commands_client::running running_;
  QTimer later_;
  next_command next_;
  next_command poll_;  ///< What is under way, when it was waited for: after a failure that may pass it is asked again.
  int steps_ = 0;
  bool stopping_ = false;  ///< cancel() came while a command was under way.
};

}  // namespace keycare::ui
