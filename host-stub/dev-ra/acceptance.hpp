// acceptance.hpp - a client's statement on its way in: read, held against the path and the signer, answered with a
// receipt.
#pragma once

#include "keycare/sdk/statement.hpp"

#include "messages.hpp"
#include "records.hpp"

#include <string>
#include <string_view>

namespace keycare::dev_ra {

struct accepted {
  std::string der;
  signed_message message;
  statement::head head;

  [[nodiscard]] const nlohmann::json& statement() const { return message.statement; }
};

/// Reads SignedData and holds the statement against what the path wants: its type, this RA, this uuid (none: any).
/// `bad-statement` otherwise. The signature is not verified yet.
[[nodiscard]] result<accepted> read_statement(const room& at, std::string_view der, std::string_view type,
                                              std::string_view uuid);
/// Verifies that the order's old key made @p what, as of the order's acceptance: eligibility is frozen then, revocation
/// is not. `wrong-signer`, `account-differs` or `untrusted-signature` otherwise.
[[nodiscard]] result<void> made_by_old_key(const room& at, const accepted& what, const order& on);
/// True when the statement's account is empty or @p account: a typed account is compared, it authenticates nobody.
[[nodiscard]] bool fits_account(const accepted& what, std::string_view account);

/// The receipt for @p what (base64 CMS). @p meaning is what tells a repetition from another statement of this type and
/// generation. The same text gets the same receipt; one that says the same in another text (at another time, on another
/// computer) gets a receipt of its own, because whoever signed it checks that the receipt names it.
[[nodiscard]] std::string receipt(const room& at, const accepted& what, std::string_view number,
                                  std::string_view meaning);
/// True when a statement of this type, generation and meaning has a receipt.
[[nodiscard]] bool is_repeated(const room& at, const accepted& what, std::string_view meaning);

}  // namespace keycare::dev_ra
