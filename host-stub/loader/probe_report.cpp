// probe_report.cpp - what the lines of the probe's child come to.
#include "host-stub/loader/probe_report.hpp"

#include "host-stub/loader/verdict.hpp"

#include <csignal>
#include <nlohmann/json.hpp>
#include <optional>

namespace keycare::loader {
namespace {

struct phase {
  std::string_view word, en, zh;
};
constexpr phase phases[] = {{"load", "while it was loaded", "加载"},
                            {"entry", "in its entry", "执行入口函数"},
                            {"table", "while its table was read", "读取接口表"}};

std::optional<probed_plugin> read_plugin(std::string_view text) {
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object() || !json.contains("id") || !json.contains("version") || !json["id"].is_string() ||
      !json["version"].is_string())
    return std::nullopt;
  return probed_plugin{json["id"], json["version"]};
}

error unloadable(std::string_view words, std::string_view id) {
  constexpr std::string_view marker = "undefined symbol: ";
  const auto at = words.find(marker);
  if (at == std::string_view::npos) return refuse(reason::not_loadable, {{"id", id}, {"detail", words}});
  return refuse(reason::symbol_unresolved, {{"id", id}, {"symbol", words.substr(at + marker.size())}});
}

}  // namespace

result<probed_plugin> judge(std::string_view report, const child_end& end, std::string_view id,
                            std::string_view host_abi) {
  const phase* now = nullptr;
  bool threw = false;
  while (!report.empty()) {
    const auto stop = report.find('\n');
    if (stop == std::string_view::npos) break;  // a line that was not finished says nothing
    const auto line = report.substr(0, stop);
    report.remove_prefix(stop + 1);
    const auto blank = line.find(' ');
    const auto word = line.substr(0, blank);
    const auto rest = blank == std::string_view::npos ? std::string_view{} : line.substr(blank + 1);
    if (word == "phase") {
      for (const auto& p : phases)
        if (p.word == rest) now = &p;
    }
    if (word == "threw") threw = true;
    if (word == "unloadable") return unloadable(rest, id);
    if (word == "status") return refuse(reason::entry_refused, {{"id", id}, {"host", host_abi}, {"status", rest}});
    if (word == "fault") return refuse(reason::table_wrong, {{"id", id}, {"detail", rest}});
    if (word == "plugin") {
      if (auto plugin = read_plugin(rest)) return *std::move(plugin);
      return refuse(reason::table_wrong, {{"id", id}, {"detail", "its id or version is no text"}});
    }
  }
  if (now == nullptr) return refuse(reason::probe_failed, {{"id", id}, {"detail", "keycare-probe did not start"}});
  if (threw) return refuse(reason::threw, {{"id", id}, {"phase", now->en}, {"phase_zh", now->zh}});
  if (end.timed_out || end.signal == SIGXCPU)
    return refuse(
        reason::hung,
        {{"id", id}, {"phase", now->en}, {"phase_zh", now->zh}, {"milliseconds", std::to_string(end.milliseconds)}});
  if (end.signal != 0)
    return refuse(reason::crashed,
                  {{"id", id}, {"phase", now->en}, {"phase_zh", now->zh}, {"signal", std::to_string(end.signal)}});
  return refuse(reason::exited, {{"id", id}, {"phase", now->en}, {"phase_zh", now->zh}});
}

}  // namespace keycare::loader
