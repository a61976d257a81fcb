// renewal_core_fuzz.cpp - the renewal plugin's core, with an RA that lies at any step and a store that decays.
#include "../plugins/renewal/renewal_bench.hpp"
#include "core_world.hpp"

using namespace keycare;

FUZZ(renewal_core) {
  fuzz::input in(data);
  fakes::bench bench;
  const auto stage = in.pick(4);
  if (stage == 1) bench.applied();
  if (stage >= 2) bench.approved();
  if (stage == 3) (void)bench.run("continue");
  for (int turn = 0; turn < 8 && !in.empty(); ++turn) {
    fuzz::make_ra_lie(bench, in);
    switch (in.pick(14)) {
      case 0:
        fuzz::command(bench, "eligible", json::object());
        break;
      case 1:
        fuzz::command(bench, "quote", {{"months", 12}});
        break;
      case 2:
        fuzz::command(bench, "agreement", json::object());
        fuzz::command(bench, "apply", bench.application());
        break;
      case 3:
        fuzz::command(bench, "orders", {{"remote", in.flag()}});
        break;
      case 4:
        fuzz::command(bench, "show", json::object());
        break;
      case 5:
        fuzz::command(bench, "payment-methods", json::object());
        break;
      case 6:
        fuzz::command(bench, "pay", bench.payment());
        break;
      case 7:
        fuzz::command(bench, "correct", {{"form", {{"phone", "13900139000"}}}});
        break;
      case 8:
        fuzz::command(bench, "withdraw", json::object());
        break;
      case 9:
        fuzz::decay(bench.disk, in);
        break;
      case 10:
        bench.start();
        break;
      case 11:
        bench.world();
        break;
      default:
        fuzz::command(bench, "continue", json::object());
    }
  }
}
