// grants.cpp - opening, reusing and ending the one grant.
#include "plugins/renewal/core/grants.hpp"

#include <algorithm>

namespace keycare::renewal {

namespace {

auto same(const operation& wanted) {
  return [&](const operation& other) { return other.kind == wanted.kind && other.object == wanted.object; };
}

}  // namespace

bool grant_keeper::covers(std::string_view order, const std::vector<operation>& needed) const {
  return grant_ != 0 && order_ == order && std::all_of(needed.begin(), needed.end(), [&](const auto& wanted) {
           // A statement that the user has to see is never covered by a grant that did not show it.
           return wanted.statement.empty() && std::any_of(left_.begin(), left_.end(), same(wanted));
         });
}

result<void> grant_keeper::open(const kc_call& call, const grant_wish& wish) {
  close();
  auto operations = wish.needed;
  operations.insert(operations.end(), wish.later.begin(), wish.later.end());
  const auto opened = signing_.open(call, wish.token, wish.certificate, wish.purpose, wish.order, operations);
  if (!opened) return opened.error();
  grant_ = *opened;
  order_ = wish.order;
  left_ = std::move(operations);
  return {};
}

result<void> grant_keeper::run(const kc_call& call, const grant_wish& wish,
                               const std::function<result<void>(kc_grant)>& action) {
  const bool reused = covers(wish.order, wish.needed);
  if (!reused)
    if (auto opened = open(call, wish); !opened) return opened;
  auto outcome = action(grant_);
  if (!outcome && reused && outcome.error().status == KC_E_GRANT_ENDED) {
    if (auto opened = open(call, wish); !opened) return opened;
    outcome = action(grant_);
  }
  if (!outcome) {
    close();
    return outcome;
  }
  for (const auto& used : wish.needed)
    if (const auto it = std::find_if(left_.begin(), left_.end(), same(used)); it != left_.end()) left_.erase(it);
  if (left_.empty()) close();
  return {};
}

void grant_keeper::close() {
  if (grant_ != 0) signing_.close(grant_);
  grant_ = 0;
  order_.clear();
  left_.clear();
}

}  // namespace keycare::renewal
