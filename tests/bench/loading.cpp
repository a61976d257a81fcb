// loading.cpp - a plugin from its manifest to its table: with the probe's finding remembered (every start but the
// first), and without.
#include "suites.hpp"

#include "host-stub/demo/office.hpp"
#include "host-stub/loader/loader.hpp"
#include "host-stub/loader/version.hpp"
#include "host-stub/services/crypto/public_key.hpp"
#include "tests/host-stub/services/scratch_folder.hpp"

namespace keycare::bench {

namespace {

loader::options options_of(const std::filesystem::path& cache) {
  loader::options out;
  out.host.abi = {KC_ABI_MAJOR, KC_ABI_MINOR};
  out.host.client_text = "4.8.2";
  out.host.client = loader::parse_version("4.8.2").value();
  out.host.granted = {"token.read", "token.sign", "token.write", "token.unlock", "net:ra"};
  out.sha256 = [](std::span<const std::uint8_t> data) { return services::sha256(data); };
  out.cache_dir = cache;
  return out;
}

double load_time(const std::string& plugin, const loader::options& how) {
  const auto manifest = demo::find_built_files().plugins / (plugin + ".json");
  return seconds_of([&] {
    const auto loaded = loader::load(manifest, how);
    if (!loaded) throw cannot_measure(plugin + " does not load: " + loaded.error().code);
  });
}

}  // namespace

void measure_loading(report& to, const effort& how) {
  constexpr double goal = 5e-3;
  for (const char* plugin : {"validity", "renewal", "unlock"}) {
    const scratch_folder remembered;
    const auto warm = options_of(remembered.path());
    const auto cold = options_of({});
    (void)load_time(plugin, warm);
    // Nothing is ever unloaded, so every round leaves a copy of the plugin in this process.
    const auto times = in_turns_timed(
        how.rounds(21, 3), [&] { return load_time(plugin, warm); }, [&] { return load_time(plugin, cold); });
    const auto median = spread_of(times.ours);
    to.add({std::string("plugin load, warm: ") + plugin, duration_text(median.median),
            "with its probe (cold) " + duration_text(spread_of(times.theirs).median),
            duration_text(median.median) + " (" + duration_text(median.low) + "–" + duration_text(median.high) + ")",
            "≤ 5 ms", median.median <= goal});
  }
}

}  // namespace keycare::bench
