// suites.hpp - what is measured; each adds its lines to the table. cannot_measure when it cannot.
#pragma once

#include "report.hpp"

namespace keycare::bench {

/// keycare-host against pkcs11-tool and p11tool, from start to end.
void measure_programs(report& to, const effort& how);
/// keycare-gui against xca: from exec to a window, and memory.
void measure_window(report& to, const effort& how);
/// A signature under an open grant against the library's own; and what else a grant costs.
void measure_signing(report& to, const effort& how);
/// Calls through the contract's tables.
void measure_calls(report& to, const effort& how);
/// A plugin into a client: for the first time, and again.
void measure_loading(report& to, const effort& how);
/// A whole renewal against OpenSSL's CMP key update.
void measure_renewal(report& to, const effort& how);
/// More certificates, tokens, orders.
void measure_growth(report& to, const effort& how);

}  // namespace keycare::bench
