// module_trial.hpp - what a token maker's library does when it is loaded and first called, found out in a child process
// and remembered: a crash or a hang there costs a child and not the client.
#pragma once

#include "keycare/sdk/result.hpp"

#include <chrono>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace keycare::services {

/// One interface's first calls. In the child: true and a word worth remembering, or false and the name of the function
/// that the library lacks.
struct module_trial {
  std::string kind;                         ///< Of the note's file name; one for each interface and way to start it.
  std::span<const std::string_view> words;  ///< What may be remembered.
  std::function<bool(void* library, std::string& word)> run;
};

/// Loads @p library in a child and runs the trial there. KC-MODULE-UNREADABLE; KC-MODULE-UNLOADABLE (its args say why);
/// KC-MODULE-INCOMPLETE (functions are missing); KC-MODULE-CRASHED, KC-MODULE-HANGS (native: the signal). [any-thread]
[[nodiscard]] result<std::string> try_module(const std::filesystem::path& library, const module_trial& trial,
                                             std::chrono::milliseconds patience);
/// The same, once for each content (SHA-256): the word is kept in the folder @p remembered, which is made when it is
/// not there. Failures are not remembered: a missing driver may come later. [any-thread]
[[nodiscard]] result<std::string> tried_module(const std::filesystem::path& library, const module_trial& trial,
                                               const std::filesystem::path& remembered,
                                               std::chrono::milliseconds patience);

/// Loads what a trial was passed by. Never closed: a maker's library may leave threads and exit handlers behind.
/// KC-MODULE-UNLOADABLE. [any-thread]
[[nodiscard]] result<void*> load_module(const std::filesystem::path& library);

}  // namespace keycare::services
