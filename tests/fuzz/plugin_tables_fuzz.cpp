// plugin_tables_fuzz.cpp - a plugin's tables as the host uses them, and a host's tables as a plugin does: of any size
// and version, with functions missing, items cut short, texts without an end.
#include "keycare/sdk/host_side.hpp"
#include "lent.hpp"
#include "promises.hpp"

using namespace keycare;

namespace {

fuzz::input* script = nullptr;
fuzz::lender* lend = nullptr;
int instances = 0;

kc_status code() {
  return script->pick(4) == 0 ? static_cast<kc_status>(script->number(1)) : kc_status{KC_OK};
}
/// An error whose texts may have no end.
void complain(kc_error* why) {
  if (why == nullptr || script->flag()) return;
  const auto octets = script->octets();
  if (octets.size() <= sizeof why->code + sizeof why->args) std::memcpy(why->code, octets.data(), octets.size());
}
/// A table of some version, size and functions. It lies in whole memory: only the size may lie.
template <class Table>
const kc_table* some(Table whole) {
  static Table kept;
  kept = whole;
  kept.table = {sizeof(Table), 1, 0};
  if (script->pick(4) == 0) kept.table.size = static_cast<std::uint32_t>(script->number(2));
  if (script->pick(8) == 0) kept.table.major = static_cast<std::uint16_t>(script->number(1));
  if (script->pick(4) == 0) {
    constexpr auto functions = (sizeof(Table) - sizeof(kc_table)) / sizeof(void*);
    std::memset(reinterpret_cast<char*>(&kept) + sizeof(kc_table) + script->pick(functions) * sizeof(void*), 0,
                sizeof(void*));
  }
  return script->pick(12) == 0 ? nullptr : &kept.table;
}

kc_status describe(kc_instance*, kc_str, kc_command_sink sink, void* context, kc_error* why) {
  for (auto more = script->pick(8); more > 0; --more) {
    auto full = sized<kc_command_info>();
    full.kind = static_cast<std::uint32_t>(script->number(1));
    full.name = lend->text();
    full.summary = lend->text();
    full.input_schema = lend->text();
    sink(context, lend->structure(full));
  }
  complain(why);
  return code();
}
kc_status invoke(kc_instance*, const kc_call*, kc_str, kc_bytes, kc_bytes_sink sink, void* context, kc_error* why) {
  for (auto more = script->pick(4); more > 0; --more) {
    const auto [data, size] = lend->span();
    sink(context, data, size);
  }
  complain(why);
  return code();
}
kc_status explain(kc_instance*, kc_str, const kc_error*, kc_bytes_sink sink, void* context) {
  const auto [data, size] = lend->span();
  sink(context, data, size);
  return code();
}
void listen(kc_instance*, kc_event_sink, void*) {}
void deliver(kc_instance*, const kc_call*, kc_str, kc_str) {}

kc_status create(const kc_host*, kc_instance** out, kc_error* why) {
  complain(why);
  if (script->pick(8) != 0) {
    *out = reinterpret_cast<kc_instance*>(std::uintptr_t{0x10});
    ++instances;
  }
  const auto status = code();
  if (status != KC_OK && *out != nullptr) --instances;  // a failed create keeps nothing
  return status;
}
void destroy(kc_instance*) {
  --instances;
}
kc_status extension(kc_instance*, const char*, std::uint16_t, std::uint32_t, const kc_table** out, kc_error* why) {
  *out = some(kc_command_extension{{}, describe, invoke, explain, listen, deliver});
  complain(why);
  return code();
}

std::int64_t now(const kc_clock_service*) {
  return 5;
}
kc_status certificates(const kc_token_service*, const kc_call*, const kc_token_ref*, kc_certificate_sink sink,
                       void* context, kc_error* why) {
  for (auto more = script->pick(4); more > 0; --more) {
    auto full = sized<kc_certificate_info>();
    full.subject = lend->text();
    full.der = lend->bytes();
    full.pin.size = static_cast<std::uint32_t>(script->number(1));
    full.pin.source = lend->text();
    sink(context, lend->structure(full));
  }
  complain(why);
  return code();
}

void use_plugin() {
  const kc_plugin plugin{{sizeof(kc_plugin), 1, 0}, borrow("fuzz"), borrow("1.0.0"), create, destroy, extension};
  const auto made = plugin_instance::create(&plugin, nullptr);
  if (!made) return fuzz::must(!made.error().code.empty(), "a refusal has a code");
  if (const auto commands = made->describe("zh-CN")) fuzz::must(commands->size() <= 256, "commands are bounded");
  const kc_call call{};
  if (const auto reply = made->invoke(call, "state", {})) fuzz::must(reply->size() <= 4U << 20U, "a reply is bounded");
  if (const auto text = made->explain("en", fail(KC_E_FAILED, "KC-X")))
    fuzz::must(text->size() <= 16 * 1024, "bounded");
}

void use_host() {
  kc_host host{};
  host.table = {sizeof host, 1, 0};
  host.service = [](const kc_host*, const char* id, std::uint16_t, std::uint32_t, const kc_table** out, kc_error* why) {
    *out = std::string_view(id) == KC_CLOCK_SERVICE
               ? some(kc_clock_service{
                     {},
                     nullptr,
                     now,
                     now,
                     [](const kc_clock_service*, std::int64_t) { return 0; },
                     [](const kc_clock_service*, kc_str, std::int64_t, kc_error*) { return kc_status{KC_OK}; },
                     [](const kc_clock_service*, kc_str) {}})
               : some(kc_token_service{{},
                                       nullptr,
                                       [](const kc_token_service*, const kc_call*, kc_token_sink, void*, kc_error*) {
                                         return kc_status{KC_OK};
                                       },
                                       certificates,
                                       [](const kc_token_service*, const kc_call*, const kc_token_ref*, kc_file_sink,
                                          void*, kc_error*) { return kc_status{KC_OK}; },
                                       [](const kc_token_service*, const kc_call*, const kc_token_ref*, kc_str, kc_str,
                                          kc_bytes_sink, void*, kc_error*) { return kc_status{KC_OK}; }});
    complain(why);
    return code();
  };
  host.misuse = [](const kc_host*, kc_str sentence) { fuzz::must(!text(sentence).empty(), "misuse is a sentence"); };
  const host_link link(&host);
  if (const auto clock = link.get<clock_client>()) {
    (void)clock->now();
    (void)clock->set_timer("x", 1);
  }
  const kc_call call{};
  if (const auto tokens = link.get<token_client>())
    if (const auto found = tokens->certificates(call))
      for (const auto& one : *found) fuzz::must(one.subject.size() < 1U << 20U, "bounded");
}

}  // namespace

FUZZ(plugin_tables) {
  fuzz::input in(data);
  fuzz::lender lender(in);
  script = &in;
  lend = &lender;
  instances = 0;
  if (in.flag())
    use_plugin();
  else
    use_host();
  fuzz::must(instances == 0, "what was created is destroyed");
  script = nullptr;
  lend = nullptr;
}
