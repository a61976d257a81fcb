// saving.cpp - see saving.hpp.
#include "host-stub/cli/saving.hpp"

#include "host-stub/services/text/texts.hpp"
#include "keycare/sdk/json.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace keycare::cli {
namespace {

error about(kc_status status, const char* code, const char* name, const std::string& value, std::int64_t native = 0) {
  return fail_with(status, code, {{name, value}}, native);
}

error no_such(const std::string& member, const std::vector<std::string>& members) {
  nlohmann::json args = {{"member", member}, {"members", services::in_words("没有", "nothing")}};
  if (!members.empty()) {
    std::string all;
    for (const auto& one : members) all += (all.empty() ? "" : ", ") + one;
    args["members"] = all;
  }
  return fail_with(KC_E_ARGUMENT, "KC-CLI-SAVE-MEMBER", args);
}

}  // namespace

result<saving> saving::promise(const std::vector<std::string>& wanted, const std::vector<std::string>& members) {
  saving out;
  for (const auto& one : wanted) {
    const auto equals = one.find('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == one.size())
      return about(KC_E_ARGUMENT, "KC-CLI-SAVE-FORM", "given", one);
    promised next{one.substr(0, equals), one.substr(equals + 1), nullptr};
    if (std::find(members.begin(), members.end(), next.member) == members.end()) return no_such(next.member, members);
    // "x" (C++23 noreplace): made here or not at all.
    next.file.reset(std::fopen(next.name.c_str(), "wx"));
    if (!next.file) return about(KC_E_FAILED, "KC-CLI-FILE", "file", next.name, errno);
    out.files_.push_back(std::move(next));
  }
  return out;
}

saving::~saving() {
  for (const auto& one : files_)
    if (one.file) ::unlink(one.name.c_str());
}

result<void> saving::write(const nlohmann::json& reply) {
  const auto data = reply.value("data", nlohmann::json::object());
  for (const auto& one : files_)
    if (!data.contains(one.member) || !data[one.member].is_string())
      return about(KC_E_NOT_FOUND, "KC-CLI-SAVE", "member", one.member);
  for (auto& one : files_) {
    const auto text = data[one.member].get<std::string>();
    const bool whole = std::fwrite(text.data(), 1, text.size(), one.file.get()) == text.size();
    if (!whole || std::fflush(one.file.get()) != 0) return about(KC_E_FAILED, "KC-CLI-FILE", "file", one.name, errno);
    one.file.reset();
  }
  return {};
}

}  // namespace keycare::cli
