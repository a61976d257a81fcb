// records_fuzz.cpp - the plugins' stored records, as the store gives them back.
#include "plugins/renewal/core/next_step.hpp"
#include "plugins/renewal/core/order_record.hpp"
#include "plugins/renewal/core/ra_order.hpp"
#include "plugins/unlock/core/record.hpp"
#include "promises.hpp"

using namespace keycare;

FUZZ(records) {
  const auto doc = nlohmann::json::parse(data.begin(), data.end(), nullptr, false);
  const auto uuid = doc.is_object() ? doc.value("uuid", nlohmann::json()) : nlohmann::json();
  const auto order = renewal::read_record(uuid.is_string() ? uuid.get<std::string>() : "", data);
  if (fuzz::good(order)) {
    const auto again = renewal::read_record(order->uuid, bytes_of(renewal::write_record(*order)));
    fuzz::must(again.ok() && *again == *order, "a record is written as it was read");
    const auto fallen = renewal::fallen_back(*order);
    fuzz::must(renewal::read_record(order->uuid, bytes_of(renewal::write_record(fallen))).ok(),
               "a record that fell back can be stored");
    (void)renewal::current_payment(order->order);
    (void)renewal::progress_of(order->at, renewal::state_of(order->order));
  }
  const auto unlock = unlock::read_record(text_of(data));
  if (fuzz::good(unlock)) {
    const auto text = unlock::write_record(*unlock);
    const auto again = unlock::read_record(text);
    fuzz::must(again.ok() && unlock::write_record(*again) == text, "a record is written as it was read");
  }
}
