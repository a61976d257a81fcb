// narrator.hpp - tells the demo: what is typed, what is shown, and what was checked; as text, or as JSON at the end.
#pragma once

#include <nlohmann/json.hpp>

#include <mutex>
#include <string>
#include <string_view>

namespace keycare::demo {

/// [any-thread]
class narrator {
public:
  narrator(bool english, bool json) : english_(english), json_(json) {}

  void chapter(std::string_view zh, std::string_view en);
  /// Something that the story needs to be said.
  void remark(std::string_view zh, std::string_view en);
  /// A command as a person would type it.
  void typed(const std::string& command);
  /// Lines that a person sees.
  void shown(const std::string& text);
  /// Holds the story against what happened; the sentence says what should be. Gives @p ok back.
  bool expect(bool ok, std::string_view zh, std::string_view en);

  [[nodiscard]] bool failed() const;
  /// With --json: the whole story as one object. To standard output.
  void end();
  /// Nothing is told any more: the story was interrupted, and what fails from here on fails because of that.
  void fall_silent();

private:
  void line(const std::string& kind, const std::string& text, const std::string& printed);

  const bool english_;
  const bool json_;
  mutable std::mutex mutex_;
  nlohmann::json events_ = nlohmann::json::array();
  int checks_ = 0;
  int failures_ = 0;
  bool silent_ = false;
};

}  // namespace keycare::demo
