// office.cpp - see office.hpp.
#include "host-stub/demo/office.hpp"

#include "host-stub/demo/cast.hpp"
#include "host-stub/services/clock/time_source.hpp"
#include "host-stub/services/secure/durable_file.hpp"

#include <cstdlib>

namespace keycare::demo {
namespace {

constexpr std::int64_t day = 86'400;

/// Clients and payment pages know the RA by its address.
std::vector<std::string> at_port_of(const std::string& url, std::vector<std::string> arguments) {
  arguments.insert(arguments.end(), {"--port", url.substr(url.rfind(':') + 1)});
  return arguments;
}

/// Where Debian's package softhsm2 puts its module.
std::filesystem::path find_softhsm() {
  for (const char* path : {"/usr/lib/softhsm/libsofthsm2.so", "/usr/lib64/softhsm/libsofthsm2.so"})
    if (std::filesystem::exists(path)) return path;
  return {};
}

}  // namespace

built_files find_built_files() {
  const auto beside = std::filesystem::read_symlink("/proc/self/exe").parent_path();
  const auto build = beside.parent_path();
  return {beside / "keycare-host", build / "lib" / "libkeycare_softskf.so", find_softhsm(), build / "plugins"};
}

result<std::unique_ptr<office>> office::open(const std::filesystem::path& folder, const std::string& language,
                                             const std::vector<std::string>& ra_arguments, token_kind kind) {
  auto out = in(folder, kind);
  if (std::filesystem::exists(out->folder_ / "ra")) return fail(KC_E_CONFLICT, "KC-DEMO-FOLDER-USED");
  for (const char* name : {"", "tokens", "client"})
    if (auto ok = services::make_private_folder(out->folder_ / name); !ok) return ok.error();
  if (auto ok = out->prepare_tokens(); !ok) return ok.error();
  out->ra_arguments_ = ra_arguments;
  if (auto ok = out->start_ra(ra_arguments); !ok) return ok.error();
  if (auto ok = out->write_config(language); !ok) return ok.error();
  return out;
}

result<std::unique_ptr<office>> office::reopen(const std::filesystem::path& folder,
                                               const std::vector<std::string>& ra_arguments) {
  const auto config = services::read_config(folder / config_name);
  if (!config) return config.error();
  const auto ra = config->endpoints.find("ra");
  if (ra == config->endpoints.end()) return fail(KC_E_CONFLICT, "KC-DEMO-FOLDER-USED");
  auto out = in(folder, config->pkcs11.empty() ? token_kind::skf : token_kind::pkcs11);
  out->ra_arguments_ = ra_arguments;
  if (auto ok = out->prepare_tokens(); !ok) return ok.error();
  if (auto ok = out->start_ra(at_port_of(ra->second.url, ra_arguments)); !ok) return ok.error();
  return out;
}

std::unique_ptr<office> office::in(const std::filesystem::path& folder, token_kind kind) {
  std::unique_ptr<office> out(new office());
  out->kind_ = kind;
  out->files_ = find_built_files();
  out->folder_ = std::filesystem::absolute(folder);
  return out;
}

result<void> office::start_ra(const std::vector<std::string>& arguments) {
  auto ra = ra_process::start(files_.program, folder_ / "ra", arguments);
  if (!ra) return ra.error();
  ra_ = *std::move(ra);
  return {};
}

result<void> office::restart_ra() {
  const auto arguments = at_port_of(ra_->url(), ra_arguments_);
  ra_.reset();  // before the next one: they would share the folder
  return start_ra(arguments);
}

result<void> office::prepare_tokens() const {
  // Paths are no secrets.
  const auto tokens = folder_ / "tokens";
  if (kind_ == token_kind::skf) {
    setenv("KEYCARE_SOFTSKF_DIR", tokens.c_str(), 1);
    return {};
  }
  if (files_.softhsm.empty()) return fail(KC_E_UNSUPPORTED, "KC-DEMO-SOFTHSM");
  const auto conf = folder_ / "softhsm2.conf";
  const auto text = "directories.tokendir = " + tokens.string() + "\nobjectstore.backend = file\nlog.level = ERROR\n";
  setenv("SOFTHSM2_CONF", conf.c_str(), 1);
  return services::write_durably(conf, bytes_of(text));
}

result<void> office::write_config(const std::string& language) const {
  auto manifests = nlohmann::json::array();
  for (const char* name : {"validity", "renewal", "unlock"})
    manifests.push_back((files_.plugins / (std::string(name) + ".json")).string());
  const nlohmann::json libraries =
      kind_ == token_kind::skf
          ? nlohmann::json{{"skf", {{{"name", "soft-skf"}, {"path", files_.soft_skf.string()}, {"ulong", "auto"}}}}}
          : nlohmann::json{{"pkcs11", {{{"name", "softhsm"}, {"path", files_.softhsm.string()}}}}};
  const nlohmann::json config{
      {"client",
       {{"name", "网证通安全客户端"},
        {"version", "4.8.2"},
        {"language", language},
        {"hotline", "020-89524338, 13352819801"},
        {"qq", "4008301330"}}},
      {"plugins", manifests},
      {"tokens", libraries},
      {"endpoints",
       {{"ra", {{"url", ra_->url()}, {"pinned", ra_->pinned().string()}, {"open_origins", {ra_->url()}}}}}},
      {"data_dir", (folder_ / "client").string()}};
  const auto text = config.dump(2);
  return services::write_durably(config_file(), bytes_of(text));
}

order_at_counter office::clerk_order(const std::string& name, int days) const {
  const services::system_time time;
  const auto now = time.wall_seconds();
  const auto offset = time.utc_offset(now);
  order_at_counter out;
  out.name = name;
  out.organisation = cast::company;
  out.account = cast::account;
  // The last second of its last day here, so that it is that many days whatever the time of day.
  out.not_after = ((now + offset) / day + days + 1) * day - 1 - offset;
  out.not_before = out.not_after - 365 * day;
  out.applicant = {{"id_type", "resident-id"},
                   {"id_number", cast::id_number},
                   {"name", cast::clerk},
                   {"phone", cast::phone},
                   {"email", cast::email}};
  return out;
}

result<handed_over> office::hand_over(const order_at_counter& order) {
  const token_maker maker{kind_, kind_ == token_kind::skf ? files_.soft_skf : files_.softhsm, folder_ / "tokens",
                          folder_ / "counter"};
  return demo::hand_over(*ra_, maker, order, services::secret(cast::pin), services::secret(cast::admin_pin));
}

}  // namespace keycare::demo
