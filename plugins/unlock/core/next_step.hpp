// next_step.hpp - an unlock's states as one table, and the one pure function that says what to do next.
//
// Three sources of truth: the RA (how far the application is), the token (is it there), the store (what we did or meant
// to do). A click or a time-out never sets a state.
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace keycare::unlock {

/// What is on disk.
enum class stage {
  applying,   ///< The sealed application; it may or may not have reached the RA.
  open,       ///< The RA has it, and we have its secret.
  redeeming,  ///< A redemption's id, written before the code was sent.
  finishing,  ///< An authorisation came; written before the token was touched.
  proved,     ///< The proof that the token signs again; it may or may not have reached the RA.
  closed      ///< Terminal.
};

/// The RA's word. `unasked`: we have not heard it in this step.
enum class ra_state { unasked, awaiting_code, under_review, approved, redeemed, rejected, done, expired };

enum class step {
  submit,       ///< PUT the stored application, the same bytes.
  ask_code,     ///< Have a code sent to the telephone on record, and ask the user for it.
  verify_code,  ///< The first code: it proves who asks.
  wait_review,
  wait_token,  ///< The right token must be plugged in.
  redeem,      ///< The second code: begin on the host, store, exchange for an authorisation, finish on the token.
  go_on,       ///< The same redemption again: its key and nonce are still in the host's memory.
  report,      ///< PUT the stored proof, the same bytes.
  limit,       ///< No redemption is left: a new application, or the hotline.
  close,       ///< The RA's word is final.
  nothing
};

struct facts {
  unlock::stage stage = stage::applying;
  ra_state ra = ra_state::unasked;
  bool code = false;   ///< The user gave one with this step.
  bool token = false;  ///< The token is plugged in.
  bool live = false;   ///< A redemption of this process has not run out.
  bool spent = false;  ///< No redemption is left.
};

/// One row: an absent member fits every value. The first row that fits counts.
struct rule {
  std::optional<unlock::stage> stage;
  std::optional<ra_state> ra;
  std::optional<bool> live;
  std::optional<bool> token;
  std::optional<bool> spent;
  std::optional<bool> code;
  step then;
};

inline constexpr std::optional<bool> any;
inline constexpr std::array table = std::to_array<rule>({
    // stage           RA                        live   token  spent  code
    {stage::closed, std::nullopt, any, any, any, any, step::nothing},
    {stage::applying, std::nullopt, any, any, any, any, step::submit},
    // A proof is never thrown away: until the RA holds it, it keeps two admin PINs for this token.
    {stage::proved, ra_state::done, any, any, any, any, step::close},
    {stage::proved, std::nullopt, any, any, any, any, step::report},
    {std::nullopt, ra_state::done, any, any, any, any, step::close},
    {std::nullopt, ra_state::rejected, any, any, any, any, step::close},
    {std::nullopt, ra_state::expired, any, any, any, any, step::close},
    {std::nullopt, ra_state::awaiting_code, any, any, any, true, step::verify_code},
    {std::nullopt, ra_state::awaiting_code, any, any, any, false, step::ask_code},
    {std::nullopt, ra_state::under_review, any, any, any, any, step::wait_review},
    // Approved, or redeemed before: from here on the token is needed, and a code is asked for only when it is there.
    {std::nullopt, ra_state::approved, any, false, any, any, step::wait_token},
    {std::nullopt, ra_state::redeemed, any, false, any, any, step::wait_token},
    {std::nullopt, ra_state::approved, true, true, any, any, step::go_on},
    {std::nullopt, ra_state::redeemed, true, true, any, any, step::go_on},
    {std::nullopt, ra_state::approved, false, true, true, any, step::limit},
    {std::nullopt, ra_state::redeemed, false, true, true, any, step::limit},
    {std::nullopt, ra_state::approved, false, true, false, true, step::redeem},
    {std::nullopt, ra_state::redeemed, false, true, false, true, step::redeem},
    {std::nullopt, ra_state::approved, false, true, false, false, step::ask_code},
    {std::nullopt, ra_state::redeemed, false, true, false, false, step::ask_code},
});

/// The next step; `nothing` where the RA was not asked yet. [any-thread]
[[nodiscard]] step next_step(const facts& known);

[[nodiscard]] std::string_view name(stage value);
[[nodiscard]] std::string_view name(ra_state value);
[[nodiscard]] std::string_view name(step value);
/// Nothing for a word that is none of ours.
[[nodiscard]] std::optional<stage> read_stage(std::string_view word);
[[nodiscard]] std::optional<ra_state> read_ra_state(std::string_view word);

}  // namespace keycare::unlock
