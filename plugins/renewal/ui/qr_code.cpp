// qr_code.cpp - after ISO/IEC 18004:2015; the section stands beside each step.
#include "plugins/renewal/ui/qr_code.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>

namespace keycare::renewal {
namespace {

using octet = std::uint8_t;

// Table 9, level M, versions 1 to 25.
constexpr std::array<int, 26> correction_of_block = {0,  10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22,
                                                     22, 24, 24, 28, 28, 26, 26, 26, 26, 28, 28, 28, 28};
constexpr std::array<int, 26> block_count = {0, 1, 1,  1,  2,  2,  4,  4,  4,  5,  5,  5,  8,
                                             9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21};

/// Modules for data and correction (7.1).
constexpr int data_modules(int version) {
  int out = (16 * version + 128) * version + 64;
  if (version >= 2) {
    const int marks = version / 7 + 2;
    out -= (25 * marks - 10) * marks - 55;
    if (version >= 7) out -= 36;
  }
  return out;
}
constexpr int data_octets(int version) {
  const auto at = static_cast<std::size_t>(version);
  return data_modules(version) / 8 - correction_of_block[at] * block_count[at];
}

/// In the field of 256 elements with x^8 + x^4 + x^3 + x^2 + 1 (7.5.2).
constexpr octet product(octet a, octet b) {
  int out = 0;
  for (int i = 7; i >= 0; --i) {
    out = (out << 1) ^ ((out >> 7) * 0x11D);
    out ^= ((b >> i) & 1) * a;
  }
  return static_cast<octet>(out);
}

std::vector<octet> generator(int degree) {
  std::vector<octet> out(static_cast<std::size_t>(degree));
  out.back() = 1;
  octet root = 1;
  for (int i = 0; i < degree; ++i) {
    for (std::size_t j = 0; j < out.size(); ++j) {
      out[j] = product(out[j], root);
      if (j + 1 < out.size()) out[j] ^= out[j + 1];
    }
    root = product(root, 2);
  }
  return out;
}

std::vector<octet> correction(const std::vector<octet>& data, const std::vector<octet>& divisor) {
  std::vector<octet> rest(divisor.size());
  for (const octet one : data) {
    const octet factor = static_cast<octet>(one ^ rest.front());
    rest.erase(rest.begin());
    rest.push_back(0);
    for (std::size_t i = 0; i < rest.size(); ++i) rest[i] ^= product(divisor[i], factor);
  }
  return rest;
}

/// Mode, count, octets, end and padding (7.4).
std::vector<octet> data_of(std::string_view text, int version) {
  std::vector<bool> bits;
  const auto put = [&](unsigned value, int count) {
    for (int i = count - 1; i >= 0; --i) bits.push_back(((value >> i) & 1U) != 0);
  };
  put(4, 4);
  put(static_cast<unsigned>(text.size()), version < 10 ? 8 : 16);
  for (const char ch : text) put(static_cast<octet>(ch), 8);
  const auto room = static_cast<std::size_t>(data_octets(version)) * 8;
  for (int i = 0; i < 4 && bits.size() < room; ++i) bits.push_back(false);
  while (bits.size() % 8 != 0) bits.push_back(false);
  std::vector<octet> out(bits.size() / 8);
  for (std::size_t i = 0; i < bits.size(); ++i)
    if (bits[i]) out[i / 8] = static_cast<octet>(out[i / 8] | (0x80U >> (i % 8)));
  for (octet pad = 0xEC; out.size() * 8 < room; pad ^= 0xEC ^ 0x11) out.push_back(pad);
  return out;
}

/// Blocks, each with its correction, interleaved (7.6).
std::vector<octet> interleaved(const std::vector<octet>& data, int version) {
  const auto at = static_cast<std::size_t>(version);
  const auto count = static_cast<std::size_t>(block_count[at]);
  const auto whole = static_cast<std::size_t>(data_modules(version) / 8);
  const auto divisor = generator(correction_of_block[at]);
  const auto short_blocks = count - whole % count;
  const auto short_data = whole / count - divisor.size();
  std::vector<std::vector<octet>> blocks, corrections;
  for (std::size_t i = 0, from = 0; i < count; ++i) {
    const auto length = short_data + (i < short_blocks ? 0 : 1);
    blocks.emplace_back(data.begin() + static_cast<std::ptrdiff_t>(from),
                        data.begin() + static_cast<std::ptrdiff_t>(from + length));
    corrections.push_back(correction(blocks.back(), divisor));
    from += length;
  }
  std::vector<octet> out;
  for (std::size_t i = 0; i <= short_data; ++i)
    for (const auto& block : blocks)
      if (i < block.size()) out.push_back(block[i]);
  for (std::size_t i = 0; i < divisor.size(); ++i)
    for (const auto& block : corrections) out.push_back(block[i]);
  return out;
}

class drawing {
public:
  explicit drawing(int version)
      : version_(version), size_(version * 4 + 17), dark_(cells(), false), fixed_(cells(), false) {}

