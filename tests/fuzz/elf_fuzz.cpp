// elf_fuzz.cpp - a library's own words about itself, read before anything of it is loaded.
#include "host-stub/loader/elf_scan.hpp"
#include "promises.hpp"

using namespace keycare;

FUZZ(elf) {
  const auto facts = loader::scan_elf(data, "plugin", "plugin.so");
  if (!fuzz::good(facts)) return;
  fuzz::must(facts->exports.size() <= 3 && facts->needed.size() <= 64, "lists are bounded");
  (void)fuzz::good(loader::check_elf(*facts, loader::part::core, "plugin"));
  (void)fuzz::good(loader::check_elf(*facts, loader::part::ui, "plugin"));
}
