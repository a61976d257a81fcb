// quiet_look.hpp - asks how orders that are only listed stand now, without a PIN and without a word: what is new comes
// as the event "order-changed", and what cannot be asked now is asked by whoever opens the order.
#pragma once

#include "plugins/common/ui/conversation.hpp"

#include <string>
#include <vector>

namespace keycare::renewal {

class quiet_look {
public:
  explicit quiet_look(const commands_client& commands);
  /// One after the other; who is already asking is left alone. [main-thread]
  void at(std::vector<std::string> orders);
  /// Those of the core's `orders` that the RA knows and that are not over.
  void at_open_ones(const nlohmann::json& listed);
  /// Somebody is to be served first: commands of one plugin run one after the other.
  void stop();

private:
  void next();
  std::vector<std::string> waiting_;
  ui::conversation asking_;
};

}  // namespace keycare::renewal
