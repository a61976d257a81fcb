// colleague.hpp - another person at the same computer: a second process with the client's real window, on the same data
// folder and token. She does what she is told, one thing at a time, and says what she sees.
#pragma once

#include <QProcess>
#include <QString>

#include <filesystem>
#include <string>

namespace keycare::shell {

/// What she can be told; she uses the same hands as other tests do.
namespace errand {
inline constexpr auto open = "open";          ///< The window, on the office in this folder.
inline constexpr auto fill_in = "fill-in";    ///< From 申请续期 to the form, without 提交.
inline constexpr auto invoice = "invoice";    ///< From 立即支付 to the invoice, without 提交.
inline constexpr auto press = "press";        ///< The button of this name.
inline constexpr auto notice = "notice";      ///< The notice's button with this text.
inline constexpr auto again = "again";        ///< 重试, if it is still there.
inline constexpr auto type_pin = "type-pin";  ///< The demo's PIN, into the PIN dialog.
inline constexpr auto look = "look";          ///< Answers with what can be seen.
}  // namespace errand

class colleague {
public:
  /// Comes in and opens the window on the office in @p folder.
  explicit colleague(const std::filesystem::path& folder);
  /// Closes her window and goes home; a test failure when something was not there for her.
  ~colleague();
  colleague(const colleague&) = delete;
  colleague& operator=(const colleague&) = delete;

  /// Tells her, and does not wait.
  void tell(const char* errand, const QString& what = {});
  /// Waits until she has done it, and gives her answer.
  QString done();
  QString does(const char* errand, const QString& what = {}) {
    tell(errand, what);
    return done();
  }
  [[nodiscard]] bool sees_now(const QString& text) { return does(errand::look).contains(text); }
  /// Waited for.
  [[nodiscard]] bool sees(const QString& text);

private:
  QProcess process_;
  QByteArray told_;
};

}  // namespace keycare::shell