  /// Everything that is not data (6.3).
  void patterns() {
    for (int i = 0; i < size_; ++i) {
      fix(6, i, i % 2 == 0);
      fix(i, 6, i % 2 == 0);
    }
    finder(3, 3);
    finder(size_ - 4, 3);
    finder(3, size_ - 4);
    const auto marks = alignment();
    for (std::size_t i = 0; i < marks.size(); ++i)
      for (std::size_t j = 0; j < marks.size(); ++j) {
        const bool corner =
            (i == 0 && j == 0) || (i == 0 && j + 1 == marks.size()) || (j == 0 && i + 1 == marks.size());
        if (!corner) alignment_mark(marks[i], marks[j]);
      }
    format(0);
    version_information();
  }

  /// In pairs of columns, up and down, from the right (7.7.3).
  void place(const std::vector<octet>& octets) {
    std::size_t bit = 0;
    for (int right = size_ - 1; right >= 1; right -= 2) {
      if (right == 6) right = 5;
      for (int step = 0; step < size_; ++step)
        for (int j = 0; j < 2; ++j) {
          const int x = right - j;
          const bool up = ((right + 1) & 2) == 0;
          const int y = up ? size_ - 1 - step : step;
          if (fixed_[cell(x, y)] || bit >= octets.size() * 8) continue;
          dark_[cell(x, y)] = ((octets[bit / 8] >> (7 - bit % 8)) & 1) != 0;
          ++bit;
        }
    }
  }

  /// Table 10.
  void mask(int which) {
    const auto inverts = [which](int x, int y) {
      switch (which) {
        case 0:
          return (x + y) % 2 == 0;
        case 1:
          return y % 2 == 0;
        case 2:
          return x % 3 == 0;
        case 3:
          return (x + y) % 3 == 0;
        case 4:
          return (x / 3 + y / 2) % 2 == 0;
        case 5:
          return x * y % 2 + x * y % 3 == 0;
        case 6:
          return (x * y % 2 + x * y % 3) % 2 == 0;
        default:
          return ((x + y) % 2 + x * y % 3) % 2 == 0;
      }
    };
    for (int y = 0; y < size_; ++y)
      for (int x = 0; x < size_; ++x)
        if (!fixed_[cell(x, y)] && inverts(x, y)) dark_[cell(x, y)] = !dark_[cell(x, y)];
    format(which);
  }

  /// How hard it is to read (7.8.3).
  [[nodiscard]] int penalty() const {
    int out = 0, black = 0;
    for (int turned = 0; turned < 2; ++turned)
      for (int line = 0; line < size_; ++line) {
        int run = 0;
        unsigned last = 0;
        for (int i = 0; i < size_; ++i) {
          const bool here = seen(i, line, turned != 0);
          run = i > 0 && here == seen(i - 1, line, turned != 0) ? run + 1 : 1;
          out += run == 5 ? 3 : run > 5 ? 1 : 0;
          last = ((last << 1) | (here ? 1U : 0U)) & 0x7FFU;
          if (i >= 10 && (last == 0x05DU || last == 0x5D0U)) out += 40;
          if (turned == 0 && here) ++black;
        }
      }
    for (int y = 0; y + 1 < size_; ++y)
      for (int x = 0; x + 1 < size_; ++x) {
        const bool first = dark_[cell(x, y)];
        if (first == dark_[cell(x + 1, y)] && first == dark_[cell(x, y + 1)] && first == dark_[cell(x + 1, y + 1)])
          out += 3;
      }
    const int percent = black * 100 / (size_ * size_);
    return out + std::abs(percent - 50) / 5 * 10;
  }

