// registry.cpp - asking every library, and finding the one that holds a token.
#include "host-stub/services/token/registry.hpp"

#include "host-stub/services/crypto/certificate.hpp"
#include "host-stub/services/token/pkcs11/library.hpp"
#include "host-stub/services/token/skf/library.hpp"
#include "keycare/sdk/json.hpp"

#include <algorithm>
#include <condition_variable>
#include <thread>

namespace keycare::services {

namespace {

nlohmann::json said(const error& why) {
  return {{"code", why.code}, {"native", why.native}, {"args", why.args}};
}

bool stop_here(const error& why) {
  return why.status == KC_E_CANCELLED || why.status == KC_E_TIMEOUT;
}

/// Two devices of one library call themselves the same: neither is picked, because the other one may be meant.
error ambiguous(const token_ref& token) {
  return fail_with(KC_E_CONFLICT, "KC-TOKEN-AMBIGUOUS", {{"serial", token.serial}});
}

}  // namespace

result<void> told_apart(const std::vector<token_info>& there) {
  for (std::size_t at = 0; at < there.size(); ++at)
    if (std::any_of(there.begin(), there.begin() + static_cast<std::ptrdiff_t>(at),
                    [&](const token_info& one) { return one.token == there[at].token; }))
      return ambiguous(there[at].token);
  return {};
}

namespace {

/// Two libraries may show one device; the first that was configured answers for it. Two of one library are twins.
void drop_shown_before(std::vector<token_info>& there, const std::vector<token_info>& shown) {
  std::erase_if(there, [&](const token_info& one) {
    return std::any_of(shown.begin(), shown.end(), [&](const token_info& before) { return before.token == one.token; });
  });
}

certificate_info placed(certificate_info parsed, const token_ref& token, const found_certificate& found) {
  parsed.usage = static_cast<std::uint32_t>(found.place.usage);
  const bool is_there = !found.public_key.empty() && found.public_key == parsed.public_key;
  parsed.private_key = is_there ? KC_KEY_PRESENT : found.key_known ? KC_KEY_ABSENT : KC_KEY_UNKNOWN;
  parsed.token = token;
  parsed.application = found.place.application;
  parsed.container = found.place.container;
  parsed.pin = found.pin;
  return parsed;
}

}  // namespace

/// An event thread's share: it may be left behind in the library, so it owns what it touches.
struct token_registry::watcher {
  std::shared_ptr<module_slot> slot;
  std::function<void()> changed;
  std::mutex mutex;
  std::condition_variable wake;
  bool stopping = false;
  bool ended = false;
  std::thread thread;

