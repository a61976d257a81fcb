// faults.hpp - what can go wrong, and where: one table.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace keycare::sim {

/// Where a core, or the world, is about to do something. Each visit is one point of a schedule.
enum class site : std::uint8_t {
  read,
  write,
  ask,   ///< GET or POST
  send,  ///< PUT
  look,
  open,
  sign,
  create,
  generate,
  request,
  install,
  prove,
  reap,
  unlock_begin,
  unlock_finish,
  notice,  ///< The payment provider speaks to the RA.
  count_
};

inline constexpr std::array site_names =
    std::to_array<std::string_view>({"read", "write", "ask", "send", "look", "open", "sign", "create", "generate",
                                     "request", "install", "prove", "reap", "unlock-begin", "unlock-finish", "notice"});
static_assert(site_names.size() == static_cast<std::size_t>(site::count_));

enum class fault : std::uint8_t {
  killed_before,     ///< The process dies before the effect,
  killed_after,      ///< or after it, before it hears of it.
  torn_write,        ///< It dies while it writes, and the record cannot be read.
  disk_full,         ///< The record is not written.
  unreadable,        ///< The record cannot be read now.
  no_connection,     ///< Nothing was sent.
  lost_request,      ///< It never arrives, and nobody knows.
  lost_answer,       ///< It arrives, and nobody knows.
  delayed_request,   ///< It arrives later, after others.
  repeated_request,  ///< It arrives twice.
  damaged_answer,    ///< What comes back is not what was said.
  foreign_answer,    ///< It is another order's, a forged receipt, or a certificate for somebody else.
  server_error,      ///< 500, nothing done.
  slow_down,         ///< 429
  ra_restarts,       ///< No connection for a while.
  ra_moves,          ///< Review, provider and portal act meanwhile.
  pulled_before,     ///< The token is pulled before the effect,
  pulled_after,      ///< or after it.
  swapped,           ///< Another token stands in its place.
  busy,              ///< It does not answer for a while.
  hung_before,       ///< A call that never returns had no effect,
  hung_after,        ///< or had it.
  refused,           ///< The library says no, once.
  full,              ///< No room for another container.
  half_pair,         ///< A key without its other half is left.
  mistyped,          ///< The PIN is entered wrongly, some times.
  locked,            ///< Somebody entered it wrongly until it locked.
  key_lost,          ///< Another program removes the new key.
  clock_forward,     ///< The computer's clock jumps.
  clock_back,
  time_passes,    ///< Hours or weeks go by.
  other_client,   ///< Another process, or one on another computer, acts meanwhile.
  late_notice,    ///< The provider's word comes later,
  second_notice,  ///< or twice.
  count_
};

struct fault_row {
  fault what;
  std::string_view name;
  std::uint32_t sites;  ///< Where it can strike.
};

namespace at {
template <class... Sites>
constexpr std::uint32_t of(Sites... sites) {
  return (0U | ... | (1U << static_cast<unsigned>(sites)));
}
using enum site;
inline constexpr auto token =
    of(look, open, sign, create, generate, request, install, prove, reap, unlock_begin, unlock_finish);
inline constexpr auto device = of(sign, create, generate, request, install, prove, reap, unlock_finish);
inline constexpr auto effect = of(write, ask, send, open) | device;
inline constexpr auto net = of(ask, send);
inline constexpr auto anywhere = of(read, write, ask, send, look, unlock_begin) | device | of(open);
}  // namespace at

inline constexpr std::array fault_table = std::to_array<fault_row>({
    {fault::killed_before, "killed before", at::anywhere},
    {fault::killed_after, "killed after", at::effect},
    {fault::torn_write, "torn write", at::of(site::write)},
    {fault::disk_full, "disk full", at::of(site::write)},
    {fault::unreadable, "unreadable", at::of(site::read)},
    {fault::no_connection, "no connection", at::net},
    {fault::lost_request, "lost request", at::net},
    {fault::lost_answer, "lost answer", at::net},
    {fault::delayed_request, "delayed request", at::of(site::send)},
    {fault::repeated_request, "repeated request", at::of(site::send)},
    {fault::damaged_answer, "damaged answer", at::net},
    {fault::foreign_answer, "foreign answer", at::net},
    {fault::server_error, "server error", at::net},
    {fault::slow_down, "slow down", at::net},
    {fault::ra_restarts, "RA restarts", at::net},
    {fault::ra_moves, "RA moves", at::anywhere},
    {fault::pulled_before, "pulled before", at::token},
    {fault::pulled_after, "pulled after", at::of(site::open) | at::device},
    {fault::swapped, "swapped", at::token},
    {fault::busy, "busy", at::of(site::look)},
    {fault::hung_before, "hung before", at::device},
    {fault::hung_after, "hung after", at::device},
    {fault::refused, "refused", at::token},
    {fault::full, "full", at::of(site::create)},
    {fault::half_pair, "half a pair", at::of(site::generate)},
    {fault::mistyped, "mistyped", at::of(site::open)},
    {fault::locked, "locked", at::of(site::look, site::open)},
    {fault::key_lost, "key lost", at::of(site::read, site::look, site::ask, site::open)},
    {fault::clock_forward, "clock forward", at::anywhere},
    {fault::clock_back, "clock back", at::anywhere},
    {fault::time_passes, "time passes", at::anywhere},
    {fault::other_client, "other client", at::anywhere},
    {fault::late_notice, "late notice", at::of(site::notice)},
    {fault::second_notice, "second notice", at::of(site::notice)},
});
static_assert([] {
  for (std::size_t i = 0; i < fault_table.size(); ++i)
    if (fault_table[i].what != static_cast<fault>(i)) return false;
  return fault_table.size() == static_cast<std::size_t>(fault::count_);
}());

[[nodiscard]] constexpr std::string_view name_of(fault f) {
  return fault_table[static_cast<std::size_t>(f)].name;
}
[[nodiscard]] constexpr std::string_view name_of(site s) {
  return site_names[static_cast<std::size_t>(s)];
}
[[nodiscard]] constexpr std::uint64_t bit(fault f) {
  return std::uint64_t{1} << static_cast<unsigned>(f);
}
/// The faults that can strike at @p where, bit by bit.
[[nodiscard]] constexpr std::uint64_t strikes_at(site where) {
  std::uint64_t out = 0;
  for (const auto& row : fault_table)
    if (((row.sites >> static_cast<unsigned>(where)) & 1U) != 0) out |= bit(row.what);
  return out;
}

inline constexpr std::size_t any_stage = ~std::size_t{0};

/// A fault of a schedule: it strikes at the first point from @c from on where it can.
struct planned_fault {
  std::uint32_t from = 0;         ///< A point,
  std::size_t stage = any_stage;  ///< and the stage that the order or unlock must be at (coverage's numbers).
  fault what = fault::killed_before;
  std::uint32_t how = 0;  ///< Which of its forms, and how often.
};

}  // namespace keycare::sim
