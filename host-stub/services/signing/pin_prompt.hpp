// pin_prompt.hpp - the host's PIN dialog as the services see it: the console implements it, later the window.
#pragma once

#include "host-stub/services/pin/new_pin.hpp"
#include "host-stub/services/secure/secret.hpp"
#include "keycare/abi/base.h"
#include "keycare/sdk/result.hpp"
#include "keycare/sdk/values.hpp"

#include <string>
#include <vector>

namespace keycare::services {

/// What the PIN will be used for; the dialog's title and sentence follow from it.
enum class prompt_purpose {
  sign,           ///< 正在使用 <subject> 的证书对应的私钥进行签名
  change,         ///< The old PIN, before a change.
  new_on_change,  ///< The new PIN of a change.
  new_on_unlock   ///< The new PIN of an unlock.
};

/// What the dialog shows. All texts are ready for people: one line each, no control or bidirectional characters.
struct prompt_view {
  prompt_purpose purpose = prompt_purpose::sign;
  std::string language;  ///< "zh-CN" or "en"
  std::string sentence;  ///< 正在使用 <subject> 的证书对应的私钥进行签名, or what else is being done.
  std::string subject;   ///< The certificate's subject (common name), as it stands in the sentence.
  token_ref token;       ///< Whose PIN it is: a dialog over a token that was pulled has nothing to ask.
  std::string token_label;            ///< Which token, for people who have two.
  std::string plugin;                 ///< Who asks: the plugin's id.
  std::vector<std::string> lines;     ///< What is being signed or done, in the host's own words.
  std::vector<std::string> warnings;  ///< "the next miss locks" and its like.
  pin_state pin;                      ///< As the token reports it now; absent figures are shown as 未知.
  int attempt = 1;                    ///< 2 and more: the last PIN was wrong (or refused, see problem).
  std::string problem;                ///< Why it asks again, a sentence; empty the first time.
};

/// Asks people for PINs. One call answers one press of 确定; the services verify at most once for each.
/// Called on a worker thread, one at a time; the shell brings it to its own thread. [worker-thread]
class pin_prompt {
public:
  virtual ~pin_prompt() = default;
  /// Shows @p view and waits for 确定 (1 to 64 octets, no NUL) or 取消: KC_E_CANCELLED "KC-PIN-CANCELLED",
  /// or "KC-PIN-TOKEN-GONE" when it saw the token go.
  /// Gives up when @p call is cancelled. KC_E_UNSUPPORTED "KC-PIN-NO-PROMPT" when nobody can be asked.
  virtual result<secret> ask(const kc_call* call, const prompt_view& view) = 0;
  /// The same for a new PIN, asked twice and compared; what new_pin_problem() says is shown beside the field and asked
  /// again in the dialog itself. The services check it again.
  virtual result<secret> ask_new(const kc_call* call, const prompt_view& view, const new_pin_policy& policy) = 0;
  /// Tells that it is over without another question: the PIN is locked, the token is gone. @p view.problem says it.
  virtual void tell(const prompt_view& view) = 0;
  /// The questions of one purpose are over, well or not: a window closes its dialog, unless tell() has something to say
  /// that nobody read yet.
  virtual void over() {}
};

}  // namespace keycare::services