  void run() {
    for (int failures = 0; failures < 5;) {
      const auto seen = slot->module->wait_event();
      std::unique_lock lock(mutex);
      if (stopping || (!seen && seen.error().status == KC_E_UNSUPPORTED)) break;
      if (seen) {
        failures = 0;
        changed();  // Under the lock: after stop() nobody is called.
      } else {
        ++failures;  // A library that fails at once must not be asked in a circle.
        wake.wait_for(lock, std::chrono::seconds(1), [&] { return stopping; });
      }
    }
    const std::lock_guard lock(mutex);
    ended = true;
    wake.notify_all();
  }
  void stop() {
    std::unique_lock lock(mutex);
    stopping = true;
    wake.notify_all();
    // The library may be just about to wait: cancel until it went, and leave it behind when it does not go.
    for (int i = 0; i < 40 && !ended; ++i) {
      lock.unlock();
      slot->module->cancel_wait();
      lock.lock();
      wake.wait_for(lock, std::chrono::milliseconds(50), [&] { return ended; });
    }
    const bool came_back = ended;
    lock.unlock();
    if (came_back)
      thread.join();
    else
      thread.detach();
  }
};

token_registry::token_registry(const time_source& time, log_sink& log, std::filesystem::path lock_folder)
    : time_(time), log_(log), lock_folder_(std::move(lock_folder)) {}

token_registry::~token_registry() {
  stop_watching();
  // Logins are given back before whoever ends the client goes on: a module's worker may outlive this by its last job.
  for (const auto& one : slots()) one->worker.settle();
}

void token_registry::stop_watching() {
  for (const auto& one : watchers_) one->stop();
  watchers_.clear();
}

void token_registry::load(const std::vector<skf_config>& libraries, const std::filesystem::path& remembered) {
  for (const auto& library : libraries)
    add_or_refuse({library.name, "skf", library.path, {}, {}}, skf::load(library, remembered));
}

void token_registry::load(const std::vector<pkcs11_config>& libraries, const std::filesystem::path& remembered) {
  for (const auto& library : libraries)
    add_or_refuse({library.name, "pkcs11", library.path, {}, {}}, pkcs11::load(library, remembered));
}

void token_registry::add_or_refuse(driver about, result<std::shared_ptr<token_module>> loaded) {
  if (loaded) {
    add(*loaded);
    // On its worker, as every call: a library that hangs here is set aside.
    if (auto words = slots().back()->worker.run<std::string>(nullptr, patience::usual, device_effect::reads,
                                                             [module = *loaded] { return module->description(); }))
      about.description = *std::move(words);
  } else {
    auto fields = said(loaded.error());
    fields["module"] = about.name;
    log_.write(log_level::error, "host", "token.module-refused", fields);
    refused_.push_back({about.name, loaded.error()});
    about.refused = loaded.error();
  }
  drivers_.push_back(std::move(about));
}

error token_registry::about_driver(std::string code, const refused_module& one) {
  return fail_with(KC_E_TOKEN_REMOVED, std::move(code), {{"module", one.name.substr(0, 64)}, {"why", one.why.code}});
}

void token_registry::add(std::shared_ptr<token_module> module) {
  const std::lock_guard lock(mutex_);
  slots_.push_back(std::make_shared<module_slot>(std::move(module), time_));
}

void token_registry::watch(std::function<void()> changed) {
  for (const auto& slot : slots()) {
    auto one = std::make_shared<watcher>();
    one->slot = slot;
    one->changed = changed;
    watchers_.push_back(one);
    one->thread = std::thread([one] { one->run(); });
  }
}

std::vector<std::shared_ptr<module_slot>> token_registry::slots() const {
  const std::lock_guard lock(mutex_);
  return slots_;
}

void token_registry::note(const module_slot& slot, const std::vector<error>& left_out) {
  for (const auto& why : left_out) {
    auto fields = said(why);
    fields["module"] = slot.module->name();
    log_.write(log_level::warning, "host", "token.left-out", fields);
  }
}

result<std::vector<token_info>> token_registry::ask(const kc_call* call, const std::shared_ptr<module_slot>& slot) {
  auto found = slot->worker.run<listing<token_info>>(call, patience::usual, device_effect::reads,
                                                     [module = slot->module] { return module->tokens(); });
  if (!found) return found.error();
  note(*slot, found->left_out);
  const std::lock_guard lock(slot->mutex);
  slot->last = found->items;
  return std::move(found->items);
}

result<std::vector<token_info>> token_registry::tokens(const kc_call* call) {
  std::vector<token_info> out;
  for (const auto& slot : slots()) {
    auto found = ask(call, slot);
    if (found) {
      drop_shown_before(*found, out);
      std::move(found->begin(), found->end(), std::back_inserter(out));
      continue;
    }
    if (stop_here(found.error())) return found.error();
    note(*slot, {found.error()});
    if (found.error().status != KC_E_TOKEN_BUSY) continue;
    const std::lock_guard lock(slot->mutex);
    for (auto token : slot->last) {
      token.flags |= KC_TOKEN_BUSY;
      out.push_back(std::move(token));
    }
  }
  return out;
}

result<std::shared_ptr<module_slot>> token_registry::holder(const kc_call* call, const token_ref& token) {
  const auto is_it = [&](const token_info& one) { return one.token == token; };
  bool busy = false;
  for (const auto& slot : slots()) {
    const auto found = ask(call, slot);
    const auto same = found ? std::count_if(found->begin(), found->end(), is_it) : 0;
    if (same > 1) return ambiguous(token);
    if (same == 1) return slot;
    if (found) continue;
    if (stop_here(found.error())) return found.error();
    const std::lock_guard lock(slot->mutex);
    busy = busy || std::any_of(slot->last.begin(), slot->last.end(), is_it);
  }
  return busy ? fail(KC_E_TOKEN_BUSY, "KC-TOKEN-BUSY") : fail(KC_E_NOT_FOUND, "KC-TOKEN-NOT-FOUND");
}

result<std::vector<certificate_info>> token_registry::read_certificates(const kc_call* call,
                                                                        const std::shared_ptr<module_slot>& slot,
                                                                        const token_ref& token) {
  auto found = slot->worker.run<listing<found_certificate>>(
      call, patience::usual, device_effect::reads,
      [module = slot->module, token] { return module->certificates(token); });
  if (!found) return found.error();
  std::vector<certificate_info> out;
  for (const auto& one : found->items) {
    auto parsed = parse_certificate(one.der);
    if (parsed)
      out.push_back(placed(std::move(*parsed), token, one));
    else
      found->left_out.push_back(parsed.error());
  }
  note(*slot, found->left_out);
  return out;
}

result<std::vector<certificate_info>> token_registry::certificates(const kc_call* call,
                                                                   const std::optional<token_ref>& token) {
  if (token) {
    const auto slot = holder(call, *token);
    if (!slot) return slot.error();
    return read_certificates(call, *slot, *token);
  }
  std::vector<certificate_info> out;
  std::vector<token_info> shown;
  result<void> apart;
  result<void> read;  // Or the first library or token that could not be.
  for (const auto& slot : slots()) {
    auto there = ask(call, slot);
    if (!there && stop_here(there.error())) return there.error();
    if (!there) {
      note(*slot, {there.error()});
      if (read) read = there.error();
      continue;
    }
    drop_shown_before(*there, shown);
    shown.insert(shown.end(), there->begin(), there->end());
    if (apart) apart = told_apart(*there);
    for (const auto& one : *there) {
      const auto same = std::count_if(there->begin(), there->end(),
                                      [&](const token_info& other) { return other.token == one.token; });
      if (same > 1) continue;
      auto certificates = read_certificates(call, slot, one.token);
      if (certificates)
        std::move(certificates->begin(), certificates->end(), std::back_inserter(out));
      else if (stop_here(certificates.error()))
        return certificates.error();
      else
        note(*slot, {certificates.error()});
      if (read && !certificates) read = certificates.error();
    }
  }
  // Hidden certificates would look like none.
  if (out.empty() && !apart) return apart.error();
  if (out.empty() && !read) return read.error();
  // "No certificate" would send people to look for a token that is in its place.
  if (shown.empty() && !refused_.empty()) return about_driver("KC-TOKEN-NONE-DRIVER", refused_.front());
  return out;
}

result<certificate_info> token_registry::find(const kc_call* call, const token_ref& token, const digest& sha256) {
  auto all = certificates(call, token);
  if (!all) return all.error();
  for (auto& one : *all)
    if (one.sha256 == sha256) return std::move(one);
  return fail(KC_E_NOT_FOUND, "KC-CERTIFICATE-NOT-FOUND");
}

result<std::vector<found_file>> token_registry::files(const kc_call* call, const token_ref& token) {
  const auto slot = holder(call, token);
  if (!slot) return slot.error();
  auto found = (*slot)->worker.run<listing<found_file>>(
      call, patience::usual, device_effect::reads, [module = (*slot)->module, token] { return module->files(token); });
  if (!found) return found.error();
  note(**slot, found->left_out);
  return std::move(found->items);
}

result<octets> token_registry::read_file(const kc_call* call, const token_ref& token, const std::string& application,
                                         const std::string& name) {
  const auto slot = holder(call, token);
  if (!slot) return slot.error();
  return (*slot)->worker.run<octets>(
      call, patience::usual, device_effect::reads,
      [module = (*slot)->module, token, application, name] { return module->read_file(token, application, name); });
}

result<token_info> token_registry::describe(const kc_call* call, const token_ref& token) {
  const auto slot = holder(call, token);
  if (!slot) return slot.error();
  const std::lock_guard lock((*slot)->mutex);
  for (const auto& one : (*slot)->last)
    if (one.token == token) return one;
  return fail(KC_E_NOT_FOUND, "KC-TOKEN-NOT-FOUND");
}

result<std::string> token_registry::first_application(const kc_call* call, const token_ref& token) {
  const auto slot = holder(call, token);
  if (!slot) return slot.error();
  auto names = (*slot)->worker.run<std::vector<std::string>>(
      call, patience::usual, device_effect::reads,
      [module = (*slot)->module, token] { return module->applications(token); });
  if (!names) return names.error();
  if (names->empty()) return fail(KC_E_NOT_FOUND, "KC-TOKEN-NOT-FOUND");
  return names->front();
}

result<token_device> token_registry::open(const kc_call* call, const token_ref& token) {
  const auto slot = holder(call, token);
  if (!slot) return slot.error();
  // The job wraps the session at once, so that an abandoned one is closed on the worker as well.
  using wrapped = std::shared_ptr<token_session>;
  auto opened = (*slot)->worker.run<wrapped>(
      call, patience::usual, device_effect::reads, [slot = *slot, token]() -> result<wrapped> {
        auto session = slot->module->open(token);
        if (!session) return session.error();
        return wrapped(session->release(), [slot](token_session* old) { slot->worker.post([old] { delete old; }); });
      });
  if (!opened) return opened.error();
  return token_device{*slot, std::move(*opened), token};
}

}  // namespace keycare::services
