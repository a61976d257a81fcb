// http_client.cpp - libcurl behind the http service: its options, bounds, and what its errors mean.
#include "host-stub/services/http/http_client.hpp"

#include "host-stub/services/call.hpp"
#include "host-stub/services/http/request_check.hpp"
#include "keycare/abi/http.h"

#include <curl/curl.h>
#include <openssl/crypto.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <optional>
#include <vector>

namespace keycare::services {

namespace {

constexpr std::uint32_t default_timeout_ms = 30'000;
constexpr std::uint32_t longest_timeout_ms = 120'000;
constexpr long connect_timeout_ms = 15'000;
constexpr int look_at_cancel_ms = 50;
constexpr std::size_t most_idle_channels = 8;
constexpr std::int64_t clock_jump_seconds = 60;

/// A curl handle with its own connections. Used by one request at a time.
struct channel {
  CURLM* multi = curl_multi_init();
  CURL* easy = curl_easy_init();
  std::string endpoint;
  std::optional<std::int64_t> clock;  // wall minus monotonic seconds when the connection was judged
  tls_check check;                    // lives as long as the connections: a server may renegotiate
  channel() = default;
  channel(const channel&) = delete;
  channel& operator=(const channel&) = delete;
  ~channel() {
    curl_easy_cleanup(easy);
    curl_multi_cleanup(multi);
  }
};

/// Header lines that are wiped when they go: one of them holds the bearer secret.
class header_list {
public:
  ~header_list() {
    for (auto* item = list_; item != nullptr; item = item->next) OPENSSL_cleanse(item->data, std::strlen(item->data));
    curl_slist_free_all(list_);
  }
  header_list() = default;
  header_list(const header_list&) = delete;
  header_list& operator=(const header_list&) = delete;
  void add(std::string line) {
    if (auto* grown = curl_slist_append(list_, line.c_str()); grown != nullptr) list_ = grown;
    OPENSSL_cleanse(line.data(), line.size());
  }
  [[nodiscard]] curl_slist* get() const { return list_; }

private:
  curl_slist* list_ = nullptr;
};

/// What comes in, bounded.
struct answer {
  octets body;
  response_headers headers;
  bool too_large = false;
};

std::size_t take_body(char* data, std::size_t, std::size_t size, void* to) {
  auto& in = *static_cast<answer*>(to);
  if (size > KC_HTTP_MAX_BODY - in.body.size()) {
    in.too_large = true;
    return 0;
  }
  in.body.insert(in.body.end(), data, data + size);
  return size;
}

std::size_t take_header(char* data, std::size_t, std::size_t size, void* to) {
  auto& in = *static_cast<answer*>(to);
  if (take_header_line(in.headers, {data, size})) return size;
  in.too_large = true;
  return 0;
}

CURLcode on_ssl_context(CURL*, void* context, void* check) {
  return install(*static_cast<tls_check*>(check), static_cast<SSL_CTX*>(context)) ? CURLE_OK : CURLE_SSL_CONNECT_ERROR;
}

void set_options(CURL* easy, const endpoint_config& endpoint, const http_request& request, const header_list& headers,
                 tls_check& check, answer& in, bool fresh) {
  const auto set = [&](auto option, auto value) { curl_easy_setopt(easy, option, value); };
  curl_easy_reset(easy);  // connections stay
  set(CURLOPT_URL, (endpoint.url + std::string(request.path)).c_str());
  set(CURLOPT_PROTOCOLS_STR, "https");
  set(CURLOPT_PROXY, "");  // also: none from the environment
  set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_PATH_AS_IS, 1L);
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  set(CURLOPT_HTTPHEADER, headers.get());
  if (request.method != "GET") {
    set(CURLOPT_CUSTOMREQUEST, request.method == "PUT" ? "PUT" : "POST");
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    set(CURLOPT_POSTFIELDS, request.body.empty() ? "" : reinterpret_cast<const char*>(request.body.data()));
  }
  set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  set(CURLOPT_SSL_VERIFYPEER, 1L);
  set(CURLOPT_SSL_VERIFYHOST, 2L);
  set(CURLOPT_CAINFO, (endpoint.pinned / "tls-root.pem").c_str());
  set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));
  set(CURLOPT_SSL_SESSIONID_CACHE, 0L);  // a resumed session is not judged again
  set(CURLOPT_SSL_CTX_FUNCTION, &on_ssl_context);
  set(CURLOPT_SSL_CTX_DATA, &check);
  if (fresh) set(CURLOPT_FRESH_CONNECT, 1L);
  if (check.dates == date_check::ignore) set(CURLOPT_FORBID_REUSE, 1L);
  const auto timeout = request.timeout_ms == 0 ? default_timeout_ms : std::min(request.timeout_ms, longest_timeout_ms);
  set(CURLOPT_TIMEOUT_MS, static_cast<long>(timeout));
  set(CURLOPT_CONNECTTIMEOUT_MS, connect_timeout_ms);
  set(CURLOPT_WRITEFUNCTION, &take_body);
  set(CURLOPT_WRITEDATA, &in);
  set(CURLOPT_HEADERFUNCTION, &take_header);
  set(CURLOPT_HEADERDATA, &in);
}

