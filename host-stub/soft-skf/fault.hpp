// fault.hpp - faults that a test asks for through KEYCARE_SOFTSKF_FAULT; inert while the variable is not set.
//
// The variable holds items separated by ';', or '@' and the path of a file that holds them (read at every call, so that
// a test can switch a fault on in a process that runs already). n is the count of the occurrence, every one if left
// out:
//
//   hang:SKF_RSASignData:60[:n]            the call sleeps for 60 s before it begins
//   fail:SKF_GenRSAKeyPair:SAR_FAIL[:n]    the call does nothing and answers SAR_FAIL (a name or a hexadecimal number)
//   lost:SKF_GenRSAKeyPair:SAR_FAIL[:n]    the call does its work, and answers SAR_FAIL all the same
//   unplug:SKF_RSASignData[:n]             every token of the folder is pulled as the call begins
//   kill:POINT[:n]                         the process kills itself (SIGKILL) at a point of a durable write:
//                                          before-write, written, synced, replaced, folder-synced, recorded
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace keycare::soft_skf::fault {

/// At a function's begin: sleeps or pulls tokens where asked; the answer is a status to give at once.
std::optional<std::uint32_t> before(std::string_view function);

/// At a function's end: the status to give instead of the true one.
std::optional<std::uint32_t> after(std::string_view function);

/// A named point of a durable write.
void point(std::string_view name);

}  // namespace keycare::soft_skf::fault
