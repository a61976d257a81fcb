// probe.hpp - what a shared library does when it is loaded and called for the first time, found out in a child process.
#pragma once

#include "keycare/sdk/result.hpp"

#include <chrono>
#include <filesystem>

namespace keycare::services::skf {

struct probe_result {
  bool wide_ulong = false;  ///< ULONG has 64 bits.
};

/// Loads @p library in a child, looks its functions up and calls SKF_EnumDev with a poisoned cell of 8 octets: a
/// library with a ULONG of 32 bits leaves the high half. Errors as load() of library.hpp. [any-thread]
[[nodiscard]] result<probe_result> probe(const std::filesystem::path& library, std::chrono::milliseconds patience);

/// The functions without which a library is of no use, for probe and loader alike.
inline constexpr const char* needed_functions[] = {
    "SKF_EnumDev",         "SKF_ConnectDev",        "SKF_DisConnectDev",    "SKF_GetDevInfo",
    "SKF_EnumApplication", "SKF_OpenApplication",   "SKF_CloseApplication", "SKF_GetPINInfo",
    "SKF_VerifyPIN",       "SKF_ClearSecureState",  "SKF_EnumContainer",    "SKF_OpenContainer",
    "SKF_CloseContainer",  "SKF_ExportCertificate", "SKF_ExportPublicKey"};

}  // namespace keycare::services::skf
