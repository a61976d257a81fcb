// output.cpp - see output.hpp.
#include "host-stub/cli/output.hpp"

#include "host-stub/services/text/plain.hpp"
#include "keycare/sdk/view.hpp"

#include <iostream>

namespace keycare::cli {
namespace {

constexpr auto replace = nlohmann::json::error_handler_t::replace;

}  // namespace

void print_reply(const nlohmann::json& reply, bool json) {
  if (json) {
    std::cout << reply.dump(-1, ' ', false, replace) << std::endl;
    return;
  }
  const auto lines = reply.find("text");
  if (lines == reply.end() || !lines->is_array()) return;
  for (const auto& line : *lines)
    if (line.is_string()) std::cout << services::plain_text(line.get<std::string>(), 16 * 1024) << '\n';
  std::cout.flush();
}

nlohmann::json error_json(const error& why, std::string_view sentence) {
  auto args = nlohmann::json::parse(why.args, nullptr, false);
  if (!args.is_object()) args = nlohmann::json::object();
  return {{"code", why.code},
          {"status", status_name(why.status)},
          {"native", why.native},
          {"args", std::move(args)},
          {"sentence", sentence}};
}

void print_error(const error& why, std::string_view sentence, bool json) {
  if (json) {
    std::cout << nlohmann::json{{"error", error_json(why, sentence)}}.dump(-1, ' ', false, replace) << std::endl;
    return;
  }
  std::cerr << services::plain_text(sentence, 4096) << "  [" << services::plain_line(why.code, 64) << "]" << std::endl;
}

}  // namespace keycare::cli
