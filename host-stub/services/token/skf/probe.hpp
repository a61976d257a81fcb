// probe.hpp - the trial of an SKF library: has it what is needed, and how wide is its ULONG?
#pragma once

#include "host-stub/services/token/module_trial.hpp"

#include <array>
#include <string>

namespace keycare::services::skf {

inline constexpr const char* skf_narrow = "skf-32";  ///< ULONG has 32 bits.
inline constexpr const char* skf_wide = "skf-64";

/// Looks the functions up and calls SKF_EnumDev with a poisoned cell of 8 octets: a library with a ULONG of 32 bits
/// leaves the high half. See module_trial. The child of a trial only.
[[nodiscard]] bool first_calls(void* library, std::string& word);

inline constexpr auto skf_words = std::to_array<std::string_view>({skf_narrow, skf_wide});
inline const module_trial skf_trial{"module", skf_words, first_calls};

/// The functions without which a library is of no use, for trial and loader alike.
inline constexpr const char* needed_functions[] = {
    "SKF_EnumDev",         "SKF_ConnectDev",        "SKF_DisConnectDev",    "SKF_GetDevInfo",
    "SKF_EnumApplication", "SKF_OpenApplication",   "SKF_CloseApplication", "SKF_GetPINInfo",
    "SKF_VerifyPIN",       "SKF_ClearSecureState",  "SKF_EnumContainer",    "SKF_OpenContainer",
    "SKF_CloseContainer",  "SKF_ExportCertificate", "SKF_ExportPublicKey"};

}  // namespace keycare::services::skf
