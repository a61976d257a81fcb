// books.hpp - the development RA's own database, read beside it: what it knows, and whether it is whole.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace keycare::e2e {

struct booked_order {
  std::string uuid;
  std::string state;
  int generation = 0;
};

struct booked_payment {
  std::string uuid;
  std::string state;     ///< As the RA has it.
  std::string provider;  ///< As the payment provider has it: "open", "paid", "closed" or "refunded".
  [[nodiscard]] bool kept() const { return state == "succeeded" && provider == "paid"; }
  [[nodiscard]] bool returned() const {
    return provider == "closed" || (state == "refunded" && provider == "refunded");
  }
};

/// Never writes: a log that a killed RA left behind is still there for the next one.
struct books {
  std::vector<booked_order> orders;      ///< Oldest first.
  std::vector<booked_payment> payments;  ///< Oldest first.
  /// @param ra the RA's folder. Fails the test when it cannot be read.
  [[nodiscard]] static books read(const std::filesystem::path& ra);
};

/// What SQLite's own checks say of the file and its references: "ok" when nothing is wrong.
[[nodiscard]] std::string database_health(const std::filesystem::path& ra);

}  // namespace keycare::e2e
