// server.cpp - dev-ra over HTTPS by cpp-httplib, on 127.0.0.1 only.
#include "serve.hpp"

#include "desk.hpp"
#include "dev_endpoints.hpp"
#include "files.hpp"
#include "keycare/sdk/json.hpp"
#include "octets.hpp"
#include "pages.hpp"
#include "payments.hpp"

#include <fcntl.h>
#include <httplib.h>
#include <sys/file.h>
#include <unistd.h>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <ctime>
#include <regex>
#include <thread>

namespace keycare::dev_ra {

namespace {

namespace fs = std::filesystem;
using json = nlohmann::json;

constexpr std::size_t body_limit = 128 * 1024;

/// openapi.json's path as the pattern that httplib matches: only well-formed ids reach a handler.
std::string pattern_of(std::string_view path) {
  static constexpr std::string_view uuid = "([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})";
  std::string pattern;
  while (!path.empty()) {
    const auto open = path.find('{');
    pattern += path.substr(0, open);
    if (open == std::string_view::npos) break;
    const auto close = path.find('}', open);
    pattern += path.substr(open, close - open + 1) == "{sha256}" ? std::string_view("([0-9a-f]{64})") : uuid;
    path.remove_prefix(close + 1);
  }
  return pattern;
}

/// IMF-fixdate (RFC 9110 section 5.6.7), by the RA's clock: a client compares its own with it.
std::string http_date(std::int64_t at) {
  const auto when = static_cast<std::time_t>(at);
  std::tm parts{};
  gmtime_r(&when, &parts);
  char text[64];
  const auto size = std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &parts);
  return {text, size};
}

std::string bearer_of(const httplib::Request& request) {
  const auto header = request.get_header_value("Authorization");
  static constexpr std::string_view scheme = "Bearer ";
  return header.starts_with(scheme) && header.size() < 256 ? header.substr(scheme.size()) : std::string();
}

void write(const answer& made, httplib::Response& response) {
  response.status = made.status;
  if (made.at != 0) response.set_header("Date", http_date(made.at));
  response.set_header("Cache-Control", "no-store");
  if (made.retry_after) response.set_header("Retry-After", std::to_string(*made.retry_after));
  response.set_content(json_text(made.body), made.status < 400 ? "application/json" : "application/problem+json");
}

void write(const html& page, httplib::Response& response) {
  response.status = page.status;
  response.set_header("Cache-Control", "no-store");
  response.set_header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'");
  response.set_content(page.text, "text/html; charset=utf-8");
}

class https_server final : public server {
public:
  https_server(const options& config, authority keys, int lock)
      : desk_(config, std::move(keys)),
        ready_(config.data_dir / "ready.json"),
        lock_(lock),
        https_(desk_.keys()[role::tls_server].certificate.get(), desk_.keys()[role::tls_server].key.get()) {}

  ~https_server() override {
    stop();
    ::close(lock_);
  }

  result<void> open(const options& config) {
    if (!https_.is_valid()) return fail(KC_E_FAILED, "KC-RA-KEYS");
    https_.set_payload_max_length(body_limit);
    https_.set_keep_alive_max_count(100);
    https_.set_keep_alive_timeout(1);  // an idle connection is not worth waiting for at the end
    https_.set_read_timeout(5);
    https_.set_write_timeout(5);
    https_.set_tcp_nodelay(true);
    https_.set_socket_options([](auto socket) {
      const int yes = 1;  // not SO_REUSEPORT, httplib's default: two servers would share a port unnoticed
      ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    });
    add_contract();
    add_pages();
    add_dev();
    https_.set_error_handler([](const httplib::Request&, httplib::Response& response) {
      if (!response.body.empty()) return;
      const char* code = response.status == 413 ? "too-large" : response.status == 404 ? "not-found" : "bad-request";
      auto made = to_answer(problem(code));
      made.status = response.status;
      write(made, response);
    });
    const int port = config.port == 0                                ? https_.bind_to_any_port("127.0.0.1")
                     : https_.bind_to_port("127.0.0.1", config.port) ? config.port
                                                                     : -1;
    if (port <= 0) return fail(KC_E_FAILED, "KC-RA-PORT");
    desk_.set_base_url("https://127.0.0.1:" + std::to_string(port));
    thread_ = std::thread([this] { https_.listen_after_bind(); });
    const auto folder = fs::absolute(config.data_dir);
    const json ready{{"base_url", base_url()},
                     {"port", port},
                     {"ra", config.ra_id},
                     {"tls_root", (folder / "pinned" / "tls-root.pem").string()},
                     {"pinned", (folder / "pinned").string()},
                     {"admin_token_file", (folder / "admin-token").string()}};
    return write_file(ready_, ready.dump(2) + "\n", file_access::everyone);
  }

  const std::string& base_url() const override { return desk_.base_url(); }
  const std::string& admin_token() const override { return desk_.keys().admin_token(); }

