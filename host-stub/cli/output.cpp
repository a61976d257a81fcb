// output.cpp - see output.hpp.
#include "host-stub/cli/output.hpp"

#include "host-stub/services/text/plain.hpp"
#include "keycare/sdk/json.hpp"
#include "keycare/sdk/view.hpp"

#include <iostream>

namespace keycare::cli {
namespace {

void print_object(nlohmann::json object, const warnings& said) {
  for (const auto& one : said) object["warnings"].push_back(error_json(one.why, one.sentence));
  std::cout << json_text(object) << std::endl;
}

void print_line(std::string_view mark, std::string_view sentence, const error& why) {
  std::cerr << mark << services::plain_text(sentence, 4096) << "  [" << services::plain_line(why.code, 64) << "]"
            << std::endl;
}

}  // namespace

void print_reply(const nlohmann::json& reply, bool json, const warnings& said) {
  if (json) return print_object(reply, said);
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

void print_error(const error& why, std::string_view sentence, bool json, const warnings& said) {
  if (json) return print_object({{"error", error_json(why, sentence)}}, said);
  print_line("", sentence, why);
}

void print_warnings(const warnings& said, bool json) {
  if (json) return;
  for (const auto& one : said) print_line("! ", one.sentence, one.why);
}

}  // namespace keycare::cli
