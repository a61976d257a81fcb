// effect_trace.hpp - what a core does to the world, in order and in words: requests, store writes, PIN dialogs, token
// operations. It stands between the core and the fakes, so that a test can also let the disk fail.
#pragma once

#include "fake_services.hpp"

#include <functional>
#include <string>

namespace keycare::fakes {

/// One at a time; the fakes must outlive it.
class effect_trace {
public:
  explicit effect_trace(fake_host& host) : host_(host), put_if_(host.store.put_if), send_(host.http.send) {
    now = this;
    host.store.put_if = [](const kc_store_service* self, kc_str key, std::uint64_t version, kc_bytes data,
                           std::uint64_t* out, kc_error* why) {
      if (now->disk_fails && now->disk_fails()) {
        now->add("store refused");
        return answer(why, fail(KC_E_FAILED, now->disk_code));
      }
      now->add("store " + now->name_record(text_of(bytes(data))));
      return now->put_if_(self, key, version, data, out, why);
    };
    host.http.send = [](const kc_http_service* self, const kc_call* call, const kc_http_request* request,
                        kc_http_sink sink, void* context, kc_error* why) {
      now->add(std::string(text(request->method)) + " " + short_path(std::string(text(request->path))));
      return now->send_(self, call, request, sink, context, why);
    };
  }
  ~effect_trace() {
    host_.store.put_if = put_if_;
    host_.http.send = send_;
    now = nullptr;
  }
  effect_trace(const effect_trace&) = delete;
  effect_trace& operator=(const effect_trace&) = delete;

  void add(const std::string& effect) { effects_ += (effects_.empty() ? "" : ", ") + effect; }
  [[nodiscard]] const std::string& effects() const { return effects_; }

  /// What is said of a record that is written: its stage, unless a test says otherwise.
  std::function<std::string(std::string_view)> name_record = [](std::string_view stored) {
    return nlohmann::json::parse(stored).value("stage", "something else");
  };
  std::function<bool()> disk_fails;  ///< Asked before every write.
  const char* disk_code = "KC-STORE-FULL";

  /// The one that is attached, for further tables of a test's own.
  static inline effect_trace* now = nullptr;

private:
  /// "/v1/renewals/<uuid>/csr" is "csr"; an id at the end is left out.
  static std::string short_path(std::string path) {
    constexpr std::size_t uuid = 36;
    const auto is_id = [](std::string_view part) { return part.size() == uuid && part[8] == '-'; };
    std::string out;
    for (std::size_t from = 4; from < path.size();) {  // after "/v1/"
      const auto to = std::min(path.find('/', from), path.size());
      const auto part = path.substr(from, to - from);
      if (!is_id(part)) out = part;
      from = to + 1;
    }
    return out;
  }

  fake_host& host_;
  decltype(kc_store_service::put_if) put_if_;
  decltype(kc_http_service::send) send_;
  std::string effects_;
};

}  // namespace keycare::fakes
