// ra.cpp - keycare-host ra serve: the development RA, in a process of its own.
#include "host-stub/cli/commands.hpp"
#include "host-stub/dev-ra/serve.hpp"

#include <memory>

namespace keycare::cli {

void add_ra(CLI::App& app, invocation& how) {
  auto* ra = app.add_subcommand("ra", "the development registration authority (RA)");
  ra->require_subcommand(1);
  auto* serve = ra->add_subcommand("serve", "serve on 127.0.0.1 until SIGTERM; <data>/ready.json says where");
  auto what = std::make_shared<dev_ra::options>();
  auto by_hand = std::make_shared<bool>(false);
  serve->add_option("--data", what->data_dir, "folder for its database, keys and what a client pins")->required();
  serve->add_option("--port", what->port, "0 chooses a free one");
  serve->add_flag("--review-by-hand", *by_hand, "orders wait for somebody at /review");
  serve->add_option("--review-delay", what->review_delay, "seconds until an automatic review");
  serve->add_option("--step-delay", what->step_delay, "seconds between states that pass by themselves");
  serve->add_option("--provider-delay", what->provider_delay, "seconds until the payment provider answers");
  serve->add_option("--clock-offset", what->clock_offset, "seconds added to this computer's clock");
  serve->callback([&how, what, by_hand] {
    if (*by_hand) what->review = dev_ra::review_mode::by_hand;
    how.exit = dev_ra::serve(*what);
  });
}

}  // namespace keycare::cli
