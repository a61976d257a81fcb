// grants.hpp - the grant that is held between commands of one process, so that installing asks for the PIN once.
//
// After a restart there is none, and the host asks again.
#pragma once

#include "keycare/sdk/services.hpp"

#include <functional>

namespace keycare::renewal {

/// What a grant is for.
struct grant_wish {
  token_ref token;
  digest certificate{};  ///< The old certificate, whose key acts.
  std::string_view purpose;
  std::string order;              ///< uuid
  std::vector<operation> needed;  ///< By the action itself.
  std::vector<operation> later;   ///< By what will follow it without another question.
};

class grant_keeper {
public:
  explicit grant_keeper(signing_client signing) : signing_(signing) {}
  grant_keeper(const grant_keeper&) = delete;
  grant_keeper& operator=(const grant_keeper&) = delete;
  ~grant_keeper() { close(); }

  /// Runs @p action under a grant: the held one when it is for this order and covers what is needed, a new one
  /// otherwise. A held one that has ended meanwhile is replaced, once. Ends the grant after an error, and when nothing
  /// is left in it. [worker-thread]
  [[nodiscard]] result<void> run(const kc_call& call, const grant_wish& wish,
                                 const std::function<result<void>(kc_grant)>& action);
  /// Whether the held grant is for @p order and covers @p needed, so that nobody is asked for a PIN (unless the host
  /// has ended it meanwhile). [worker-thread]
  [[nodiscard]] bool covers(std::string_view order, const std::vector<operation>& needed) const;
  /// Logs out. [worker-thread]
  void close();

private:
  [[nodiscard]] result<void> open(const kc_call& call, const grant_wish& wish);

  signing_client signing_;
  kc_grant grant_ = 0;
  std::string order_;
  std::vector<operation> left_;
};

}  // namespace keycare::renewal
