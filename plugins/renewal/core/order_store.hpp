// order_store.hpp - the plugin's records in keycare.store/1: orders, and the documents that were shown.
#pragma once

#include "keycare/sdk/services.hpp"
#include "plugins/renewal/core/order_record.hpp"

#include <optional>
#include <set>

namespace keycare::renewal {

/// A record with the version under which it may be written.
struct held_order {
  order_record record;
  std::uint64_t version = 0;
  int place = 0;       ///< 0, or its place beside as many records of the order that cannot be read.
  std::string stored;  ///< The octets under that version: the same are not written twice.
};

/// A record that cannot be read is never written either. An order that the RA and the token still know can be fetched
/// again (command orders, remote); then it stands beside the old record, under a name of its own.
class order_store {
public:
  explicit order_store(store_client store) : store_(store) {}

  /// As it stands in the store, for looking: KC-RENEWAL-ORDER-NOT-FOUND and the codes of read_record. [any-thread]
  [[nodiscard]] result<held_order> peek(const std::string& uuid) const;
  /// An empty one for an order that no record that can be read is about, in a place of its own. [worker-thread]
  [[nodiscard]] result<held_order> beside(const std::string& uuid) const;
  /// For going on, under the lock: the first time in this process the record falls back to its last stable stage
  /// (renewal-order, rule 8). The codes of peek(). [worker-thread]
  [[nodiscard]] result<held_order> load(const std::string& uuid);
  /// The same for one that was found without the lock: it is only read again if somebody has written it since.
  [[nodiscard]] result<held_order> load(held_order found);
  /// One durable commit, if anything has changed. KC-RENEWAL-BUSY when another process wrote it meanwhile.
  /// [worker-thread]
  [[nodiscard]] result<void> save(held_order& order);

  /// Every order, for looking. [any-thread]
  struct listing {
    std::vector<held_order> orders;          ///< Newest first.
    std::vector<keycare::error> unreadable;  ///< With "order" in args.
  };
  [[nodiscard]] result<listing> all() const;
  /// The newest that is not closed, for an old certificate. A record that cannot be read may be this certificate's;
  /// then the RA knows. [any-thread]
  [[nodiscard]] result<std::optional<held_order>> open_one(std::string_view certificate_sha256) const;

  /// One at a time for each old certificate, in all processes. KC-RENEWAL-BUSY. [worker-thread]
  [[nodiscard]] result<store_client::held> lock(std::string_view certificate_sha256) const;

  /// Keeps a document as it was shown: {role, id, version, language, sha256, text, shown_at}. [worker-thread]
  [[nodiscard]] result<void> keep_shown(const json& document) const;
  /// The document with this hash. KC-RENEWAL-NOT-SHOWN. [any-thread]
  [[nodiscard]] result<json> shown(std::string_view sha256) const;

private:
  [[nodiscard]] result<held_order> read(int place, const std::string& uuid) const;

  store_client store_;
  std::set<std::string> seen_;  ///< Orders that this process has loaded or made.
};

}  // namespace keycare::renewal
