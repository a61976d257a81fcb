// programs.cpp - "which certificates are there", asked of three programs.
//
// The honest equivalent of `pkcs11-tool -O` and `p11tool --list-all` is `keycare-host run validity list`: it reads
// every certificate of every token. It does more with them (parses, sorts, says until when each is good, in a client
// with three plugins, a store and a log); that is the price of our way, so it is in the time.
#include "program.hpp"
#include "stores.hpp"
#include "suites.hpp"

#include "host-stub/demo/office.hpp"

namespace keycare::bench {

namespace {

std::size_t count(const std::string& text, const std::string& what) {
  std::size_t found = 0;
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + what.size())) ++found;
  return found;
}

/// A program that lists nothing is fast.
void must_list(const program& what, const std::string& mark, int certificates) {
  const auto found = count(output_of(what), mark);
  if (found != static_cast<std::size_t>(certificates))
    throw cannot_measure(what.command[0] + " listed " + std::to_string(found) + " certificates instead of " +
                         std::to_string(certificates));
}

void measure(report& to, const effort& how, int certificates) {
  const certificate_store store(1, certificates);
  const std::map<std::string, std::string> environment{{"SOFTHSM2_CONF", store.configuration()}, {"LC_ALL", "C"}};
  const auto module = test::softhsm_path().string();
  const auto tool = [&](const char* name, std::vector<std::string> arguments) {
    const auto path = find_program(name);
    if (path.empty()) throw cannot_measure(std::string(name) + " is not installed");
    arguments.insert(arguments.begin(), path);
    return program{std::move(arguments), environment};
  };
  const auto host = demo::find_built_files().program.string();
  const auto config = configure(store).string();
  const program ours{{host, "run", "--config", config, "validity", "list"}, environment};
  const auto opensc = tool("pkcs11-tool", {"--module", module, "-O"});
  const auto gnutls = tool("p11tool", {"--provider=" + module, "--list-all", "--batch", "pkcs11:"});
  must_list({{host, "run", "--config", config, "--json", "validity", "list"}, environment}, "\"sha256\"", certificates);
  must_list(opensc, "Certificate Object", certificates);
  must_list(gnutls, "X.509 Certificate", certificates);

  const auto time = [](const program& one) { return [one] { return run_time(one); }; };
  const auto what = "list " + std::to_string(certificates) + (certificates == 1 ? " certificate" : " certificates");
  const auto to_opensc = in_turns_timed(how.rounds(certificates == 1 ? 31 : 11, 3), time(ours), time(opensc));
  const bool slow_peer = certificates > 500;  // Some twenty seconds a run: one round tells enough.
  const auto to_gnutls = in_turns_timed(slow_peer ? 1 : how.rounds(11, 3), time(ours), time(gnutls));
  // The goal is about the faster of the two.
  const bool opensc_is_faster = spread_of(to_opensc.theirs).median <= spread_of(to_gnutls.theirs).median;
  std::optional<double> goal;
  if (certificates == 1) goal = 1;
  if (certificates == 1000) goal = 0.5;
  to.compare(what, "pkcs11-tool -O", to_opensc, opensc_is_faster ? goal : std::nullopt);
  to.compare(what, "p11tool --list-all", to_gnutls, opensc_is_faster ? std::nullopt : goal);
}

}  // namespace

void measure_programs(report& to, const effort& how) {
  need_softhsm();
  for (const int certificates : how.quick ? std::vector{1, 100} : std::vector{1, 100, 1000})
    measure(to, how, certificates);
}

}  // namespace keycare::bench
