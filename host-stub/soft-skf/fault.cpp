// fault.cpp - the fault switches.
#include "fault.hpp"

#include <time.h>

#include <charconv>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "gmt0016/skf_constants.h"
#include "token_store.hpp"

namespace keycare::soft_skf::fault {
namespace {

using fields = std::vector<std::string_view>;

fields split(std::string_view text, char separator) {
  fields out;
  for (;;) {
    const std::size_t at = text.find(separator);
    out.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return out;
    text.remove_prefix(at + 1);
  }
}

std::uint32_t number(std::string_view text, int base) {
  std::uint32_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value, base);
  return value;
}

std::uint32_t status(std::string_view text) {
#define SKF_NAMED(name, value) \
  if (text == #name) return value;
  SKF_STATUS_CODES(SKF_NAMED)
#undef SKF_NAMED
  if (text.starts_with("0x")) text.remove_prefix(2);
  return number(text, 16);
}

std::string configuration() {
  const char* value = std::getenv("KEYCARE_SOFTSKF_FAULT");
  if (value == nullptr) return {};
  if (*value != '@') return value;
  std::ifstream file(value + 1, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Counts the occurrences of an item, and says whether this is the one that it names (or names none).
bool due(std::string_view item, const fields& parts, std::size_t at) {
  static std::mutex mutex;
  // Never destroyed: a call that hangs may come back while the program ends.
  static auto& counts = *new std::map<std::string, std::uint32_t, std::less<>>;
  const std::lock_guard lock(mutex);
  const std::uint32_t count = ++counts[std::string(item)];
  return parts.size() <= at || number(parts[at], 10) == count;
}

void sleep_for(std::uint32_t seconds) {
  timespec left{static_cast<time_t>(seconds), 0};
  while (nanosleep(&left, &left) != 0) {
  }
}

std::optional<std::uint32_t> act(std::string_view function, bool begins) {
  if (std::getenv("KEYCARE_SOFTSKF_FAULT") == nullptr) return std::nullopt;
  std::string text = configuration();
  while (!text.empty() && (text.back() == '\n' || text.back() == ';')) text.pop_back();
  std::optional<std::uint32_t> answer;
  for (std::string_view item : split(text, ';')) {
    const fields parts = split(item, ':');
    if (parts.size() < 2 || parts[1] != function) continue;
    const std::string_view kind = parts[0];
    if (begins && kind == "hang" && parts.size() > 2 && due(item, parts, 3)) sleep_for(number(parts[2], 10));
    if (begins && kind == "unplug" && due(item, parts, 2)) unplug_all(token_folder());
    if (begins && kind == "fail" && parts.size() > 2 && due(item, parts, 3)) answer = status(parts[2]);
    if (!begins && kind == "lost" && parts.size() > 2 && due(item, parts, 3)) answer = status(parts[2]);
  }
  return answer;
}

}  // namespace

std::optional<std::uint32_t> before(std::string_view function) {
  return act(function, true);
}
std::optional<std::uint32_t> after(std::string_view function) {
  return act(function, false);
}

void point(std::string_view name) {
  if (std::getenv("KEYCARE_SOFTSKF_FAULT") == nullptr) return;
  const std::string text = configuration();
  for (std::string_view item : split(text, ';')) {
    const fields parts = split(item.substr(0, item.find('\n')), ':');
    if (parts.size() >= 2 && parts[0] == "kill" && parts[1] == name && due(item, parts, 2)) std::raise(SIGKILL);
  }
}

}  // namespace keycare::soft_skf::fault
