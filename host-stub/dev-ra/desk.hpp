// desk.hpp - one request at a time: the clock is read, what is due is done, the handler runs, all in one transaction.
#pragma once

#include "answer.hpp"
#include "authority.hpp"
#include "contract.hpp"
#include "database.hpp"
#include "room.hpp"
#include "routes.hpp"

#include <functional>
#include <mutex>
#include <string>
#include <string_view>

namespace keycare::dev_ra {

class desk {
public:
  /// Throws std::runtime_error when the database cannot be opened.
  desk(const options& config, authority keys);

  /// Runs @p work in one transaction; rolls back and answers `internal` when it throws. [any-thread]
  answer attend(const std::function<result<answer>(const room&)>& work);
  /// The answer of a path of openapi.json: media type and body are checked before the handler sees them. [any-thread]
  answer attend(const route& to, call request, std::string_view content_type);

  void set_base_url(std::string url) { base_url_ = std::move(url); }
  [[nodiscard]] const std::string& base_url() const { return base_url_; }
  [[nodiscard]] const authority& keys() const { return keys_; }

private:
  options config_;
  authority keys_;
  database db_;
  contract contract_;
  switches dev_;
  std::string base_url_;
  std::mutex one_at_a_time_;
};

}  // namespace keycare::dev_ra
