// core_world.hpp - an RA that lies and a disk that decays, around a plugin's core on its test bench.
#pragma once

#include "damage.hpp"
#include "promises.hpp"

#include "../plugins/fake_services.hpp"

#include <exception>

namespace keycare::fuzz {

/// The RA's true answer, made false as the input says. The real host bounds an answer's size before a plugin sees it.
inline result<http_response> lie(result<http_response> truth, input& in) {
  if (!truth || in.pick(3) == 0) return truth;
  auto out = *std::move(truth);
  constexpr int statuses[] = {200, 200, 200, 201, 202, 204, 301, 400, 401, 403, 404, 409, 422, 429, 500, 503};
  switch (in.pick(8)) {
    case 0:
      out.status = statuses[in.pick(std::size(statuses))];
      break;
    case 1:
      out.content_type = in.flag() ? "application/problem+json" : in.text();
      break;
    case 2:
      out.date = static_cast<std::int64_t>(in.number(8));
      out.retry_after = static_cast<std::int64_t>(in.number(8));
      break;
    case 3: {
      const auto body = in.octets();
      out.body.assign(body.begin(), body.end());
      break;
    }
    default: {
      auto doc = nlohmann::json::parse(out.body.begin(), out.body.end(), nullptr, false);
      if (doc.is_discarded()) break;
      for (std::size_t more = in.pick(3) + 1; more > 0; --more) damage(doc, in);
      const auto text = doc.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
      out.body.assign(text.begin(), text.end());
    }
  }
  return out;
}

/// From now on the bench's RA lies.
template <class Bench>
void make_ra_lie(Bench& bench, input& in) {
  bench.host->http.on_send = [&](const http_request& request) -> result<http_response> {
    try {
      return lie(bench.ra.serve(request), in);
    } catch (const std::exception&) {  // the fake RA itself is not made for every request
      return fail(KC_E_NETWORK, "KC-NET-CONNECT");
    }
  };
}

/// One stored record with a value of another kind, size or none.
inline void decay(fakes::disk& disk, input& in) {
  if (disk.empty()) return;
  auto at = disk.begin();
  std::advance(at, static_cast<std::ptrdiff_t>(in.pick(disk.size())));
  auto doc = nlohmann::json::parse(at->second.data.begin(), at->second.data.end(), nullptr, false);
  if (doc.is_discarded()) return;
  damage(doc, in);
  const auto text = doc.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  at->second.data.assign(text.begin(), text.end());
}

/// A command may fail, with a code; it must not throw (that would be KC-PLUGIN-BUG), and a reply has its shape.
template <class Bench>
void command(Bench& bench, std::string_view name, const nlohmann::json& input) {
  const auto got = bench.run(name, input);
  if (!got) {
    check_error(got.error());
    for (const auto* language : {"zh-CN", "en"})
      if (const auto text = bench.core->explain(language, got.error()))
        must(is_utf8(*text) && !text->empty(), "an error is put into words");
    return;
  }
  must(got->is_object() && got->at("data").is_object() && got->at("text").is_array(), "a reply has data and text");
  for (const auto& line : got->at("text")) must(is_utf8(line.template get<std::string>()), "a line is UTF-8");
}

}  // namespace keycare::fuzz
