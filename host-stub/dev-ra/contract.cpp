// contract.cpp - JSON Schema by valijson.
#include "contract.hpp"

#include <map>
#include <stdexcept>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

namespace keycare::dev_ra {

/// Made from plugin-api/ra/openapi.json by the build.
extern const unsigned char openapi_text[];
extern const std::size_t openapi_size;

struct contract::parts {
  nlohmann::json document;
  std::map<std::string, std::unique_ptr<valijson::Schema>> schemas;
};

contract::contract() : parts_(std::make_unique<parts>()) {
  parts_->document = nlohmann::json::parse(openapi_text, openapi_text + openapi_size);
}

contract::~contract() = default;

const nlohmann::json& contract::document() const {
  return parts_->document;
}

std::vector<std::string> contract::misfits(const std::string& name, const nlohmann::json& value) {
  auto& schema = parts_->schemas[name];
  if (!schema) {
    const auto& components = parts_->document.at("components");
    if (!components.at("schemas").contains(name)) throw std::logic_error("no schema " + name);
    const nlohmann::json root{{"$ref", "#/components/schemas/" + name}, {"components", components}};
    schema = std::make_unique<valijson::Schema>();
    valijson::SchemaParser().populateSchema(valijson::adapters::NlohmannJsonAdapter(root), *schema);
  }
  valijson::Validator validator(valijson::Validator::kStrongTypes);
  valijson::ValidationResults results;
  std::vector<std::string> reasons;
  if (validator.validate(*schema, valijson::adapters::NlohmannJsonAdapter(value), &results)) return reasons;
  for (const auto& error : results) {
    std::string path;
    for (const auto& step : error.context) path += step;
    reasons.push_back(path + ": " + error.description);
  }
  if (reasons.empty()) reasons.emplace_back("<root>: refused");
  return reasons;
}

}  // namespace keycare::dev_ra