/// Runs the transfer to its end, or until @p call should not go on; then `stopped` says why.
CURLcode run(channel& with, const kc_call* call, const time_source& time, std::optional<error>& stopped) {
  curl_multi_add_handle(with.multi, with.easy);
  CURLcode outcome = CURLE_ABORTED_BY_CALLBACK;
  for (int running = 1; running != 0;) {
    if (auto on = may_go_on(call, time); !on) {
      stopped = on.error();
      break;
    }
    if (curl_multi_perform(with.multi, &running) != CURLM_OK) break;
    int left = 0;
    while (const auto* message = curl_multi_info_read(with.multi, &left))
      if (message->msg == CURLMSG_DONE) outcome = message->data.result;
    if (running != 0) curl_multi_poll(with.multi, nullptr, 0, look_at_cancel_ms, nullptr);
  }
  curl_multi_remove_handle(with.multi, with.easy);
  return outcome;
}

/// What a transfer that gave no whole answer means.
error explain(CURLcode outcome, bool sent, bool get, const tls_check& check, const answer& in,
              const std::optional<error>& stopped) {
  if (in.too_large) return fail(KC_E_TOO_LARGE, "KC-NET-TOO-LARGE", outcome);
  if (stopped && (!sent || get)) return *stopped;
  if (sent) return fail(KC_E_OUTCOME_UNKNOWN, "KC-NET-OUTCOME-UNKNOWN", outcome);
  switch (outcome) {
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_ISSUER_ERROR:
      return check.dates_only ? fail(KC_E_TLS_DATE, "KC-NET-TLS-DATE", check.reason)
                              : fail(KC_E_TLS, "KC-NET-TLS-UNTRUSTED", check.reason);
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_ENGINE_INITFAILED:
      return fail(KC_E_TLS, "KC-NET-TLS", outcome);
    case CURLE_SSL_CACERT_BADFILE:
      return fail(KC_E_TLS, "KC-NET-PINNED", outcome);
    case CURLE_COULDNT_RESOLVE_HOST:
      return fail(KC_E_NETWORK, "KC-NET-NAME", outcome);
    case CURLE_OPERATION_TIMEDOUT:
      return fail(KC_E_NETWORK, "KC-NET-TIMEOUT", outcome);
    default:
      return fail(KC_E_NETWORK, "KC-NET-CONNECT", outcome);
  }
}

}  // namespace

/// Idle channels.
struct http_client::channels {
  std::mutex mutex;
  std::vector<std::unique_ptr<channel>> idle;

