// quiet_look.cpp - see quiet_look.hpp.
#include "plugins/renewal/ui/quiet_look.hpp"

#include "plugins/common/ui/text.hpp"

namespace keycare::renewal {

namespace {
constexpr std::size_t most_at_once = 5;
}

quiet_look::quiet_look(const commands_client& commands)
    : asking_(commands, {
                            .replied =
                                [this](const nlohmann::json& reply) {
                                  // Who could not be reached for one will not be for the others.
                                  ui::part_of(reply, "data").contains("delayed") ? waiting_.clear() : next();
                                },
                            .follows = [](next_command& then) { then.then = follow_up::stop; },
                            .failed = [this](const error&, const QString&) { waiting_.clear(); },
                        }) {}

void quiet_look::at(std::vector<std::string> orders) {
  if (asking_.busy()) return;
  waiting_ = std::move(orders);
  next();
}

void quiet_look::at_open_ones(const nlohmann::json& listed) {
  std::vector<std::string> open;
  for (const auto& one : ui::part_of(listed, "orders"))
    if (ui::flag_of(one, "open") && !ui::text_of(one, "number").isEmpty() && open.size() < most_at_once)
      open.push_back(ui::to_utf8(ui::text_of(one, "uuid")));
  at(std::move(open));
}

void quiet_look::stop() {
  waiting_.clear();
  asking_.cancel();
}

void quiet_look::next() {
  if (waiting_.empty()) return;
  const auto order = std::move(waiting_.front());
  waiting_.erase(waiting_.begin());
  asking_.start("continue", {{"order", order}, {"without_pin", true}});
}

}  // namespace keycare::renewal
