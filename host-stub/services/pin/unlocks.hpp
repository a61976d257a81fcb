// unlocks.hpp - unlocks under way: from the ephemeral key and nonce to the proof. domain.md, Unlock.
#pragma once

#include "host-stub/services/identity.hpp"
#include "host-stub/services/pin/pin_service.hpp"
#include "host-stub/services/pin/unlock_seal.hpp"
#include "keycare/abi/pin.h"

#include <map>
#include <memory>
#include <mutex>

namespace keycare::services {

/// The unlocks of one plugin. Nothing is spent before an authorisation fits in every member. [worker-thread]
class unlocks {
public:
  unlocks(const pin_parts& parts, const plugin_identity& plugin) : parts_(parts), plugin_(plugin) {}

  struct begun {
    kc_unlock unlock = 0;
    std::string request;  ///< JSON for the RA.
  };
  [[nodiscard]] result<begun> begin(const kc_call* call, const token_ref& token, const digest& certificate,
                                    const std::string& unlock_id);
  /// The proof: CMS SignedData over an "unlock-proof" statement.
  [[nodiscard]] result<octets> finish(const kc_call* call, kc_unlock unlock, octets_view authorisation);
  void end(kc_unlock unlock) noexcept;

private:
  struct record {
    unlock_expectation asked;
    ephemeral_key key;
    std::string container;  ///< Of the certificate whose key proves the unlock.
    std::string label;
    std::int64_t began_at = 0;
    bool spent = false;  ///< The admin PIN may have changed.
  };
  [[nodiscard]] result<std::shared_ptr<record>> find(kc_unlock unlock);
  [[nodiscard]] result<void> in_time(const record& one) const;
  [[nodiscard]] result<octets> unlock(const kc_call* call, record& one, const nlohmann::json& statement,
                                      const std::string& statement_text);

  pin_parts parts_;
  plugin_identity plugin_;
  std::mutex mutex_;
  std::map<kc_unlock, std::shared_ptr<record>> records_;
  kc_unlock next_ = 1;
};

}  // namespace keycare::services
