// ra_process.cpp - see ra_process.hpp.
#include "host-stub/demo/ra_process.hpp"

#include "host-stub/demo/interruption.hpp"
#include "host-stub/services/call.hpp"
#include "host-stub/services/secure/durable_file.hpp"
#include "keycare/sdk/json.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <thread>

namespace keycare::demo {
namespace {

error failed(std::string_view why, std::int64_t native = 0) {
  return fail_with(KC_E_FAILED, "KC-DEMO-RA", {{"why", why}}, native);
}

/// Becomes `program ra serve ...`. Between fork and exec only what POSIX allows there.
pid_t spawn(std::vector<std::string> arguments, const std::string& log) {
  std::vector<char*> argv;
  for (auto& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  const pid_t parent = getpid();
  const pid_t child = fork();
  if (child != 0) return child;
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (getppid() != parent) _exit(127);
  // What it says is for its own log: the demo's standard output is the story.
  if (const int said = open(log.c_str(), O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600); said >= 0) {
    dup2(said, STDOUT_FILENO);
    dup2(said, STDERR_FILENO);
  }
  execv(argv[0], argv.data());
  _exit(127);
}

result<std::string> read_text(const std::filesystem::path& file) {
  const auto content = services::read_private_file(file, 64 * 1024);
  if (!content) return content.error();
  return std::string(content->text());
}

}  // namespace

result<std::unique_ptr<ra_process>> ra_process::start(const std::filesystem::path& program,
                                                      const std::filesystem::path& data,
                                                      const std::vector<std::string>& more) {
  const auto ready_file = data / "ready.json";
  std::error_code ignored;
  std::filesystem::remove(ready_file, ignored);
  std::vector<std::string> arguments{program.string(), "ra", "serve", "--data", data.string()};
  arguments.insert(arguments.end(), more.begin(), more.end());

  if (auto ok = services::make_private_folder(data); !ok) return ok.error();
  std::unique_ptr<ra_process> out(new ra_process());
  out->child_ = spawn(std::move(arguments), (data / "serve.log").string());
  if (out->child_ < 0) return failed("fork", errno);
  // It writes ready.json last; its keys take a moment to make.
  const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (!std::filesystem::exists(ready_file, ignored)) {
    int status = 0;
    if (waitpid(out->child_, &status, WNOHANG) == out->child_) {
      out->child_ = -1;
      return failed("it ended while starting", status);
    }
    if (interruption::asked()) return fail(KC_E_CANCELLED, "KC-CALL-CANCELLED");
    if (std::chrono::steady_clock::now() > give_up) return failed("it did not become ready");
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  const auto text = read_text(ready_file);
  if (!text) return text.error();
  const auto ready = nlohmann::json::parse(*text, nullptr, false);
  if (!ready.is_object() || !ready.contains("base_url")) return failed("ready.json is damaged");
  out->url_ = ready.at("base_url");
  out->pinned_ = data / "pinned";
  auto token = read_text(data / "admin-token");
  if (!token) return token.error();
  while (!token->empty() && token->back() == '\n') token->pop_back();
  out->admin_token_ = *std::move(token);
  out->log_ = std::make_unique<services::memory_log>(out->time_);
  services::endpoint_config endpoint;
  endpoint.url = out->url_;
  endpoint.pinned = out->pinned_;
  out->http_ = std::make_unique<services::http_client>(
      std::map<std::string, services::endpoint_config>{{"ra", endpoint}}, out->time_, *out->log_);
  return out;
}

ra_process::~ra_process() {
  if (child_ <= 0) return;
  kill(child_, SIGTERM);
  waitpid(child_, nullptr, 0);
}

bool ra_process::has_ended() const noexcept {
  siginfo_t how{};
  // It is left to be waited for.
  return waitid(P_PID, static_cast<id_t>(child_), &how, WEXITED | WNOHANG | WNOWAIT) == 0 && how.si_pid == child_;
}

result<nlohmann::json> ra_process::desk(std::string_view name, const nlohmann::json& body) {
  const auto path = "/dev/" + std::string(name);
  const auto text = json_text(body);
  const services::call call("en");
  services::http_request request;
  request.endpoint = "ra";
  request.method = "POST";
  request.path = path;
  request.content_type = "application/json";
  request.bearer = admin_token_;
  request.body = bytes_of(text);
  const auto answer = http_->send(call.abi(), request);
  if (!answer) return answer.error();
  auto reply = nlohmann::json::parse(answer->body.begin(), answer->body.end(), nullptr, false);
  if (answer->status != 200 || reply.is_discarded())
    return fail_with(KC_E_FAILED, "KC-DEMO-DESK",
                     {{"endpoint", name}, {"answer", std::string(text_of(answer->body)).substr(0, 200)}},
                     answer->status);
  return reply;
}

}  // namespace keycare::demo
