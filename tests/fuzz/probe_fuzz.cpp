// probe_fuzz.cpp - what a plugin's library wrote while it was probed, and the file that remembers such findings.
#include "host-stub/loader/probe_cache.hpp"
#include "host-stub/loader/verdict.hpp"
#include "promises.hpp"

using namespace keycare;

namespace {

void explained(const result<loader::probed_plugin>& finding) {
  if (fuzz::good(finding)) return;
  fuzz::must(loader::reason_of(finding.error()).has_value(), "a finding is in the table of reasons");
  fuzz::must(fuzz::is_utf8(loader::sentence(finding.error(), "zh-CN")), "a finding has a sentence");
}

}  // namespace

FUZZ(probe) {
  fuzz::input in(data);
  const auto how = in.octet();
  if ((how & 0x80U) != 0) {
    for (const auto& [key, finding] : loader::read_findings(in.rest())) explained(finding);
    return;
  }
  loader::child_end end;
  end.timed_out = (how & 1U) != 0;
  end.signal = (how & 2U) != 0 ? 11 : 0;
  end.milliseconds = 10'000;
  explained(loader::judge(text_of(in.rest()), end, "plugin", "1.0"));
}
