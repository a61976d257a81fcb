// relay.hpp - a relay between clients and the RA that tells the truth until it is told to play a trick.
//
// It ends TLS with the RA's own certificate and key, from the RA's folder: a client cannot tell it from the RA, so that
// it can change any answer. On 127.0.0.1, as the RA.
#pragma once

#include "host-stub/services/http/http_client.hpp"
#include "tests/host-stub/services/http/tls_server.hpp"

#include <nlohmann/json.hpp>

#include <cstdio>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

namespace keycare::e2e {

struct relayed_request {
  std::string method;
  std::string path;
  std::string content_type;
  std::string bearer;
  std::string body;
};

/// An answer, on its way to the client.
struct relayed_answer {
  int status = 200;
  std::string content_type = "application/json";
  std::string headers;  ///< Others, each with its end.
  std::string body;
};

class relay {
public:
  /// What is done with one request: the octets for the client; "" ends the connection without a word, "(hold)" keeps
  /// silent until the client gives up. @p pass asks the RA.
  using trick = std::function<std::string(const std::function<relayed_answer()>& pass)>;

  /// @param ra the RA's folder;  @param url its address.
  relay(const std::filesystem::path& ra, const std::string& url);

  [[nodiscard]] const std::string url() const { return server_.url(); }
  /// From now on @p what is done with each request whose method and path match @p which (a regular expression over
  /// "PUT /v1/renewals/..."); every other one is passed on.
  void play(const std::string& which, trick what);
  void be_honest() { play("", {}); }
  /// How many requests a trick was played on since play().
  [[nodiscard]] int played() const;

private:
  std::string attend(const std::string& request);
  relayed_answer ask(const relayed_request& request);

  services::system_time time_;
  services::memory_log log_;
  services::http_client ra_;
  mutable std::mutex mutex_;
  std::string which_;
  trick trick_;
  int played_ = 0;
  services::tls_server server_;  // last: its threads use the others
};

/// What a PEM file of the RA's holds, by OpenSSL's function for it.
template <class Read>
[[nodiscard]] auto read_pem(const std::filesystem::path& file, Read read) {
  const std::unique_ptr<std::FILE, decltype(&std::fclose)> in(std::fopen(file.c_str(), "re"), &std::fclose);
  return in ? read(in.get(), nullptr, nullptr, nullptr) : nullptr;
}

/// An answer as octets. @p closing: the connection ends with it.
[[nodiscard]] std::string octets_of(const relayed_answer& answer, bool closing = false);

}  // namespace keycare::e2e
