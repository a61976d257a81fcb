// loader.cpp - from a manifest to a plugin that may be used, or to the reason why not.
#include "host-stub/loader/loader.hpp"

#include "host-stub/loader/open_plugin.hpp"
#include "host-stub/loader/probe.hpp"
#include "host-stub/loader/probe_cache.hpp"
#include "host-stub/loader/verdict.hpp"

#include <boost/dll/runtime_symbol_info.hpp>
#include <list>
#include <map>
#include <mutex>

namespace keycare::loader {
namespace {

probe_settings settings_of(const options& with) {
  auto program = with.probe;
  if (program.empty()) program = boost::dll::program_location().parent_path() / "keycare-probe";
  return {program, with.probe_timeout, with.host.abi};
}

/// What the library does when it is loaded: from memory, or found out now.
result<probed_plugin> probed(const sealed_copy& copy, const std::string& sha256, const manifest& about,
                             const options& with) {
  probe_cache cache(with.cache_dir);
  if (auto known = cache.find(sha256, with.host.abi, about.id)) return *std::move(known);
  auto finding = run_probe(copy, about.id, settings_of(with));
  cache.remember(sha256, with.host.abi, finding);
  return finding;
}

/// Keeps a library for the rest of the process. The list is never destroyed, so that nothing is unloaded at exit
/// either.
const boost::dll::shared_library& keep(boost::dll::shared_library library) {
  static std::mutex one_at_a_time;
  static auto& kept = *new std::list<boost::dll::shared_library>;
  const std::lock_guard lock(one_at_a_time);
  return kept.emplace_back(std::move(library));
}

/// dlopen in this process. From here on the copy stays: its code may run at any time.
result<const kc_plugin*> open_here(sealed_copy& copy, const manifest& about, const options& with) {
  std::string why;
  auto library = open_library(copy.path(), why);
  if (!library.is_loaded()) return refuse(reason::not_loadable, {{"id", about.id}, {"detail", why}});
  copy.keep_open();
  entry_function* entry = entry_of(keep(std::move(library)));
  if (entry == nullptr) return refuse(reason::table_wrong, {{"id", about.id}, {"detail", "there is no entry"}});
  const kc_plugin* plugin = nullptr;
  kc_status status = KC_E_FAILED;
  try {
    status = entry(with.host.abi.major, with.host.abi.minor, &plugin);
  } catch (...) {
    return refuse(reason::threw, {{"id", about.id}, {"phase", "in its entry"}, {"phase_zh", "执行入口函数"}});
  }
  if (status != KC_OK)
    return refuse(reason::entry_refused,
                  {{"id", about.id}, {"host", to_text(with.host.abi)}, {"status", std::to_string(status)}});
  if (const auto fault = table_fault(plugin); !fault.empty())
    return refuse(reason::table_wrong, {{"id", about.id}, {"detail", fault}});
  return plugin;
}

result<const kc_plugin*> load_library(const manifest& about, const library& file, part kind, const options& with) {
  if (with.sha256 == nullptr) return fail(KC_E_ARGUMENT, "KC-CONTRACT");
  auto copy = sealed_copy::make(about.path.parent_path() / file.file, about.id);
  if (!copy) return copy.error();
  const auto sha256 = to_hex(with.sha256(copy->octets()));
  if (sha256 != file.sha256) return refuse(reason::hash_mismatch, {{"id", about.id}, {"file", file.file}});
  const auto facts = scan_elf(copy->octets(), about.id, file.file);
  if (!facts) return facts.error();
  if (auto ok = check_elf(*facts, kind, about.id); !ok) return ok.error();
  const auto finding = probed(*copy, sha256, about, with);
  if (!finding) return finding.error();
  if (finding->id != about.id) return refuse(reason::id_mismatch, {{"id", about.id}, {"found", finding->id}});
  if (finding->version != about.version)
    return refuse(reason::version_mismatch,
                  {{"id", about.id}, {"manifest", about.version}, {"found", finding->version}});
  return open_here(*copy, about, with);
}

result<loaded_plugin> load_core(manifest about, const options& with) {
  if (auto ok = check_manifest(about, with.host); !ok) return ok.error();
  auto plugin = load_library(about, about.core, part::core, with);
  if (!plugin) return plugin.error();
  return loaded_plugin{std::move(about), *plugin};
}

std::string to_text(const qt_tag& tag) {
  const auto& n = tag.number;
  return std::to_string(n.major) + "." + std::to_string(n.minor) + "." + std::to_string(n.patch) +
         (tag.debug ? "-debug" : "-release");
}

}  // namespace

result<loaded_plugin> load(const std::filesystem::path& manifest_file, const options& with) {
  auto about = read_manifest(manifest_file);
  if (!about) return about.error();
  return load_core(*std::move(about), with);
}

result<const kc_plugin*> load_ui(const manifest& about, const options& with) {
  if (!about.ui || !about.ui_qt) return refuse(reason::no_ui, {{"id", about.id}});
  if (!with.qt || !fits(*about.ui_qt, *with.qt))
    return refuse(
        reason::qt_mismatch,
        {{"id", about.id}, {"needs", to_text(*about.ui_qt)}, {"host", with.qt ? to_text(*with.qt) : std::string("-")}});
  return load_library(about, *about.ui, part::ui, with);
}

std::vector<listed_plugin> load_all(std::span<const std::filesystem::path> manifest_files, const options& with) {
  std::vector<listed_plugin> out;
  std::map<std::string, std::string> loaded;  // id -> the manifest that has it
  for (const auto& file : manifest_files) {
    auto about = read_manifest(file);
    if (!about) {
      out.push_back({file, about.error()});
      continue;
    }
    const auto id = about->id;
    if (const auto first = loaded.find(id); first != loaded.end()) {
      out.push_back({file, refuse(reason::id_duplicate,
                                  {{"id", id}, {"file", file.filename().string()}, {"first", first->second}})});
      continue;
    }
    auto outcome = load_core(*std::move(about), with);
    if (outcome) loaded.emplace(id, file.filename().string());
    out.push_back({file, std::move(outcome)});
  }
  return out;
}

}  // namespace keycare::loader
