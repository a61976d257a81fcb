// objects.cpp - see objects.hpp.
#include "host-stub/services/token/pkcs11/objects.hpp"

#include "host-stub/services/crypto/public_key.hpp"
#include "host-stub/services/token/pkcs11/certificate_parts.hpp"
#include "host-stub/services/token/pkcs11/ckr.hpp"
#include "host-stub/services/token/pkcs11/names.hpp"
#include "keycare/sdk/json.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <map>
#include <nlohmann/json.hpp>

namespace keycare::services::pkcs11 {

namespace {

constexpr std::size_t max_certificate = 64 * 1024;
constexpr std::size_t max_modulus = 1024;
constexpr std::size_t max_exponent = 64;
constexpr std::size_t max_curve = 64;
constexpr std::size_t max_point = 160;
constexpr auto certificate_attributes = std::to_array<wanted>({{CKA_ID, max_id}, {CKA_VALUE, max_certificate}});
constexpr auto key_attributes = std::to_array<wanted>({{CKA_ID, max_id},
                                                       {CKA_KEY_TYPE, sizeof(ck_key_type_t)},
                                                       {CKA_MODULUS, max_modulus},
                                                       {CKA_PUBLIC_EXPONENT, max_exponent},
                                                       {CKA_EC_PARAMS, max_curve},
                                                       {CKA_EC_POINT, max_point}});

/// 1.2.840.10045.2.1 (RFC 5480)
constexpr auto ec_public = std::to_array<std::uint8_t>({0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01});

/// A DER value of at most 64 KiB.
octets der(std::uint8_t tag, octets_view content) {
  octets out{tag};
  const auto size = content.size();
  if (size >= 256) {
    out.push_back(0x82);
    out.push_back(static_cast<std::uint8_t>(size >> 8U));
  } else if (size >= 128) {
    out.push_back(0x81);
  }
  out.push_back(static_cast<std::uint8_t>(size & 0xFFU));
  out.insert(out.end(), content.begin(), content.end());
  return out;
}

result<std::optional<certificate_object>> read_certificate_object(calls& module, session_handle session,
                                                                  object_handle handle) {
  auto got = module.read(session, handle, certificate_attributes);
  if (!got) return got.error();
  auto& values = *got;
  if (!values[1] || values[1]->empty()) return damaged();
  certificate_object out{handle, values[0].value_or(octets{}), std::move(*values[1]), {}, false};
  // Without its parts it is listed all the same: whoever parses it says what is wrong with it.
  if (auto parts = parts_of_certificate(out.der)) {
    out.public_key = std::move(parts->public_key);
    out.exchanges = parts->exchanges;
  }
  return std::optional(std::move(out));
}

result<std::optional<key_object>> read_key(calls& module, session_handle session, object_handle handle) {
  auto got = module.read(session, handle, key_attributes);
  if (!got) return got.error();
  auto& values = *got;
  ck_key_type_t type = 0;
  if (!values[1] || values[1]->size() != sizeof type) return damaged();
  std::memcpy(&type, values[1]->data(), sizeof type);
  if (type != CKK_RSA && type != CKK_EC) return std::optional<key_object>();  // Nothing that we can use.
  key_object out{handle, values[0].value_or(octets{}), type == CKK_RSA, {}};
  if (out.is_rsa) {
    constexpr auto usual_exponent = std::to_array<std::uint8_t>({1, 0, 1});  // Private keys need not tell theirs.
    if (!values[2] || values[2]->empty()) return damaged();
    auto key = rsa_public_key(*values[2], values[3] && !values[3]->empty() ? octets_view(*values[3]) : usual_exponent);
    if (!key) return key.error();
    out.public_key = std::move(*key);
  } else if (values[4] && values[5]) {
    out.public_key = ec_public_key(*values[4], *values[5]);
  }
  return std::optional(std::move(out));
}

error about(const error& why, object_handle handle) {
  return fail_with(why.status, why.code, {{"what", "object " + std::to_string(handle)}}, why.native);
}

template <class Object, class Read>
result<void> read_all(calls& module, session_handle session, ck_object_class_t kind, const std::optional<octets>& id,
                      std::vector<Object>& into, std::vector<error>& left_out, Read read) {
  std::vector<attribute> which{number(CKA_CLASS, kind), flag(CKA_TOKEN, true)};
  if (id) which.push_back(data(CKA_ID, *id));
  const auto handles = module.find(session, which);
  if (!handles) return handles.error();
  for (const auto handle : *handles) {
    auto one = read(module, session, handle);
    if (one && *one)
      into.push_back(std::move(**one));
    else if (!one && one.error().status == KC_E_TOKEN_REMOVED)
      return one.error();
    else if (!one)
      left_out.push_back(about(one.error(), handle));
  }
  return {};
}

bool is_ec(const octets& public_key) {
  const auto head = public_key.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(public_key.size(), 24));
  return std::search(public_key.begin(), head, ec_public.begin(), ec_public.end()) != head;
}

}  // namespace