  void stop() override {
    if (!thread_.joinable()) return;
    std::error_code ignored;
    fs::remove(ready_, ignored);
    // stop() does nothing to a server that has not begun to listen yet.
    while (!https_.is_running()) std::this_thread::yield();
    https_.stop();
    thread_.join();
  }

private:
  void add(std::string_view method, const std::string& pattern, httplib::Server::Handler run) {
    if (method == "GET")
      https_.Get(pattern, std::move(run));
    else if (method == "POST")
      https_.Post(pattern, std::move(run));
    else
      https_.Put(pattern, std::move(run));
  }

  void add_contract() {
    for (const auto& to : routes())
      add(to.method, pattern_of(to.path), [this, &to](const httplib::Request& request, httplib::Response& response) {
        call made;
        for (std::size_t i = 1; i < request.matches.size(); ++i) made.ids.push_back(request.matches[i].str());
        for (const auto& [name, value] : request.params) made.query.emplace(name, value);
        made.bearer = bearer_of(request);
        made.body = request.body;
        write(desk_.attend(to, std::move(made), request.get_header_value("Content-Type")), response);
      });
  }

  void add_pages() {
    const auto pay = [this](const httplib::Request& request, httplib::Response& response) {
      html page;
      (void)desk_.attend([&](const room& at) -> result<answer> {
        page =
            payment_page(at, request.matches[1].str(), request.get_param_value("k"), request.get_param_value("action"));
        return answer{};
      });
      write(page, response);
    };
    https_.Get(pattern_of("/pay/{payment}"), pay);
    https_.Post(pattern_of("/pay/{payment}"), pay);
    const auto review = [this](const httplib::Request& request, httplib::Response& response) {
      html page;
      (void)desk_.attend([&](const room& at) -> result<answer> {
        const bool decides = request.method == "POST";
        page = review_page(at, request.get_param_value("token"),
                           {decides ? request.get_param_value("uuid") : "", request.get_param_value("decision"),
                            request.get_param_value("reason"), request.get_param_value("field")});
        return answer{};
      });
      write(page, response);
    };
    https_.Get("/review", review);
    https_.Post("/review", review);
    https_.Post("/provider/notices", [this](const httplib::Request& request, httplib::Response& response) {
      write(desk_.attend([&](const room& at) -> result<answer> {
        const auto signature = from_base64(request.get_header_value("X-Provider-Signature"));
        if (auto taken = accept_notice(at, request.body, signature.value_or("")); !taken) return taken.error();
        return ok(json::object());
      }),
            response);
    });
  }

  void add_dev() {
    https_.Post("/dev/([a-z]+)", [this](const httplib::Request& request, httplib::Response& response) {
      write(desk_.attend([&](const room& at) -> result<answer> {
        if (!equal_secret(bearer_of(request), admin_token())) return problem("unauthorised");
        return dev_endpoint(at, request.matches[1].str(), json::parse(request.body, nullptr, false));
      }),
            response);
    });
  }

  desk desk_;
  fs::path ready_;
  int lock_;
  httplib::SSLServer https_;
  std::thread thread_;
};

}  // namespace

result<std::unique_ptr<server>> server::start(const options& what) {
  std::error_code failed;
  fs::create_directories(what.data_dir, failed);
  if (failed) return fail(KC_E_FAILED, "KC-RA-FILE", failed.value());
  fs::permissions(what.data_dir, fs::perms::owner_all, failed);
  const int lock = ::open((what.data_dir / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock < 0) return fail(KC_E_FAILED, "KC-RA-FILE", errno);
  if (::flock(lock, LOCK_EX | LOCK_NB) != 0) {
    ::close(lock);
    return fail(KC_E_BUSY, "KC-RA-BUSY");
  }
  const auto now =
      std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
  auto keys = authority::open(what.data_dir, now);
  if (!keys) {
    ::close(lock);
    return keys.error();
  }
  try {
    auto made = std::make_unique<https_server>(what, std::move(*keys), lock);
    if (auto opened = made->open(what); !opened) return opened.error();
    return std::unique_ptr<server>(std::move(made));
  } catch (const std::exception& why) {
    ::close(lock);
    std::fprintf(stderr, "dev-ra: %s\n", why.what());
    return fail(KC_E_FAILED, "KC-RA-DATABASE");
  }
}

result<void> serve(const options& what) {
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGTERM);
  sigaddset(&ends, SIGINT);
  pthread_sigmask(SIG_BLOCK, &ends, nullptr);  // before any thread, so that all of them leave the signals to sigwait
  std::signal(SIGPIPE, SIG_IGN);
  auto started = server::start(what);
  if (!started) return started.error();
  std::printf("dev-ra: %s\nready: %s\n", (*started)->base_url().c_str(), (what.data_dir / "ready.json").c_str());
  std::fflush(stdout);
  int signal = 0;
  sigwait(&ends, &signal);
  (*started)->stop();
  return {};
}

}  // namespace keycare::dev_ra
