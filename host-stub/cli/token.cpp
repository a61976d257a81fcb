// token.cpp - keycare-host token: what tokens are there, and software tokens for development.
#include "host-stub/cli/commands.hpp"
#include "host-stub/cli/console_client.hpp"
#include "host-stub/cli/exit_codes.hpp"
#include "host-stub/cli/output.hpp"
#include "host-stub/services/shell/terminal.hpp"
#include "host-stub/services/text/texts.hpp"
#include "host-stub/services/threads.hpp"
#include "host-stub/soft-skf/softskf_admin.hpp"
#include "keycare/sdk/json.hpp"

#include <fcntl.h>

#include <memory>
#include <optional>

namespace keycare::cli {
namespace {

constexpr std::size_t longest_pin = 16;  // of a software token

struct token_options {
  std::string folder = soft_skf::default_token_folder();
  std::string name;
  std::string serial;
  std::uint32_t tries = 10;
  int pin_fd = -1;
};

int complain(const error& why, const invocation& how) {
  print_error(why, sentence_of(why, how.language), how.json);
  return exit_code_of(why.status);
}

/// An error about the software token that was named, with what its sentence needs.
int complain_of(error why, const token_options& what, const invocation& how) {
  why.args = json_text({{"name", what.name}, {"folder", what.folder}, {"serial", what.serial}});
  return complain(why, how);
}

/// "10/10" or "?".
std::string tries_of(const pin_state& pin) {
  const auto figure = [](const std::optional<int>& n) { return n ? std::to_string(*n) : std::string("?"); };
  return figure(pin.remaining) + "/" + figure(pin.max) + (pin.locked() ? " LOCKED" : "");
}

int list_tokens(const invocation& how) {
  const auto opened = console_client::open(how, {});
  if (!opened) {
    complain(opened.error(), how);
    return exit_code_of(opened.error().status);
  }
  const services::thread_role_scope role(services::thread_role::worker);
  auto& registry = (*opened)->core().tokens();
  const auto found = registry.tokens(nullptr);
  if (!found) return complain(found.error(), how);
  auto data = nlohmann::json::array();
  auto lines = nlohmann::json::array();
  for (const auto& one : *found) {
    data.push_back({{"manufacturer", one.token.manufacturer},
                    {"serial", one.token.serial},
                    {"label", one.label},
                    {"module", one.module},
                    {"software", (one.flags & KC_TOKEN_SOFTWARE) != 0},
                    {"locked", one.pin.locked()},
                    {"remaining", one.pin.remaining ? nlohmann::json(*one.pin.remaining) : nlohmann::json()},
                    {"max", one.pin.max ? nlohmann::json(*one.pin.max) : nlohmann::json()}});
    lines.push_back(one.token.serial + "  " + one.token.manufacturer + "  " + one.label + "  PIN " + tries_of(one.pin) +
                    "  (" + one.module + ")");
  }
  const auto& language = (*opened)->language();
  if (found->empty()) {
    const auto* why = registry.drivers().empty() ? "KC-CLI-NO-DRIVER" : "KC-CLI-NO-TOKEN";
    lines.push_back(services::sentence_for(fail(KC_E_NOT_FOUND, why), language));
  }
  auto refused = nlohmann::json::array();
  for (const auto& one : registry.refused()) {
    const auto sentence = sentence_of(one.why, language);
    refused.push_back({{"module", one.name}, {"error", error_json(one.why, sentence)}});
    lines.push_back("✗ " + one.name + "  " + sentence + "  [" + one.why.code + "]");
  }
  print_reply({{"data", {{"tokens", data}, {"refused", refused}}}, {"text", lines}}, how.json);
  if (const auto apart = services::told_apart(*found); !apart) {
    print_error(apart.error(), sentence_of(apart.error(), language), how.json);
    return exit_failed;
  }
  return refused.empty() ? exit_done : exit_needs_token;
}

/// One PIN: the next line of --pin-fd, or typed at the terminal without an echo. A line that is too long for a PIN is a
/// PIN of the wrong length; the end of the file cancels.
result<services::secret> ask_pin(const token_options& what, std::string_view question) {
  const services::system_time time;
  const auto read = [&]() -> result<services::secret> {
    if (what.pin_fd >= 0) return services::read_line(what.pin_fd, longest_pin, nullptr, time);
    const services::open_file terminal(::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY));
    if (!terminal.ok()) return fail(KC_E_UNSUPPORTED, "KC-PIN-NO-PROMPT");
    return services::read_terminal_line(terminal.get(), question, true, longest_pin, nullptr, time);
  };
  auto pin = read();
  if (!pin && pin.error().status == KC_E_TOO_LARGE) return fail(KC_E_ARGUMENT, "KC-SOFTSKF-PIN");
  if (!pin && pin.error().status == KC_E_CANCELLED) return fail(KC_E_CANCELLED, "KC-PIN-CANCELLED");
  return pin;
}

int create(const token_options& what, const invocation& how) {
  if (what.pin_fd >= 0)
    if (auto readable = services::check_readable(what.pin_fd); !readable) return complain(readable.error(), how);
  const bool english = how.language == "en";
  const auto user = ask_pin(what, english ? "PIN: " : "密码: ");
  if (!user) return complain(user.error(), how);
  const auto admin = ask_pin(what, english ? "Admin PIN: " : "管理员密码: ");
  if (!admin) return complain(admin.error(), how);
  soft_skf::token_spec spec;
  spec.name = what.name;
  spec.serial = what.serial;
  soft_skf::application_spec application;
  application.user_pin = {user->text().data(), user->size()};
  application.admin_pin = {admin->text().data(), admin->size()};
  application.user_tries = what.tries;
  application.admin_tries = what.tries;
  spec.applications.push_back(application);
  const auto made = soft_skf::create_token(what.folder, spec);
  if (!made) return complain_of(made.error(), what, how);
  print_reply({{"data", {{"name", made->name}, {"serial", made->serial}, {"folder", what.folder}}},
               {"text", {made->serial + "  " + made->label}}},
              how.json);
  return exit_done;
}

int moved(const result<void>& outcome, const token_options& what, const invocation& how) {
  return outcome ? static_cast<int>(exit_done) : complain_of(outcome.error(), what, how);
}

}  // namespace