octets ec_public_key(octets_view params, octets_view point) {
  // OCTET STRING around 04 || x || y; a bare point begins with 04 as well, but then its length does not fit.
  if (point.size() > 2 && point[0] == 0x04) {
    std::size_t head = 2;
    std::size_t inner = point[1];
    if (inner == 0x81 && point.size() > 3) {
      head = 3;
      inner = point[2];
    }
    if (inner + head == point.size() && (point[head] == 0x04 || point[head] == 0x02 || point[head] == 0x03))
      point = point.subspan(head);
  }
  octets algorithm(ec_public.begin(), ec_public.end());
  algorithm.insert(algorithm.end(), params.begin(), params.end());
  octets bits{0};
  bits.insert(bits.end(), point.begin(), point.end());
  auto content = der(0x30, algorithm);
  const auto key = der(0x03, bits);
  content.insert(content.end(), key.begin(), key.end());
  auto out = der(0x30, content);
  if (!read_public_key(out)) return {};
  return out;
}

result<object_set> read_objects(calls& module, session_handle session, const std::optional<octets>& id) {
  object_set out;
  auto ok = read_all(module, session, CKO_CERTIFICATE, id, out.certificates, out.left_out, read_certificate_object);
  if (ok) ok = read_all(module, session, CKO_PUBLIC_KEY, id, out.public_keys, out.left_out, read_key);
  if (ok) ok = read_all(module, session, CKO_PRIVATE_KEY, id, out.private_keys, out.left_out, read_key);
  if (!ok) return ok.error();
  return out;
}

result<std::vector<certificate_object>> read_certificates(calls& module, session_handle session, const octets& id) {
  std::vector<certificate_object> out;
  std::vector<error> ignored;
  auto ok = read_all(module, session, CKO_CERTIFICATE, id, out, ignored, read_certificate_object);
  if (!ok) return ok.error();
  return out;
}

result<std::vector<key_object>> read_private_keys(calls& module, session_handle session) {
  std::vector<key_object> out;
  std::vector<error> ignored;
  if (auto ok = read_all(module, session, CKO_PRIVATE_KEY, {}, out, ignored, read_key); !ok) return ok.error();
  return out;
}

known_keys keys_of(const object_set& set) {
  known_keys out;
  std::multimap<octets, const octets*> ec_by_id;
  const auto remember = [&](const octets& id, const octets& key) {
    if (is_ec(key)) ec_by_id.emplace(id, &key);
  };
  for (const auto& one : set.public_keys) {
    if (!one.public_key.empty()) out.public_keys.insert(one.public_key);
    remember(one.id, one.public_key);
  }
  for (const auto& one : set.certificates) remember(one.id, one.public_key);
  for (const auto& one : set.private_keys) {
    if (!one.public_key.empty()) {
      out.private_keys.insert(one.public_key);
      continue;
    }
    const auto [first, last] = ec_by_id.equal_range(one.id);
    for (auto at = first; at != last; ++at) out.private_keys.insert(*at->second);
  }
  return out;
}

}  // namespace keycare::services::pkcs11
