// probe_main.cpp - keycare-probe: loads one plugin, calls its entry, reads its table, and says on a pipe how far it
// came.
//
// Started by probe.cpp only: keycare-probe <contract major> <minor>, with the library on descriptor 3 and the pipe
// on 4.
#include "host-stub/loader/open_plugin.hpp"
#include "host-stub/loader/probe.hpp"
#include "keycare/sdk/json.hpp"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>
#include <csignal>
#include <cstdlib>
#include <exception>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#ifdef KEYCARE_SANITIZED
// A crash must end this process by its signal, as it does without a sanitizer.
extern "C" const char* __asan_default_options() {
  return "detect_leaks=0:handle_segv=0:handle_abort=0:handle_sigill=0:handle_sigfpe=0:handle_sigbus=0";
}
extern "C" const char* __tsan_default_options() {
  return "handle_segv=0:handle_abort=0:handle_sigill=0:handle_sigfpe=0:handle_sigbus=0";
}
#endif

namespace {

using namespace keycare;
using namespace keycare::loader;

void say(std::string line) {
  for (char& c : line)
    if (c == '\n') c = ' ';
  line += '\n';
  if (::write(probe_report_number, line.data(), line.size()) < 0) ::_exit(1);
}

[[noreturn]] void on_terminate() {
  say("threw");
  ::_exit(1);
}

/// What no honest library needs while it is loaded is taken away.
void restrict_self() {
  const auto limit = [](auto what, rlim_t most) {
    const rlimit both{most, most};
    (void)::setrlimit(what, &both);
  };
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_FSIZE, 0);
  limit(RLIMIT_NPROC, 0);
  limit(RLIMIT_NOFILE, 64);
  limit(RLIMIT_CPU, 30);  // seconds; the parent's timeout is shorter
#ifndef KEYCARE_SANITIZED
  limit(RLIMIT_AS, rlim_t{2} << 30U);
#endif
  (void)::prctl(PR_SET_PDEATHSIG, SIGKILL);
  (void)::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

void examine(std::uint16_t major, std::uint16_t minor) {
  say("phase load");
  std::string why;
  // Never closed: this process ends without running a destructor of the library.
  auto& library =
      *new boost::dll::shared_library(open_library("/proc/self/fd/" + std::to_string(probe_library_number), why));
  if (!library.is_loaded()) return say("unloadable " + why);
  entry_function* entry = entry_of(library);
  if (entry == nullptr) return say("fault there is no entry");
  say("phase entry");
  const kc_plugin* plugin = nullptr;
  const auto status = entry(major, minor, &plugin);
  if (status != KC_OK) return say("status " + std::to_string(status));
  say("phase table");
  if (const auto fault = table_fault(plugin); !fault.empty()) return say("fault " + fault);
  const nlohmann::json about{{"id", text(plugin->id)}, {"version", text(plugin->version)}};
  say("plugin " + json_text(about));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const auto number = [&](int i) { return static_cast<std::uint16_t>(std::strtoul(argv[i], nullptr, 10)); };
  restrict_self();
  std::set_terminate(on_terminate);
  try {
    examine(number(1), number(2));
  } catch (...) {
    on_terminate();
  }
  ::_exit(0);
}
