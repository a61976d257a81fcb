// manifest_fuzz.cpp - a plugin's manifest: any file that lies where a manifest is looked for.
#include "host-stub/loader/manifest.hpp"
#include "host-stub/loader/verdict.hpp"
#include "promises.hpp"

using namespace keycare;

namespace {

void explained(const error& why) {
  fuzz::check_error(why);
  fuzz::must(loader::reason_of(why).has_value(), "a refusal is in the table of reasons");
  for (const auto* language : {"zh-CN", "en"})
    fuzz::must(fuzz::is_utf8(loader::sentence(why, language)), "a refusal has a sentence");
}

}  // namespace

FUZZ(manifest) {
  const auto text = text_of(data);
  (void)loader::parse_version(text);
  (void)loader::parse_abi_range(text, text);
  (void)loader::parse_qt_tag(text);
  const auto read = loader::parse_manifest(text, "/plugins/plugin.json");
  if (!read) return explained(read.error());
  fuzz::must(!read->id.empty() && read->id.size() <= 64, "an id is bounded");
  for (const auto& file : {read->core.file, read->ui ? read->ui->file : read->core.file})
    fuzz::must(file.find('/') == std::string::npos && file.size() <= 128, "a library lies beside its manifest");
  const loader::host_facts host{{1, 0}, {4, 8, 2}, "4.8.2", {"token.read", "token.sign", "net:ra"}};
  if (const auto fits = loader::check_manifest(*read, host); !fits) explained(fits.error());
}
