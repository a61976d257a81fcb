// unlock_core_fuzz.cpp - the unlock plugin's core, with an RA and a host that lie at any step and a store that decays.
#include "../plugins/unlock/unlock_bench.hpp"
#include "core_world.hpp"

using namespace keycare;

FUZZ(unlock_core) {
  fuzz::input in(data);
  fakes::bench bench;
  const auto stage = in.pick(3);
  if (stage >= 1) (void)bench.run("apply", bench.form());
  if (stage >= 2) {
    (void)bench.run("continue", {{"code", fakes::right_code}});
    bench.ra.state = "approved";
  }
  for (int turn = 0; turn < 8 && !in.empty(); ++turn) {
    fuzz::make_ra_lie(bench, in);
    if (in.pick(8) == 7) bench.host->pin.on_begin = [&](kc_unlock) -> result<std::string> { return in.text(); };
    switch (in.pick(8)) {
      case 0:
        fuzz::command(bench, "state", json::object());
        break;
      case 1:
        fuzz::command(bench, "apply", bench.form());
        break;
      case 2:
        fuzz::decay(bench.disk, in);
        break;
      case 3:
        bench.start();
        break;
      case 4:
        fuzz::command(bench, "continue", {{"code", fakes::right_code}});
        break;
      case 5:
        bench.ra.state = in.flag() ? "approved" : "rejected";
        break;
      default:
        fuzz::command(bench, "continue", json::object());
    }
  }
}
