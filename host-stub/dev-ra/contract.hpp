// contract.hpp - plugin-api/ra/openapi.json in the process: bodies are held against the very schemas that clients read.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace keycare::dev_ra {

class contract {
public:
  contract();
  ~contract();
  contract(const contract&) = delete;
  contract& operator=(const contract&) = delete;

  [[nodiscard]] const nlohmann::json& document() const;
  /// Why @p value does not fit the schema #/components/schemas/@p name, as "path: reason" each; empty when it fits.
  /// Throws std::logic_error when there is no such schema. Not for two threads at once.
  [[nodiscard]] std::vector<std::string> misfits(const std::string& name, const nlohmann::json& value);

private:
  struct parts;
  std::unique_ptr<parts> parts_;
};

}  // namespace keycare::dev_ra