void add_token(CLI::App& app, invocation& how) {
  auto* token = app.add_subcommand("token", "tokens that are there, and software tokens for development");
  token->require_subcommand(1);
  auto what = std::make_shared<token_options>();

  auto* all = token->add_subcommand("list", "every token of every configured library");
  add_common_options(*all, how);
  all->callback([&how] { how.exit = list_tokens(how); });

  const auto soft = [&](const char* name, const char* summary) {
    auto* command = token->add_subcommand(name, summary);
    command->add_option("--folder", what->folder, "where the software tokens are (KEYCARE_SOFTSKF_DIR)");
    add_output_options(*command, how);
    command->add_option("name", what->name, "the token's name")->required();
    return command;
  };
  auto* make = soft("create", "make a software token; asks for its PIN and its admin PIN");
  make->add_option("--serial", what->serial, "hexadecimal; random when left out");
  make->add_option("--tries", what->tries, "how often a PIN may be wrong")->check(CLI::Range(1, 255));
  make->add_option("--pin-fd", what->pin_fd, "read the two PINs from this descriptor, a line each")
      ->check(CLI::Range(0, most_descriptor));
  make->callback([&how, what] { how.exit = create(*what, how); });
  soft("plug", "plug a software token in")->callback([&how, what] {
    how.exit = moved(soft_skf::plug(what->folder, what->name), *what, how);
  });
  soft("unplug", "pull a software token out")->callback([&how, what] {
    how.exit = moved(soft_skf::unplug(what->folder, what->name), *what, how);
  });
}

}  // namespace keycare::cli
