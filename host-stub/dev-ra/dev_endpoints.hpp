// dev_endpoints.hpp - what only a development RA offers, under /dev/: first issuance, the clock, other people's parts.
//
// Every request is POST with `Authorization: Bearer <admin-token>` and a JSON object:
//   /dev/clock         {offset}                                seconds added to the computer's clock
//   /dev/certificates  {account, csr, token{manufacturer, serial}, not_before, not_after, applicant{form}, seal?}
//                      -> {certificate, sha256, chain[]}       issues a certificate and binds it to the account
//   /dev/escrow        {manufacturer, serial, application, admin_pin, can_rotate?, method?}
//   /dev/review        {uuid, decision: approve|reject|correct, reason?, fields?}
//   /dev/sms           {uuid} -> {code, phone}                 the last unused code that was sent
//   /dev/pay           {payment}                               as the user on the provider's page
//   /dev/notice        {payment, event}                        the provider's word, whatever its own view is
//   /dev/provider      {holds?, refuses_refund?}
//   /dev/support       {uuid, open}                            a person takes over, and gives back
//   /dev/refund        {uuid}                                  a failed refund is tried again
//   /dev/revoke        {certificate_sha256}
//   /dev/seal          {certificate_sha256, seal}
#pragma once

#include "call.hpp"

#include <string_view>

namespace keycare::dev_ra {

/// @p name is the path after /dev/. `not-found` for an unknown one, `bad-request` for a body that lacks something.
result<answer> dev_endpoint(const room& at, std::string_view name, const nlohmann::json& body);

}  // namespace keycare::dev_ra
