// desk.cpp - transactions, and bodies held against openapi.json.
#include "desk.hpp"

#include "keycare/sdk/json.hpp"
#include "reviews.hpp"

#include <chrono>
#include <cstdio>
#include <exception>
#include <utility>

namespace keycare::dev_ra {

namespace {

bool is_media(std::string_view content_type, std::string_view wanted) {
  return content_type.substr(0, content_type.find(';')) == wanted;
}

}  // namespace

desk::desk(const options& config, authority keys)
    : config_(config), keys_(std::move(keys)), db_(config.data_dir / "ra.sqlite") {
  dev_.clock_offset = config.clock_offset;
}

answer desk::attend(const std::function<result<answer>(const room&)>& work) {
  const std::lock_guard lock(one_at_a_time_);
  const auto now =
      std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
  const room at{config_, keys_, db_, dev_, base_url_, now + dev_.clock_offset};
  try {
    db_.begin();
    catch_up(at);
    auto made = to_answer(work(at));
    made.at = at.now;
    db_.commit();
    return made;
  } catch (const std::exception& why) {
    db_.roll_back();
    std::fprintf(stderr, "dev-ra: a request failed: %s\n", why.what());
    return to_answer(problem("internal"));
  }
}

answer desk::attend(const route& to, call request, std::string_view content_type) {
  if (to.takes == media::cms && !is_media(content_type, "application/cms"))
    return to_answer(problem("wrong-media-type"));
  if (to.takes == media::json && !is_media(content_type, "application/json"))
    return to_answer(problem("wrong-media-type"));
  if (to.takes == media::cms && request.body.size() > 65'536) return to_answer(problem("too-large"));
  return attend([&](const room& at) -> result<answer> {
    if (to.takes == media::json) {
      if (auto read = read_json(request.body, {.depth = 8})) request.json = *std::move(read);
      if (const auto misfits = contract_.misfits(std::string(to.schema), request.json); !misfits.empty())
        return problem("bad-json", {}, misfits.front());
    }
    return to.run(at, request);
  });
}

}  // namespace keycare::dev_ra
