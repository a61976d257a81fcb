// elf_scan.cpp - a bounded reader of ELF64 shared libraries (System V ABI, chapters 4 and 5; GNU hash: binutils'
// gnu-hash).
#include "host-stub/loader/elf_scan.hpp"

#include "host-stub/loader/verdict.hpp"
#include "keycare/abi/entry.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>

namespace keycare::loader {
namespace {

using octets = std::span<const std::uint8_t>;

// Names of <elf.h>, which other platforms do not have.
constexpr std::uint16_t et_dyn = 3;
constexpr std::uint32_t pt_load = 1, pt_dynamic = 2, pt_gnu_stack = 0x6474e551, pf_x = 1;
constexpr std::uint64_t dt_null = 0, dt_needed = 1, dt_hash = 4, dt_strtab = 5, dt_symtab = 6, dt_strsz = 10,
                        dt_rpath = 15, dt_runpath = 29, dt_gnu_hash = 0x6ffffef5, dt_config = 0x6ffffefa,
                        dt_depaudit = 0x6ffffefb, dt_audit = 0x6ffffefc, dt_auxiliary = 0x7ffffffd,
                        dt_filter = 0x7fffffff;
constexpr std::size_t header_size = 64, program_header_size = 56, section_header_size = 64, dynamic_size = 16,
                      symbol_size = 24;
constexpr std::uint64_t max_segment = 256U << 20U;  // octets in memory
constexpr std::size_t max_dynamic = 4096, max_names = 64, max_name = 256, shown_exports = 3;

#if defined(__x86_64__) || defined(_M_X64)
constexpr std::uint16_t our_machine = 62;
#elif defined(__aarch64__) || defined(_M_ARM64)
constexpr std::uint16_t our_machine = 183;
#elif defined(__riscv)
constexpr std::uint16_t our_machine = 243;
#elif defined(__loongarch__)
constexpr std::uint16_t our_machine = 258;
#else
#error "Say here which e_machine this processor has."
#endif

std::string machine_name(std::uint16_t machine) {
  switch (machine) {
    case 3:
      return "x86";
    case 40:
      return "arm";
    case 62:
      return "x86-64";
    case 183:
      return "arm64";
    case 243:
      return "riscv";
    case 258:
      return "loongarch";
    default:
      return "machine " + std::to_string(machine);
  }
}

/// A little-endian number at @p at, or nothing when it is not wholly there.
template <class T>
std::optional<T> number(octets from, std::uint64_t at) {
  if (at > from.size() || from.size() - at < sizeof(T)) return std::nullopt;
  T value = 0;
  for (std::size_t i = sizeof(T); i-- > 0;)
    value = static_cast<T>((value << 8U) | from[static_cast<std::size_t>(at) + i]);
  return value;
}
template <>
std::optional<std::uint8_t> number(octets from, std::uint64_t at) {
  if (at >= from.size()) return std::nullopt;
  return from[static_cast<std::size_t>(at)];
}

struct segment {
  std::uint64_t offset, address, file_size;
};

struct dynamic_facts {
  std::optional<std::uint64_t> symbols, strings, strings_size, hash, gnu_hash;
  std::vector<std::uint64_t> needed;
  std::optional<std::uint64_t> search_path;
};

class reader {
public:
  explicit reader(octets file) : file_(file) {}

  /// An empty text: all is well and @p facts is filled. "machine": built for another processor. Otherwise what is
  /// damaged.
  std::string read(elf_facts& facts, std::uint16_t& machine) {
    if (file_.size() < header_size || std::memcmp(file_.data(),
                                                  "\x7f"
                                                  "ELF",
                                                  4) != 0)
      return "no ELF file";
    machine = *number<std::uint16_t>(file_, 18);
    if (file_[4] != 2 || file_[5] != 1 || machine != our_machine) return "machine";
    if (*number<std::uint16_t>(file_, 16) != et_dyn) return "not a shared library";
    if (auto fault = read_segments(facts); !fault.empty()) return fault;
    // The section headers stand at the end of a file: they are the first that a cut file loses.
    const auto sections = *number<std::uint64_t>(file_, 40);
    const auto section_count = *number<std::uint16_t>(file_, 60);
    if (sections != 0 && !there(sections, std::uint64_t{section_count} * section_header_size))
      return "its end is missing";
    if (auto fault = read_dynamic(); !fault.empty()) return fault;
    return read_names(facts);
  }

private:
  [[nodiscard]] bool there(std::uint64_t at, std::uint64_t size) const {
    return at <= file_.size() && size <= file_.size() - at;
  }

