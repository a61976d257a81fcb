// fake_token.hpp - a token that outlives processes, and the signing, keys, crypto and shell services over it, in
// memory. CMS is JSON {signer, statement}: a test reads what it wants.
#pragma once

#include "../fake_services.hpp"
#include "fake_documents.hpp"
#include "keycare/sdk/statement.hpp"

#include <set>

namespace keycare::fakes {

struct fake_box {
  std::string key;          ///< empty: no pair
  std::string certificate;  ///< DER of the signing certificate
};

/// The device. It outlives processes, and forgets nothing when one dies.
struct fake_device {
  token_ref ref{"Maker", "A1"};
  bool plugged = true;
  bool locked = false;
  int remaining = 10;
  std::size_t room = 8;  ///< containers
  std::map<std::string, fake_box> boxes{{"OLD", {"old-key", fake_certificate{}.der()}}};
  int keys_made = 0;
  int prompts = 0;                       ///< how often a PIN was asked for, in all lives
  bool refuse_pin = false;               ///< the user presses 取消
  std::vector<std::string> statements;   ///< types, as they were signed
  std::vector<std::string> grants_seen;  ///< purposes, as they were opened
};

struct fake_grant {
  std::string purpose, order;
  std::vector<std::pair<std::string, std::string>> left;  ///< kind, object
  bool open = false;
};

struct fake_signing : kc_signing_service {
  fake_device& device;
  keycare::fakes::fate& fate;
  std::map<kc_grant, fake_grant> grants;
  kc_grant last = 0;
  bool end_all = false;  ///< every open grant has ended: time, removal

  fake_signing(fake_device& on, keycare::fakes::fate& by) : kc_signing_service{}, device(on), fate(by) {
    table = header<kc_signing_service>();
    host = this;
    prepare = [](const kc_signing_service* self, const kc_grant_request* request, kc_grant* out, kc_error*) {
      auto& me = of(self);
      *out = ++me.last;
      me.grants[*out] = {std::string(text(request->purpose)), std::string(text(request->order)), {}, false};
      return kc_status{KC_OK};
    };
    add = [](const kc_signing_service* self, kc_grant grant, const kc_operation* operation, kc_error*) {
      of(self).grants[grant].left.emplace_back(text(operation->kind), text(operation->object));
      return kc_status{KC_OK};
    };
    open = [](const kc_signing_service* self, const kc_call*, kc_grant grant, kc_error* why) {
      auto& me = of(self);
      me.fate.pass();
      ++me.device.prompts;
      if (!me.device.plugged) return answer(why, fail(KC_E_NOT_FOUND, "KC-TOKEN-NOT-THERE"));
      if (me.device.locked) return answer(why, fail(KC_E_PIN_LOCKED, "KC-PIN-LOCKED"));
      if (me.device.refuse_pin) return answer(why, fail(KC_E_CANCELLED, "KC-PIN-CANCELLED"));
      me.grants[grant].open = true;
      me.end_all = false;
      me.device.grants_seen.push_back(me.grants[grant].purpose);
      me.fate.pass();
      return kc_status{KC_OK};
    };
    sign = [](const kc_signing_service* self, const kc_call*, kc_grant grant, kc_str container, kc_bytes statement,
              kc_bytes_sink sink, void* context, kc_error* why) {
      auto& me = of(self);
      me.fate.pass();
      const auto doc = statement::read(text_of(bytes(statement)));
      if (!doc) return answer(why, doc.error());
      const auto type = (*doc)["type"].get<std::string>();
      const bool by_new = container.size != 0;
      if (auto ok = me.spend(grant, by_new ? KC_OP_SIGN_NEW : KC_OP_SIGN, type); !ok) return answer(why, ok);
      if ((*doc)["order"] != me.grants[grant].order) return answer(why, fail(KC_E_NO_PERMISSION, "KC-GRANT-ORDER"));
      const auto key = me.device.boxes[by_new ? std::string(text(container)) : "OLD"].key;
      me.device.statements.push_back(type);
      const auto cms = json{{"signer", key}, {"statement", text_of(bytes(statement))}}.dump();
      sink(context, bytes_of(cms).data(), cms.size());
      me.fate.pass();
      return kc_status{KC_OK};
    };
    close = [](const kc_signing_service* self, kc_grant grant) { of(self).grants.erase(grant); };
  }
  static fake_signing& of(const kc_signing_service* self) { return *static_cast<fake_signing*>(self->host); }

  result<void> spend(kc_grant grant, const char* kind, const std::string& object) {
    const auto it = grants.find(grant);
    if (end_all || it == grants.end() || !it->second.open) return fail(KC_E_GRANT_ENDED, "KC-GRANT-ENDED");
    if (!device.plugged) return fail(KC_E_TOKEN_REMOVED, "KC-TOKEN-REMOVED");
    auto& left = it->second.left;
    const auto found = std::find(left.begin(), left.end(), std::pair<std::string, std::string>(kind, object));
    if (found == left.end()) return fail(KC_E_NO_PERMISSION, "KC-GRANT-OPERATION");
    left.erase(found);
    return {};
  }
};

struct fake_keys : kc_keys_service {
  fake_device& device;
  fake_signing& signing;
  keycare::fakes::fate& fate;

