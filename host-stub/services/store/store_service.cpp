// store_service.cpp - a plugin's own corner of the database, and its locks.
#include "host-stub/services/store/store_service.hpp"

#include "host-stub/services/store/name_lock.hpp"
#include "host-stub/services/threads.hpp"
#include "keycare/abi/store.h"
#include "keycare/sdk/host_side.hpp"

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>

namespace keycare::services {

namespace {

constexpr std::size_t most_locks = 64;
std::atomic<kc_lock> next_lock = 1;  // never used twice in one run, so that a stale number releases nothing

bool printable(std::string_view name, std::size_t most) {
  return name.size() <= most && std::all_of(name.begin(), name.end(), [](char c) { return c >= 0x20 && c <= 0x7e; });
}

class store_service final : public service {
public:
  store_service(database& records, std::filesystem::path locks, const plugin_identity& who)
      : records_(records), locks_(std::move(locks)), who_(who.id) {
    table_.table = {sizeof table_, 1, KC_STORE_MINOR};
    table_.host = this;
    table_.get = &get;
    table_.put_if = &put_if;
    table_.remove_if = &remove_if;
    table_.list = &list;
    table_.lock = &lock;
    table_.unlock = &unlock;
  }
  [[nodiscard]] const kc_table* table() const noexcept override { return &table_.table; }

private:
  result<void> check_key(const char* function, kc_str key) const {
    if (text(key).empty() || !printable(text(key), KC_STORE_MAX_KEY))
      return guilty_plugin(who_, function, "with a key that is not 1 to 200 printable ASCII characters");
    return {};
  }

  static kc_status get(const kc_store_service* self, kc_str key, kc_record_sink sink, void* context,
                       kc_error* why) noexcept {
    constexpr auto name = "keycare.store/1 get";
    return served<store_service>(self, name, why, [&](store_service& me) -> result<void> {
      if (sink == nullptr) return guilty_plugin(me.who_, name, "without a sink");
      if (auto good = me.check_key(name, key); !good) return good;
      const auto found = me.records_.read(me.who_, text(key));
      if (!found) return found.error();
      sink(context, found->version, found->value.bytes().data(), found->value.size());
      return {};
    });
  }

  static kc_status put_if(const kc_store_service* self, kc_str key, std::uint64_t version, kc_bytes data,
                          std::uint64_t* out, kc_error* why) noexcept {
    constexpr auto name = "keycare.store/1 put_if";
    return served<store_service>(self, name, why, [&](store_service& me) -> result<void> {
      if (auto right = require_action(); !right) return right;
      if (auto good = me.check_key(name, key); !good) return good;
      if (data.data == nullptr && data.size != 0) return guilty_plugin(me.who_, name, "with a size but no data");
      if (data.size > KC_STORE_MAX_VALUE) return fail(KC_E_TOO_LARGE, "KC-STORE-TOO-LARGE");
      const auto written = me.records_.write_if(me.who_, text(key), version, bytes(data));
      if (!written) return written.error();
      if (out != nullptr) *out = *written;
      return {};
    });
  }

  static kc_status remove_if(const kc_store_service* self, kc_str key, std::uint64_t version, kc_error* why) noexcept {
    constexpr auto name = "keycare.store/1 remove_if";
    return served<store_service>(self, name, why, [&](store_service& me) -> result<void> {
      if (auto right = require_action(); !right) return right;
      if (auto good = me.check_key(name, key); !good) return good;
      return me.records_.remove_if(me.who_, text(key), version);
    });
  }

  static kc_status list(const kc_store_service* self, kc_str prefix, kc_key_sink sink, void* context,
                        kc_error* why) noexcept {
    constexpr auto name = "keycare.store/1 list";
    return served<store_service>(self, name, why, [&](store_service& me) -> result<void> {
      if (sink == nullptr) return guilty_plugin(me.who_, name, "without a sink");
      if (!printable(text(prefix), KC_STORE_MAX_KEY))
        return guilty_plugin(me.who_, name, "with a prefix that is not printable ASCII");
      const auto found = me.records_.list(me.who_, text(prefix));
      if (!found) return found.error();
      // Only now, with no lock held: the sink may call back into the store.
      for (const auto& item : *found) sink(context, borrow(item.key), item.version);
      return {};
    });
  }

  static kc_status lock(const kc_store_service* self, kc_str name, kc_lock* out, kc_error* why) noexcept {
    constexpr auto function = "keycare.store/1 lock";
    return served<store_service>(self, function, why, [&](store_service& me) -> result<void> {
      if (auto right = require_action(); !right) return right;
      if (out == nullptr) return guilty_plugin(me.who_, function, "without a place for the lock");
      if (auto good = me.check_key(function, name); !good) return good;
      std::string full = me.who_;
      full.push_back('\0');
      full.append(text(name));
      const std::lock_guard guard(me.mutex_);
      if (me.held_.size() >= most_locks) return fail(KC_E_TOO_LARGE, "KC-STORE-LOCKS");
      auto taken = name_lock::take(me.locks_, full);
      if (!taken) return taken.error();
      const auto number = next_lock++;
      me.held_.emplace(number, *std::move(taken));
      *out = number;
      return {};
    });
  }

  static void unlock(const kc_store_service* self, kc_lock lock) noexcept {
    at_border_void([&] {
      if (self == nullptr || self->host == nullptr) return;
      auto& me = *static_cast<store_service*>(self->host);
      const std::lock_guard guard(me.mutex_);
      me.held_.erase(lock);
    });
  }

  database& records_;
  std::filesystem::path locks_;
  std::string who_;
  std::mutex mutex_;
  std::map<kc_lock, name_lock> held_;
  kc_store_service table_{};
};

}  // namespace

std::unique_ptr<service> make_store_service(database& records, std::filesystem::path locks,
                                            const plugin_identity& who) {
  return std::make_unique<store_service>(records, std::move(locks), who);
}

}  // namespace keycare::services
