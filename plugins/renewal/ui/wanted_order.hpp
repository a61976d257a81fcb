// wanted_order.hpp - from the card on 主页 to the tab 证书续期: the order with which the user wants to go on.
#pragma once

#include <nlohmann/json.hpp>

namespace keycare::renewal {

struct wanted_order {
  nlohmann::json order;  ///< As the core lists it; null: the tab shows what it showed.
};

}  // namespace keycare::renewal
