// relay.cpp - see relay.hpp.
#include "relay.hpp"

#include "host-stub/services/call.hpp"

#include <gtest/gtest.h>
#include <openssl/pem.h>

#include <ctime>
#include <regex>

namespace keycare::e2e {
namespace {

namespace fs = std::filesystem;

/// What dev-ra serves with.
services::tls_identity identity_of(const fs::path& ra) {
  services::tls_identity out;
  out.key.reset(read_pem(ra / "private" / "tls-server.key", PEM_read_PrivateKey));
  out.certificate.reset(read_pem(ra / "pinned" / "tls-server.pem", PEM_read_X509));
  return out;
}

std::map<std::string, services::endpoint_config> endpoint(const fs::path& ra, const std::string& url) {
  services::endpoint_config out;
  out.url = url;
  out.pinned = ra / "pinned";
  return {{"ra", out}};
}

std::string header(const std::string& head, const std::string& name) {
  const auto at = head.find("\r\n" + name + ": ");
  if (at == std::string::npos) return {};
  const auto begin = at + name.size() + 4;
  return head.substr(begin, head.find("\r\n", begin) - begin);
}

relayed_request read_request(const std::string& text) {
  const auto end = text.find("\r\n\r\n");
  const auto head = text.substr(0, end + 2);
  const auto method = head.substr(0, head.find(' '));
  const auto path = head.substr(method.size() + 1, head.find(' ', method.size() + 1) - method.size() - 1);
  auto bearer = header(head, "Authorization");
  if (bearer.starts_with("Bearer ")) bearer.erase(0, 7);
  return {method, path, header(head, "Content-Type"), bearer, text.substr(end + 4)};
}

std::string http_date(std::int64_t at) {
  const auto when = static_cast<std::time_t>(at);
  std::tm parts{};
  gmtime_r(&when, &parts);
  char text[64];
  return {text, std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &parts)};
}

}  // namespace

std::string octets_of(const relayed_answer& answer, bool closing) {
  return services::answer(
      answer.status,
      "Content-Type: " + answer.content_type + "\r\n" + answer.headers + (closing ? "Connection: close\r\n" : ""),
      answer.body);
}

relay::relay(const fs::path& ra, const std::string& url)
    : log_(time_),
      ra_(endpoint(ra, url), time_, log_),
      server_(identity_of(ra), [this](const std::string& request) { return attend(request); }) {}

void relay::play(const std::string& which, trick what) {
  const std::lock_guard lock(mutex_);
  which_ = which;
  trick_ = std::move(what);
  played_ = 0;
}

int relay::played() const {
  const std::lock_guard lock(mutex_);
  return played_;
}

std::string relay::attend(const std::string& text) {
  const auto request = read_request(text);
  trick now;
  {
    const std::lock_guard lock(mutex_);
    if (trick_ && std::regex_search(request.method + " " + request.path, std::regex(which_))) {
      now = trick_;
      ++played_;
    }
  }
  const auto pass = [&] { return ask(request); };
  return now ? now(pass) : octets_of(pass());
}

relayed_answer relay::ask(const relayed_request& asked) {
  const services::call call("en");
  services::http_request request;
  request.endpoint = "ra";
  request.method = asked.method;
  request.path = asked.path;
  request.content_type = asked.content_type;
  request.bearer = asked.bearer;
  request.body = bytes_of(asked.body);
  const auto got = ra_.send(call.abi(), request);
  if (!got) return {502, "text/plain", "", got.error().code};
  relayed_answer out{got->status, got->content_type, "", {got->body.begin(), got->body.end()}};
  if (got->date >= 0) out.headers += "Date: " + http_date(got->date) + "\r\n";
  if (got->retry_after >= 0) out.headers += "Retry-After: " + std::to_string(got->retry_after) + "\r\n";
  return out;
}

}  // namespace keycare::e2e