  std::unique_ptr<channel> take(std::string_view endpoint) {
    const std::lock_guard lock(mutex);
    const auto found =
        std::find_if(idle.begin(), idle.end(), [&](const auto& item) { return item->endpoint == endpoint; });
    if (found == idle.end()) return nullptr;
    auto out = std::move(*found);
    idle.erase(found);
    return out;
  }
  void give_back(std::unique_ptr<channel> used) {
    const std::lock_guard lock(mutex);
    if (idle.size() < most_idle_channels) idle.push_back(std::move(used));
  }
};

http_client::http_client(std::map<std::string, endpoint_config> endpoints, const time_source& time, log_sink& log)
    : endpoints_(std::make_move_iterator(endpoints.begin()), std::make_move_iterator(endpoints.end())),
      time_(time),
      log_(log),
      channels_(std::make_unique<channels>()) {
  static const CURLcode once = curl_global_init(CURL_GLOBAL_DEFAULT);
  (void)once;
}

http_client::~http_client() = default;

const endpoint_config* http_client::find(std::string_view endpoint) const {
  const auto found = endpoints_.find(endpoint);
  return found == endpoints_.end() ? nullptr : &found->second;
}

result<http_response> http_client::send(const kc_call* call, const http_request& request, date_check dates) {
  const auto* endpoint = find(request.endpoint);
  if (endpoint == nullptr) return fail(KC_E_NOT_FOUND, "KC-NET-ENDPOINT");
  if (auto good =
          check_request(request.method, request.path, request.content_type, request.bearer, request.body.size());
      !good)
    return good.error();
  if (auto on = may_go_on(call, time_); !on) return on.error();

  header_list headers;
  headers.add("Accept: application/json, application/problem+json");
  headers.add("Expect:");
  headers.add(request.content_type.empty() ? "Content-Type:" : "Content-Type: " + std::string(request.content_type));
  if (!request.bearer.empty()) headers.add("Authorization: Bearer " + std::string(request.bearer));

  auto with = channels_->take(request.endpoint);
  if (!with) with = std::make_unique<channel>();
  if (with->multi == nullptr || with->easy == nullptr) return fail(KC_E_FAILED, "KC-OUT-OF-MEMORY");
  with->endpoint = request.endpoint;
  // A connection was judged by the clock of its time: after a jump of the clock judge again.
  const auto clock = time_.wall_seconds() - time_.monotonic_ns() / 1'000'000'000;
  const bool fresh = dates == date_check::ignore || !with->clock || std::abs(*with->clock - clock) > clock_jump_seconds;
  if (fresh) with->clock = clock;

  with->check = {time_.wall_seconds(), std::string(host_of(endpoint->url)), dates, false, 0};
  answer in;
  std::optional<error> stopped;
  set_options(with->easy, *endpoint, request, headers, with->check, in, fresh);
  const auto outcome = run(*with, call, time_, stopped);

  long status = 0;
  long request_octets = 0;
  curl_easy_getinfo(with->easy, CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo(with->easy, CURLINFO_REQUEST_SIZE, &request_octets);
  const auto path = std::string(request.path.substr(0, request.path.find('?')));
  nlohmann::json line{{"endpoint", request.endpoint}, {"method", request.method}, {"path", path}};
  if (outcome != CURLE_OK || stopped || status == 0) {
    const auto why = explain(outcome, request_octets > 0, request.method == "GET", with->check, in, stopped);
    line["code"] = why.code;
    line["native"] = why.native;
    log_.write(log_level::warning, "host", "http.failed", line);
    OPENSSL_cleanse(in.body.data(), in.body.size());
    return why;  // and the channel goes, with whatever its connection was in
  }
  line["status"] = status;
  log_.write(log_level::info, "host", "http.answered", line);
  if (dates == date_check::strict) channels_->give_back(std::move(with));

  http_response out;
  out.status = static_cast<int>(status);
  out.date = in.headers.date.empty() ? -1 : parse_http_date(in.headers.date);
  out.retry_after = parse_retry_after(in.headers.retry_after, out.date >= 0 ? out.date : time_.wall_seconds());
  out.content_type = std::move(in.headers.content_type);
  out.body = std::move(in.body);
  return out;
}

}  // namespace keycare::services
