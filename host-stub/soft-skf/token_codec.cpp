// token_codec.cpp - the token file's format.
#include "token_codec.hpp"

#include <array>
#include <cstring>

namespace keycare::soft_skf {
namespace {

constexpr std::array<std::uint8_t, 8> magic = {'K', 'C', 'T', 'O', 'K', 'E', 'N', 0};
constexpr std::size_t header_octets = magic.size() + 4 + 4;
constexpr std::size_t digest_octets = 32;
constexpr std::size_t max_sealed = max_file_size + 64;

class writer {
public:
  template <class T>
  void number(T value) {
    for (std::size_t i = sizeof(T); i-- > 0;) out_.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
  }
  void octets(byte_view data) {
    number(static_cast<std::uint32_t>(data.size()));
    out_.insert(out_.end(), data.begin(), data.end());
  }
  void text(std::string_view data) { octets(view_of(data)); }
  void raw(byte_view data) { out_.insert(out_.end(), data.begin(), data.end()); }
  bytes take() { return std::move(out_); }
  [[nodiscard]] const bytes& so_far() const { return out_; }

private:
  bytes out_;
};

/// Reads within its bounds; after the first violation everything is empty and ok() false.
class reader {
public:
  explicit reader(byte_view in) : in_(in) {}
  template <class T>
  T number() {
    if (in_.size() < sizeof(T)) return fail(), T{};
    T value{};
    for (std::size_t i = 0; i < sizeof(T); ++i)
      value = static_cast<T>((static_cast<std::uint64_t>(value) << 8) | in_[i]);
    in_ = in_.subspan(sizeof(T));
    return value;
  }
  std::uint32_t bounded(std::size_t most) {
    auto value = number<std::uint32_t>();
    if (value > most) return fail(), 0;
    return value;
  }
  bytes octets(std::size_t most, std::size_t least = 0) {
    const std::size_t size = bounded(most);
    if (size < least || size > in_.size()) return fail(), bytes{};
    bytes out(in_.begin(), in_.begin() + static_cast<std::ptrdiff_t>(size));
    in_ = in_.subspan(size);
    return out;
  }
  std::string text(std::size_t most, std::size_t least = 1) {
    const bytes raw = octets(most, least);
    if (std::find(raw.begin(), raw.end(), 0) != raw.end()) fail();
    return {raw.begin(), raw.end()};
  }
  bool flag() {
    const auto value = number<std::uint8_t>();
    if (value > 1) fail();
    return value == 1;
  }
  void fail() {
    ok_ = false;
    in_ = {};
  }
  [[nodiscard]] bool ok() const { return ok_; }
  [[nodiscard]] bool at_end() const { return ok_ && in_.empty(); }

private:
  byte_view in_;
  bool ok_ = true;
};

void put(writer& out, const sealed_box& value) {
  out.octets(value.nonce);
  out.octets(value.box);
}

sealed_box get_sealed(reader& in, std::size_t most) {
  return {in.octets(12, 12), in.octets(most, 16)};
}

void put(writer& out, const pin_record& value) {
  out.number(value.limit);
  out.number(value.remaining);
  out.number(static_cast<std::uint8_t>(value.is_default));
  out.number(value.kdf.log2_n);
  out.number(value.kdf.r);
  out.number(value.kdf.p);
  out.octets(value.kdf.salt);
  put(out, value.wrapped_master);
}

pin_record get_pin(reader& in) {
  pin_record value;
  value.limit = in.bounded(max_tries);
  value.remaining = in.bounded(value.limit);
  value.is_default = in.flag();
  value.kdf.log2_n = in.number<std::uint8_t>();
  value.kdf.r = in.number<std::uint32_t>();
  value.kdf.p = in.number<std::uint32_t>();
  value.kdf.salt = in.octets(64, 16);
  value.wrapped_master = get_sealed(in, 64);
  // Hostile parameters must not eat the memory or the time of who opens the file: 64 MiB and p = 4 at most.
  if (value.limit == 0 || value.kdf.log2_n < 1 || value.kdf.log2_n > 16 || value.kdf.r < 1 || value.kdf.r > 8 ||
      value.kdf.p < 1 || value.kdf.p > 4) {
    in.fail();
  }
  return value;
}

void put(writer& out, const key_slot& value) {
  out.number(static_cast<std::uint8_t>(value.pair.has_value()));
  if (value.pair) {
    out.octets(value.pair->modulus);
    out.octets(value.pair->exponent);
    put(out, value.pair->private_key);
  }
  out.octets(value.certificate);
}

key_slot get_slot(reader& in) {
  key_slot value;
  if (in.flag()) {
    value.pair =
        key_pair{in.octets(rsa_octets, rsa_octets), in.octets(exponent_octets, exponent_octets), get_sealed(in, 4096)};
  }
  value.certificate = in.octets(max_certificate);
  return value;
}

void put(writer& out, const application& value) {
  out.text(value.name);
  out.number(value.create_file_rights);
  put(out, value.user);
  put(out, value.admin);
  out.number(static_cast<std::uint32_t>(value.containers.size()));
  for (const container& item : value.containers) {
    out.text(item.name);
    put(out, item.sign);
    put(out, item.exchange);
  }
  out.number(static_cast<std::uint32_t>(value.files.size()));
  for (const token_file& item : value.files) {
    const bool is_public = item.read_rights == SECURE_ANYONE_ACCOUNT;
    out.text(item.name);
    out.number(item.size);
    out.number(item.read_rights);
    out.number(item.write_rights);
    if (is_public) {
      out.octets(item.data);
    } else {
      put(out, item.private_data);
    }
  }
}

token_file get_file(reader& in) {
  token_file value;
  value.name = in.text(MAX_FILE_NAME_LEN);
  value.size = in.bounded(max_file_size);
  value.read_rights = in.number<std::uint32_t>();
  value.write_rights = in.number<std::uint32_t>();
  if (value.read_rights == SECURE_ANYONE_ACCOUNT) {
    value.data = in.octets(max_file_size);
    if (value.data.size() != value.size) in.fail();
  } else {
    value.private_data = get_sealed(in, max_sealed);
    if (in.ok() && value.private_data.box.size() != value.size + 16) in.fail();
  }
  return value;
}

application get_application(reader& in) {
  application value;
  value.name = in.text(max_application_name);
  value.create_file_rights = in.number<std::uint32_t>();
  value.user = get_pin(in);
  value.admin = get_pin(in);
  for (std::uint32_t n = in.bounded(max_containers_bound); n > 0 && in.ok(); --n) {
    container item;
    item.name = in.text(MAX_CONTAINER_NAME_LEN);
    item.sign = get_slot(in);
    item.exchange = get_slot(in);
    if (find_named(value.containers, item.name)) in.fail();
    value.containers.push_back(std::move(item));
  }
  for (std::uint32_t n = in.bounded(max_files); n > 0 && in.ok(); --n) value.files.push_back(get_file(in));
  return value;
}

}  // namespace

result<bytes> encode(const token& value) {
  writer body;
  body.text(value.serial);
  body.text(value.label);
  body.number(value.max_containers);
  body.number(value.generation);
  body.number(static_cast<std::uint32_t>(value.applications.size()));
  for (const application& item : value.applications) put(body, item);
  const std::size_t size = header_octets + body.so_far().size() + digest_octets;
  if (size > max_token_file) return sar(SAR_NO_ROOM);

  writer out;
  out.raw(magic);
  out.number(token_format_version);
  out.octets(body.so_far());
  auto digest = crypto::sha256(out.so_far());
  if (!digest) return digest.error();
  out.raw(*digest);
  return out.take();
}

result<token> decode(byte_view file) {
  if (file.size() < header_octets + digest_octets || file.size() > max_token_file) return sar(SAR_FILEERR);
  if (std::memcmp(file.data(), magic.data(), magic.size()) != 0) return sar(SAR_FILEERR);
  reader header(file.subspan(magic.size(), 8));
  const auto version = header.number<std::uint32_t>();
  const auto length = header.number<std::uint32_t>();
  // The version comes before the digest: a newer format may protect itself in another way.
  if (version > token_format_version) return sar(SAR_NOTSUPPORTYETERR);
  if (version == 0 || length != file.size() - header_octets - digest_octets) return sar(SAR_FILEERR);
  auto digest = crypto::sha256(file.first(file.size() - digest_octets));
  if (!digest) return digest.error();
  if (std::memcmp(digest->data(), file.last(digest_octets).data(), digest_octets) != 0) return sar(SAR_FILEERR);

  reader in(file.subspan(header_octets, length));
  token value;
  value.serial = in.text(31);
  value.label = in.text(max_label);
  value.max_containers = in.bounded(max_containers_bound);
  value.generation = in.number<std::uint64_t>();
  for (std::uint32_t n = in.bounded(max_applications); n > 0 && in.ok(); --n) {
    value.applications.push_back(get_application(in));
  }
  if (!in.at_end()) return sar(SAR_FILEERR);
  return value;
}

bytes associated_data(std::initializer_list<byte_view> fields) {
  writer out;
  for (byte_view field : fields) out.octets(field);
  return out.take();
}

}  // namespace keycare::soft_skf