  fake_keys(fake_device& on, fake_signing& by, keycare::fakes::fate& at)
      : kc_keys_service{}, device(on), signing(by), fate(at) {
    table = header<kc_keys_service>();
    host = this;
    inspect = [](const kc_keys_service* self, const kc_call*, const kc_token_ref*, const std::uint8_t*,
                 kc_str container, kc_container_sink sink, void* context, kc_error* why) {
      auto& me = of(self);
      if (!me.device.plugged) return answer(why, fail(KC_E_NOT_FOUND, "KC-TOKEN-NOT-THERE"));
      auto out = sized<kc_container_info>();
      octets key;
      digest certificate{};
      const auto it = me.device.boxes.find(std::string(text(container)));
      if (it != me.device.boxes.end()) {
        out.state = KC_CONTAINER_EMPTY;
        if (!it->second.key.empty()) {
          out.state = it->second.certificate.empty() ? KC_CONTAINER_PAIR : KC_CONTAINER_CERTIFIED;
          key = octets_of("SPKI:" + it->second.key);
          out.public_key = borrow(key);
        }
        if (!it->second.certificate.empty()) certificate = fake_hash(bytes_of(it->second.certificate));
        std::copy(certificate.begin(), certificate.end(), out.certificate_sha256);
      }
      sink(context, &out);
      return kc_status{KC_OK};
    };
    create = [](const kc_keys_service* self, const kc_call*, kc_grant grant, kc_str container, kc_error* why) {
      auto& me = of(self);
      me.fate.pass();
      const std::string name(text(container));
      if (auto ok = me.signing.spend(grant, KC_OP_CREATE, name); !ok) return answer(why, ok);
      if (const auto it = me.device.boxes.find(name); it != me.device.boxes.end() && !it->second.key.empty())
        return answer(why, fail(KC_E_CONFLICT, "KC-CONTAINER-NOT-EMPTY"));
      if (!me.device.boxes.contains(name) && me.device.boxes.size() >= me.device.room)
        return answer(why, fail(KC_E_TOKEN_FULL, "KC-TOKEN-FULL"));
      me.device.boxes.try_emplace(name);
      me.fate.pass();
      return kc_status{KC_OK};
    };
    generate = [](const kc_keys_service* self, const kc_call*, kc_grant grant, kc_str container, kc_str,
                  kc_bytes_sink sink, void* context, kc_error* why) {
      auto& me = of(self);
      me.fate.pass();
      const std::string name(text(container));
      if (auto ok = me.signing.spend(grant, KC_OP_GENERATE, name); !ok) return answer(why, ok);
      if (!me.device.boxes.contains(name)) return answer(why, fail(KC_E_NOT_FOUND, "KC-CONTAINER-NOT-FOUND"));
      auto& box = me.device.boxes[name];
      if (box.key.empty()) box.key = "key-" + std::to_string(++me.device.keys_made);
      const auto key = octets_of("SPKI:" + box.key);
      sink(context, key.data(), key.size());
      me.fate.pass();
      return kc_status{KC_OK};
    };
    request = [](const kc_keys_service* self, const kc_call*, kc_grant grant, kc_str container, kc_bytes_sink sink,
                 void* context, kc_error* why) {
      auto& me = of(self);
      me.fate.pass();
      const std::string name(text(container));
      if (auto ok = me.signing.spend(grant, KC_OP_REQUEST, name); !ok) return answer(why, ok);
      const auto csr = octets_of("CSR:" + me.device.boxes[name].key);
      sink(context, csr.data(), csr.size());
      me.fate.pass();
      return kc_status{KC_OK};
    };
    install = [](const kc_keys_service* self, const kc_call*, kc_grant grant, kc_str container, const kc_bundle* bundle,
                 kc_error* why) {
      auto& me = of(self);
      me.fate.pass();
      const std::string name(text(container));
      if (auto ok = me.signing.spend(grant, KC_OP_INSTALL, name); !ok) return answer(why, ok);
      const std::string der(text_of(bytes(bundle->signing_certificate)));
      auto& box = me.device.boxes[name];
      if (json::parse(der)["key"] != box.key) return answer(why, fail(KC_E_UNTRUSTED, "KC-KEYS-OTHER-KEY"));
      box.certificate = der;
      me.fate.pass();
      return kc_status{KC_OK};
    };
    prove = [](const kc_keys_service* self, const kc_call*, kc_grant grant, kc_str container, const kc_bundle* bundle,
               kc_error* why) {
      auto& me = of(self);
      me.fate.pass();
      const std::string name(text(container));
      if (auto ok = me.signing.spend(grant, KC_OP_PROVE, name); !ok) return answer(why, ok);
      if (me.device.boxes[name].certificate != text_of(bytes(bundle->signing_certificate)))
        return answer(why, fail(KC_E_DAMAGED, "KC-KEYS-READ-BACK"));
      me.fate.pass();
      return kc_status{KC_OK};
    };
    reap = [](const kc_keys_service* self, const kc_call*, kc_grant grant, kc_str container, kc_error* why) {
      auto& me = of(self);
      me.fate.pass();
      const std::string name(text(container));
      if (auto ok = me.signing.spend(grant, KC_OP_REAP, name); !ok) return answer(why, ok);
      const auto it = me.device.boxes.find(name);
      if (it != me.device.boxes.end() && !it->second.certificate.empty())
        return answer(why, fail(KC_E_CONFLICT, "KC-KEYS-CERTIFIED"));
      me.device.boxes.erase(name);
      me.fate.pass();
      return kc_status{KC_OK};
    };
  }
  static fake_keys& of(const kc_keys_service* self) { return *static_cast<fake_keys*>(self->host); }
};

struct fake_certifying_crypto : fake_crypto {
  fake_certifying_crypto() {
    sha256 = [](const kc_crypto_service*, kc_bytes data, std::uint8_t* out, kc_error*) {
      const auto hash = fake_hash(bytes(data));
      std::copy(hash.begin(), hash.end(), out);
      return kc_status{KC_OK};
    };
    parse_certificate = [](const kc_crypto_service*, kc_bytes der, kc_certificate_sink sink, void* context,
                           kc_error* why) {
      certificate_info parsed;
      try {
        parsed = parsed_certificate(text_of(bytes(der)));
      } catch (const json::exception&) {
        return answer(why, fail(KC_E_DAMAGED, "KC-CRYPTO-CERTIFICATE"));
      }
      const auto lent = parsed.lend();
      sink(context, &lent);
      return kc_status{KC_OK};
    };
    verify_certificate = [](const kc_crypto_service*, kc_str, kc_bytes der, kc_bytes, std::int64_t, kc_error* why) {
      const bool ours = json::parse(text_of(bytes(der)))["issuer"] == "the RA's CA";
      return answer(why, ours ? result<void>{} : result<void>(fail(KC_E_UNTRUSTED, "KC-CRYPTO-CHAIN")));
    };
    verify_signed = [](const kc_crypto_service*, kc_str, kc_str role, kc_bytes cms, kc_bytes_sink sink, void* context,
                       kc_error* why) {
      const auto prefix = std::string(text(role)) + ":";
      const auto content = text_of(bytes(cms));
      if (!content.starts_with(prefix)) return answer(why, fail(KC_E_UNTRUSTED, "KC-CRYPTO-SIGNER"));
      const auto inner = content.substr(prefix.size());
      sink(context, bytes_of(inner).data(), inner.size());
      return kc_status{KC_OK};
    };
  }
};

struct fake_shell : kc_shell_service {
  std::vector<std::string> opened, told;
  std::string channel = "cli";
  fake_shell() : kc_shell_service{} {
    table = header<kc_shell_service>();
    host = this;
    confirm = [](const kc_shell_service*, const kc_call*, kc_str, kc_str, std::int32_t* yes, kc_error*) {
      *yes = 1;
      return kc_status{KC_OK};
    };
    notify = [](const kc_shell_service* self, kc_str, kc_str message, kc_error*) {
      static_cast<fake_shell*>(self->host)->told.emplace_back(text(message));
      return kc_status{KC_OK};
    };
    open_url = [](const kc_shell_service* self, kc_str, kc_str url, kc_error*) {
      static_cast<fake_shell*>(self->host)->opened.emplace_back(text(url));
      return kc_status{KC_OK};
    };
    show_page = [](const kc_shell_service*, kc_str, kc_error*) { return kc_status{KC_E_UNSUPPORTED}; };
    client = [](const kc_shell_service* self, kc_client_sink sink, void* context, kc_error*) {
      auto out = sized<kc_client_info>();
      out.name = borrow("keycare-host");
      out.version = borrow("4.8.2");
      out.channel = borrow(static_cast<fake_shell*>(self->host)->channel);
      sink(context, &out);
      return kc_status{KC_OK};
    };
  }
};

/// The host with a token that signs.
struct fake_token_host : fake_host {
  fake_signing signing;
  fake_keys keys;
  fake_certifying_crypto certifying;
  fake_shell shell;
  decltype(kc_host::service) plain;

  fake_token_host(disk& on, fake_device& device) : fake_host(on), signing(device, fate), keys(device, signing, fate) {
    plain = service;
    service = [](const kc_host* self, const char* id, std::uint16_t minor, std::uint32_t size, const kc_table** out,
                 kc_error* why) {
      auto& me = *static_cast<fake_token_host*>(static_cast<fake_host*>(self->host));
      const std::string_view name(id);
      *out = name == KC_SIGNING_SERVICE  ? &me.signing.table
             : name == KC_KEYS_SERVICE   ? &me.keys.table
             : name == KC_CRYPTO_SERVICE ? &me.certifying.table
             : name == KC_SHELL_SERVICE  ? &me.shell.table
                                         : nullptr;
      return *out != nullptr ? kc_status{KC_OK} : me.plain(self, id, minor, size, out, why);
    };
  }
};

}  // namespace keycare::fakes
