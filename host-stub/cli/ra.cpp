// ra.cpp - keycare-host ra serve: the development RA, in a process of its own.
#include "host-stub/cli/commands.hpp"
#include "host-stub/cli/console_client.hpp"
#include "host-stub/cli/exit_codes.hpp"
#include "host-stub/cli/output.hpp"
#include "host-stub/dev-ra/serve.hpp"
#include "keycare/sdk/json.hpp"

#include <memory>

namespace keycare::cli {
namespace {

constexpr std::int64_t longest_delay = 86'400;
constexpr std::int64_t furthest_offset = 100LL * 366 * 86'400;  // as in a client's configuration

int serve(const dev_ra::options& what, const invocation& how) {
  const auto served = dev_ra::serve(what);
  if (served) return exit_done;
  auto why = served.error();
  why.args = json_text({{"folder", what.data_dir.string()}, {"port", what.port}});
  print_error(why, sentence_of(why, how.language), false);
  return exit_code_of(why.status);
}

}  // namespace

void add_ra(CLI::App& app, invocation& how) {
  auto* ra = app.add_subcommand("ra", "the development registration authority (RA)");
  ra->require_subcommand(1);
  auto* serve = ra->add_subcommand("serve", "serve on 127.0.0.1 until SIGTERM; <data>/ready.json says where");
  serve->option_defaults()->always_capture_default();
  auto what = std::make_shared<dev_ra::options>();
  auto by_hand = std::make_shared<bool>(false);
  serve->add_option("--data", what->data_dir, "folder for its database, keys and what a client pins")->required();
  serve->add_option("--port", what->port, "0 chooses a free one")->check(CLI::Range(0, 65535));
  serve->add_flag("--review-by-hand", *by_hand, "orders wait for somebody at /review");
  const CLI::Range seconds(std::int64_t{0}, longest_delay);
  serve->add_option("--review-delay", what->review_delay, "seconds until an automatic review")->check(seconds);
  serve->add_option("--step-delay", what->step_delay, "seconds between states that pass by themselves")->check(seconds);
  serve->add_option("--provider-delay", what->provider_delay, "seconds until the payment provider answers")
      ->check(seconds);
  serve->add_option("--clock-offset", what->clock_offset, "seconds added to this computer's clock")
      ->check(CLI::Range(-furthest_offset, furthest_offset));
  add_language_option(*serve, how);
  serve->callback([&how, what, by_hand] {
    if (*by_hand) what->review = dev_ra::review_mode::by_hand;
    how.exit = cli::serve(*what, how);
  });
}

}  // namespace keycare::cli
