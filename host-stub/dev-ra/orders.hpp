// orders.hpp - a renewal from application to withdrawal, correction, new generation; and the list for another computer.
#pragma once

#include "call.hpp"
#include "records.hpp"

namespace keycare::dev_ra {

result<answer> apply(const room& at, const call& request);
result<answer> show_order(const room& at, const call& request);
result<answer> withdraw(const room& at, const call& request);
result<answer> correct(const room& at, const call& request);
result<answer> new_generation(const room& at, const call& request);
result<answer> list_orders(const room& at, const call& request);

/// The order of the path's first uuid, when the request carries its secret: `unknown-order` or `unauthorised`
/// otherwise.
[[nodiscard]] result<order> authorised_order(const room& at, const call& request);
/// {receipt, order}
[[nodiscard]] answer receipted(const room& at, const order& what, std::string receipt);

}  // namespace keycare::dev_ra
