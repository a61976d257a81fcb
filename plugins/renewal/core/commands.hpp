// commands.hpp - the functions behind the plugin's commands; core.cpp has their names and schemas.
//
// Each takes input that the host has held against the schema, and gives the reply of command.h. All are
// [worker-thread].
#pragma once

#include "plugins/renewal/core/context.hpp"

namespace keycare::renewal {

using command_function = result<json> (*)(context& c, const kc_call& call, const json& input);

// preparing.cpp: before there is an order
[[nodiscard]] result<json> eligible(context& c, const kc_call& call, const json& input);
[[nodiscard]] result<json> quote(context& c, const kc_call& call, const json& input);
[[nodiscard]] result<json> agreement(context& c, const kc_call& call, const json& input);
[[nodiscard]] result<json> check(context& c, const kc_call& call, const json& input);

// applying.cpp
[[nodiscard]] result<json> apply(context& c, const kc_call& call, const json& input);

// listing.cpp
[[nodiscard]] result<json> orders(context& c, const kc_call& call, const json& input);
[[nodiscard]] result<json> show(context& c, const kc_call& call, const json& input);

// paying.cpp
[[nodiscard]] result<json> payment_methods(context& c, const kc_call& call, const json& input);
[[nodiscard]] result<json> pay(context& c, const kc_call& call, const json& input);

// changing.cpp
[[nodiscard]] result<json> correct(context& c, const kc_call& call, const json& input);
[[nodiscard]] result<json> withdraw(context& c, const kc_call& call, const json& input);
[[nodiscard]] result<json> continue_order(context& c, const kc_call& call, const json& input);

}  // namespace keycare::renewal
