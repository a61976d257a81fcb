// unlock_journal.hpp - what the host must remember over a crash in the middle of an unlock: which admin PIN may be set.
#pragma once

#include "keycare/sdk/values.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace keycare::services {

/// Never a PIN: only how far the last unlock of a token came.
struct unlock_note {
  std::string unlock_id;  ///< The RA's approval.
  std::string redeem_id;
  bool done = false;  ///< The proof was made; whether the RA has it, the host does not know.
  friend bool operator==(const unlock_note&, const unlock_note&) = default;
};

/// A note as text, and back: KC-UNLOCK-JOURNAL (KC_E_DAMAGED) for what is none. Pure. [any-thread]
[[nodiscard]] std::string write_note(const unlock_note& note);
[[nodiscard]] result<unlock_note> read_note(std::string_view text);

/// Whether `next` is tried before `current`: when an earlier unlock may have changed the admin PIN and the RA may not
/// know. Until its report the RA gives the same pair in every redemption. Pure. [any-thread]
[[nodiscard]] inline bool next_may_be_set(const std::optional<unlock_note>& note, const std::string& unlock_id) {
  return note && (!note->done || note->unlock_id == unlock_id);
}

/// One note a token. [worker-thread]
class unlock_journal {
public:
  virtual ~unlock_journal() = default;
  /// On disk before it returns. KC-UNLOCK-JOURNAL.
  virtual result<void> remember(const token_ref& token, const unlock_note& note) = 0;
  /// A note that cannot be read is an error, not its absence.
  virtual result<std::optional<unlock_note>> recall(const token_ref& token) = 0;
  virtual result<void> forget(const token_ref& token) = 0;
};

/// Files of mode 0600 in @p folder, replaced whole with fsync of file and folder.
[[nodiscard]] std::unique_ptr<unlock_journal> make_file_journal(std::filesystem::path folder);

}  // namespace keycare::services
