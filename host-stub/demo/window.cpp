// window.cpp - see window.hpp.
#include "host-stub/demo/window.hpp"

#include "host-stub/client/sentence.hpp"
#include "host-stub/demo/cast.hpp"
#include "host-stub/demo/interruption.hpp"
#include "host-stub/demo/office.hpp"

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <thread>
#include <utility>

namespace keycare::demo {
namespace {

int complain(const error& why, const std::string& language) {
  std::cerr << host::sentence_of(why, language) << "  [" << why.code << "]" << std::endl;
  return 1;
}

std::filesystem::path window_program() {
  return find_built_files().program.parent_path() / "keycare-gui";
}

/// Runs the window to its end; @p meanwhile about twice a second.
int run_window(const std::filesystem::path& config_file, const std::string& language,
               const std::function<void()>& meanwhile) {
  auto program = window_program().string();
  auto config = config_file.string();
  std::vector<std::string> arguments{program};
  if (!config.empty()) arguments.insert(arguments.end(), {"--config", config});
  if (!language.empty()) arguments.insert(arguments.end(), {"--lang", language});
  std::vector<char*> argv;
  for (auto& one : arguments) argv.push_back(one.data());
  argv.push_back(nullptr);
  const pid_t parent = getpid();
  const pid_t child = fork();
  if (child < 0) return complain(fail(KC_E_FAILED, "KC-DEMO-WINDOW", errno), language);
  if (child == 0) {
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent) _exit(127);
    execv(argv[0], argv.data());
    _exit(127);
  }
  int status = 0;
  while (waitpid(child, &status, WNOHANG) == 0) {
    if (interruption::asked()) kill(child, SIGTERM);
    meanwhile();
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

result<std::unique_ptr<office>> open_office(const std::filesystem::path& folder, const demo_options& how) {
  std::vector<std::string> ra_arguments{"--review-delay", "6"};
  if (how.review_by_hand) ra_arguments.emplace_back("--review-by-hand");
  if (std::filesystem::exists(folder / office::config_name)) return office::reopen(folder, ra_arguments);
  auto opened = office::open(folder, how.language, ra_arguments, how.tokens);
  if (!opened) return opened;
  auto order = (*opened)->clerk_order("clerk", 25);
  order.serial = "4B43000000000001";
  if (auto token = (*opened)->hand_over(order); !token) return token.error();
  return opened;
}

void tell_the_cast(const demo_options& how, const ra_process& ra) {
  const bool en = how.language == "en";
  const auto line = [&](std::string_view zh, std::string_view english, std::string_view value) {
    std::cout << (en ? english : zh) << value << '\n';
  };
  line("演示用数据：", "For the demo:", "");
  line("  介质密码           ", "  PIN of the token        ", cast::pin);
  line("  经办人证件号码     ", "  identity number         ", cast::id_number);
  line("  经办人姓名         ", "  applicant's name        ", cast::clerk);
  line("  手机号码           ", "  mobile number           ", cast::phone);
  line("  email              ", "  e-mail                  ", cast::email);
  line("  纳税人识别号       ", "  taxpayer number         ", cast::taxpayer_number);
  if (how.review_by_hand)
    line("由您审核，请在浏览器中打开（该网站的证书由演示用的注册机构自己签发）：",
         "You are the reviewer. Open this in a browser (its certificate is of the demo's own RA): ", ra.review_page());
  else
    line("审核约需 6 秒，自动完成。", "The review takes about 6 seconds.", "");
  line("短信验证码会显示在这里。", "Codes of text messages are printed here.", "");
  std::cout.flush();
}

}  // namespace

bool has_display() {
  const auto set = [](const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr && *value != '\0';
  };
  return set("DISPLAY") || set("WAYLAND_DISPLAY");
}

int show_window(const std::filesystem::path& config_file, const std::string& language) {
  if (!has_display()) return complain(fail(KC_E_UNSUPPORTED, "KC-DEMO-NO-DISPLAY"), language);
  const interruption watching;
  return run_window(config_file, language, [] {});
}

int show_window(const demo_options& how) {
  if (!has_display()) return complain(fail(KC_E_UNSUPPORTED, "KC-DEMO-NO-DISPLAY"), how.language);
  const interruption watching;
  auto folder = how.keep;
  if (folder.empty()) {
    auto pattern = (std::filesystem::temp_directory_path() / "keycare-window.XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr)
      return complain(fail(KC_E_FAILED, "KC-FILE-UNWRITABLE", errno), how.language);
    folder = pattern;
  }
  int exit = 1;
  {
    auto there = open_office(folder, how);
    if (!there) {
      exit = complain(there.error(), how.language);
    } else {
      tell_the_cast(how, (*there)->ra());
      std::string last;
      bool said = false;  // that nobody answers any more
      exit = run_window((*there)->config_file(), how.language, [&] {
        if ((*there)->ra().has_ended()) {
          if (!std::exchange(said, true)) (void)complain(fail(KC_E_NETWORK, "KC-DEMO-RA-ENDED"), how.language);
          return;
        }
        const auto code = (*there)->ra().desk("sms", nlohmann::json::object());
        if (!code || code->value("code", last) == last) return;
        last = code->value("code", "");
        std::cout << (how.language == "en" ? "Text message: the code is " : "短信：验证码 ") << last << std::endl;
      });
    }
  }
  std::error_code ignored;
  if (how.keep.empty()) std::filesystem::remove_all(folder, ignored);
  return exit;
}

}  // namespace keycare::demo