  [[nodiscard]] qr_code result() const { return {size_, dark_}; }

private:
  [[nodiscard]] std::size_t cells() const { return static_cast<std::size_t>(size_) * static_cast<std::size_t>(size_); }
  [[nodiscard]] std::size_t cell(int x, int y) const { return static_cast<std::size_t>(y * size_ + x); }
  [[nodiscard]] bool seen(int i, int line, bool turned) const { return dark_[turned ? cell(line, i) : cell(i, line)]; }
  void fix(int x, int y, bool dark) {
    if (x < 0 || y < 0 || x >= size_ || y >= size_) return;
    dark_[cell(x, y)] = dark;
    fixed_[cell(x, y)] = true;
  }
  void finder(int x, int y) {
    for (int dy = -4; dy <= 4; ++dy)
      for (int dx = -4; dx <= 4; ++dx) {
        const int ring = std::max(std::abs(dx), std::abs(dy));
        fix(x + dx, y + dy, ring != 2 && ring != 4);
      }
  }
  void alignment_mark(int x, int y) {
    for (int dy = -2; dy <= 2; ++dy)
      for (int dx = -2; dx <= 2; ++dx) fix(x + dx, y + dy, std::max(std::abs(dx), std::abs(dy)) != 1);
  }
  /// Annex E.
  [[nodiscard]] std::vector<int> alignment() const {
    if (version_ == 1) return {};
    const int count = version_ / 7 + 2;
    const int step = (version_ * 4 + count * 2 + 1) / (count * 2 - 2) * 2;
    std::vector<int> out(static_cast<std::size_t>(count), 6);
    for (int i = count - 1, at = size_ - 7; i >= 1; --i, at -= step) out[static_cast<std::size_t>(i)] = at;
    return out;
  }
  /// 7.9; level M is 00.
  void format(int which) {
    int rest = which;
    for (int i = 0; i < 10; ++i) rest = (rest << 1) ^ ((rest >> 9) * 0x537);
    const int bits = (which << 10 | rest) ^ 0x5412;
    const auto bit = [bits](int i) { return ((bits >> i) & 1) != 0; };
    for (int i = 0; i <= 5; ++i) fix(8, i, bit(i));
    fix(8, 7, bit(6));
    fix(8, 8, bit(7));
    fix(7, 8, bit(8));
    for (int i = 9; i < 15; ++i) fix(14 - i, 8, bit(i));
    for (int i = 0; i < 8; ++i) fix(size_ - 1 - i, 8, bit(i));
    for (int i = 8; i < 15; ++i) fix(8, size_ - 15 + i, bit(i));
    fix(8, size_ - 8, true);
  }
  /// 7.10
  void version_information() {
    if (version_ < 7) return;
    int rest = version_;
    for (int i = 0; i < 12; ++i) rest = (rest << 1) ^ ((rest >> 11) * 0x1F25);
    const int bits = version_ << 12 | rest;
    for (int i = 0; i < 18; ++i) {
      const bool dark = ((bits >> i) & 1) != 0;
      fix(size_ - 11 + i % 3, i / 3, dark);
      fix(i / 3, size_ - 11 + i % 3, dark);
    }
  }

  int version_, size_;
  std::vector<bool> dark_, fixed_;
};

}  // namespace

qr_code make_qr_code(std::string_view text, int mask) {
  constexpr int largest = static_cast<int>(block_count.size()) - 1;
  const auto fits = [&](int version) {
    return text.size() * 8 + (version < 10 ? 12 : 20) <= static_cast<std::size_t>(data_octets(version)) * 8;
  };
  int version = 1;
  while (version <= largest && !fits(version)) ++version;
  if (text.empty() || version > largest) return {};
  drawing plain(version);
  plain.patterns();
  plain.place(interleaved(data_of(text, version), version));
  qr_code best;
  int least = 0;
  for (int which = 0; which < 8; ++which) {
    if (mask >= 0 && which != mask) continue;
    auto tried = plain;
    tried.mask(which);
    const int penalty = tried.penalty();
    if (best.size != 0 && penalty >= least) continue;
    least = penalty;
    best = tried.result();
  }
  return best;
}

}  // namespace keycare::renewal