  /// Where @p size octets at a virtual address are in the file.
  [[nodiscard]] std::optional<std::uint64_t> offset_of(std::uint64_t address, std::uint64_t size) const {
    for (const auto& s : loaded_)
      if (address >= s.address && address - s.address <= s.file_size && size <= s.file_size - (address - s.address))
        return s.offset + (address - s.address);
    return std::nullopt;
  }

  std::string read_segments(elf_facts& facts) {
    const auto at = *number<std::uint64_t>(file_, 32);
    const auto entry_size = *number<std::uint16_t>(file_, 54);
    const auto count = *number<std::uint16_t>(file_, 56);
    if (entry_size != program_header_size || count == 0 || !there(at, std::uint64_t{count} * program_header_size))
      return "its program headers are missing";
    for (std::uint16_t i = 0; i < count; ++i) {
      const auto entry = file_.subspan(static_cast<std::size_t>(at) + i * program_header_size, program_header_size);
      const auto type = *number<std::uint32_t>(entry, 0);
      const auto flags = *number<std::uint32_t>(entry, 4);
      const segment s{*number<std::uint64_t>(entry, 8), *number<std::uint64_t>(entry, 16),
                      *number<std::uint64_t>(entry, 32)};
      const auto memory_size = *number<std::uint64_t>(entry, 40);
      if (type == pt_gnu_stack) facts.executable_stack = (flags & pf_x) != 0;
      if (type != pt_load && type != pt_dynamic) continue;
      if (!there(s.offset, s.file_size)) return "a segment is cut off";
      if (memory_size > max_segment || s.file_size > memory_size) return "a segment has an impossible size";
      if (type == pt_load)
        loaded_.push_back(s);
      else
        dynamic_ = file_.subspan(static_cast<std::size_t>(s.offset), static_cast<std::size_t>(s.file_size));
    }
    if (loaded_.empty() || dynamic_.empty()) return "it has no dynamic section";
    return {};
  }

  std::string read_dynamic() {
    const auto count = std::min(dynamic_.size() / dynamic_size, max_dynamic);
    for (std::size_t i = 0; i < count; ++i) {
      const auto tag = *number<std::uint64_t>(dynamic_, i * dynamic_size);
      const auto value = *number<std::uint64_t>(dynamic_, i * dynamic_size + 8);
      switch (tag) {
        case dt_null:
          return {};
        case dt_needed:
        case dt_auxiliary:
        case dt_filter:
        case dt_audit:
        case dt_depaudit:
        case dt_config:
          if (facts_.needed.size() == max_names) return "it needs too many libraries";
          facts_.needed.push_back(value);
          break;
        case dt_rpath:
        case dt_runpath:
          facts_.search_path = value;
          break;
        case dt_symtab:
          facts_.symbols = value;
          break;
        case dt_strtab:
          facts_.strings = value;
          break;
        case dt_strsz:
          facts_.strings_size = value;
          break;
        case dt_hash:
          facts_.hash = value;
          break;
        case dt_gnu_hash:
          facts_.gnu_hash = value;
          break;
        default:
          break;
      }
    }
    return "its dynamic section has no end";
  }

  [[nodiscard]] std::optional<std::string> name(std::uint64_t at) const {
    if (at >= strings_.size()) return std::nullopt;
    const auto from = strings_.subspan(static_cast<std::size_t>(at));
    const auto end = std::find(from.begin(), from.end(), std::uint8_t{0});
    if (end == from.end()) return std::nullopt;
    const auto size = std::min<std::size_t>(static_cast<std::size_t>(end - from.begin()), max_name);
    return std::string(reinterpret_cast<const char*>(from.data()), size);
  }

  std::string read_names(elf_facts& facts) {
    if (!facts_.strings || !facts_.strings_size || !facts_.symbols) return "it has no dynamic symbols";
    const auto strings = offset_of(*facts_.strings, *facts_.strings_size);
    if (!strings) return "its names are cut off";
    strings_ = file_.subspan(static_cast<std::size_t>(*strings), static_cast<std::size_t>(*facts_.strings_size));
    for (const auto at : facts_.needed) {
      auto needed = name(at);
      if (!needed) return "a needed library has no name";
      facts.needed.push_back(std::move(*needed));
    }
    if (facts_.search_path) {
      auto path = name(*facts_.search_path);
      if (!path) return "its search path is cut off";
      facts.search_path = path->empty() ? "(empty)" : *path;
    }
    const auto count = symbol_count();
    if (!count) return "its hash table is damaged";
    const auto symbols = offset_of(*facts_.symbols, *count * symbol_size);
    if (!symbols) return "its symbols are cut off";
    for (std::uint64_t i = 1; i < *count; ++i) {
      const auto at = *symbols + i * symbol_size;
      const auto info = *number<std::uint8_t>(file_, at + 4);
      const auto visibility = *number<std::uint8_t>(file_, at + 5) & 3U;
      const auto section = *number<std::uint16_t>(file_, at + 6);
      const auto binding = info >> 4U;
      const bool visible = visibility == 0 || visibility == 3;            // default, protected
      const bool shared = binding == 1 || binding == 2 || binding == 10;  // global, weak, GNU unique
      if (section == 0 || !visible || !shared) continue;
      auto exported = name(*number<std::uint32_t>(file_, at));
      if (!exported) return "a symbol has no name";
      if (facts.export_count++ < shown_exports) facts.exports.push_back(std::move(*exported));
    }
    return {};
  }

  /// The dynamic section does not say how many symbols there are; both kinds of hash table do.
  [[nodiscard]] std::optional<std::uint64_t> symbol_count() const {
    if (facts_.gnu_hash) return gnu_symbol_count();
    if (!facts_.hash) return std::nullopt;
    const auto at = offset_of(*facts_.hash, 8);
    if (!at) return std::nullopt;
    return number<std::uint32_t>(file_, *at + 4);
  }

  /// One more than the last symbol of the last chain: the chain of the highest bucket ends the table.
  [[nodiscard]] std::optional<std::uint64_t> gnu_symbol_count() const {
    const auto at = offset_of(*facts_.gnu_hash, 16);
    if (!at) return std::nullopt;
    const std::uint64_t bucket_count = *number<std::uint32_t>(file_, *at);
    const std::uint64_t first = *number<std::uint32_t>(file_, *at + 4);
    const std::uint64_t bloom_words = *number<std::uint32_t>(file_, *at + 8);
    const auto buckets = *at + 16 + bloom_words * 8;
    const auto chains = buckets + bucket_count * 4;
    if (!there(buckets, bucket_count * 4)) return std::nullopt;
    std::uint64_t last = 0;
    for (std::uint64_t i = 0; i < bucket_count; ++i)
      last = std::max<std::uint64_t>(last, *number<std::uint32_t>(file_, buckets + i * 4));
    if (last == 0) return first;
    if (last < first) return std::nullopt;
    for (;; ++last) {
      const auto chain = number<std::uint32_t>(file_, chains + (last - first) * 4);
      if (!chain) return std::nullopt;
      if ((*chain & 1U) != 0) return last + 1;
    }
  }

  octets file_;
  octets dynamic_;
  octets strings_;
  std::vector<segment> loaded_;
  dynamic_facts facts_;
};

bool starts_with_any(std::string_view name, std::span<const std::string_view> starts) {
  return std::any_of(starts.begin(), starts.end(), [&](auto start) { return name.starts_with(start); });
}

bool may_need(std::string_view name, part kind) {
  static constexpr std::array<std::string_view, 6> everybody{"libc.so.",     "libm.so.",  "libstdc++.so.",
                                                             "libgcc_s.so.", "ld-linux-", "ld-linux."};
  // libGL and libEGL come with every program that links QtGui through CMake.
  static constexpr std::array<std::string_view, 5> windows{"libQt6", "libGL.so.", "libEGL.so.", "libGLX.so.",
                                                           "libqrencode.so."};  // what pages may draw with
  return starts_with_any(name, everybody) || (kind == part::ui && starts_with_any(name, windows));
}

}  // namespace

result<elf_facts> scan_elf(std::span<const std::uint8_t> file, std::string_view id, std::string_view name) {
  elf_facts facts;
  std::uint16_t machine = 0;
  const auto fault = reader(file).read(facts, machine);
  if (fault == "machine")
    return refuse(reason::wrong_architecture,
                  {{"id", id}, {"found", machine_name(machine)}, {"expected", machine_name(our_machine)}});
  if (!fault.empty()) return refuse(reason::file_damaged, {{"id", id}, {"file", name}, {"detail", fault}});
  return facts;
}

result<void> check_elf(const elf_facts& facts, part kind, std::string_view id) {
  if (!facts.search_path.empty()) return refuse(reason::search_path, {{"id", id}, {"path", facts.search_path}});
  if (facts.executable_stack) return refuse(reason::executable_stack, {{"id", id}});
  for (const auto& name : facts.needed)
    if (!may_need(name, kind)) return refuse(reason::dependency_unknown, {{"id", id}, {"name", name}});
  if (facts.export_count != 1 || facts.exports.front() != KC_PLUGIN_ENTRY_SYMBOL) {
    std::string names;
    for (const auto& name : facts.exports) names += (names.empty() ? "" : ", ") + name;
    if (facts.export_count > facts.exports.size()) names += ", ...";
    return refuse(reason::export_wrong, {{"id", id}, {"count", std::to_string(facts.export_count)}, {"names", names}});
  }
  return {};
}

}  // namespace keycare::loader
