// renewal_kit.cpp - see renewal_kit.hpp.
#include "renewal_kit.hpp"

#include <QLineEdit>

namespace keycare::renewal_pages {

namespace cast = demo::cast;

clerk::clerk(window::stage_options how) : stage(how), language(how.language) {
  sit_down();
}

void clerk::sit_down() {
  page = stage.page("renewal", "renewal");
}

void clerk::picture(const char* state) {
  window::picture(page,
                  QStringLiteral("renewal-%1-%2").arg(QString::fromUtf8(state), QString::fromStdString(language)));
}

void clerk::submit() {
  stage.prompt().will_type(cast::pin);
  press("submit");
  find("orderNumber");
}

void clerk::provider_is_paid() {
  const auto payments = order().value("payments", nlohmann::json::array());
  ASSERT_FALSE(payments.empty());
  stage.desk("pay", {{"payment", payments.front().at("uuid")}});
}

void clerk::review(const nlohmann::json& decision) {
  auto body = decision;
  body["uuid"] = order().at("uuid");
  stage.desk("review", body);
}

nlohmann::json clerk::ask_core(const std::string& command, const std::string& input) {
  auto* session = stage.client().find("renewal");
  if (session == nullptr) return {};
  const auto reply = session->run({.name = command, .input = input, .language = language, .progress = {}});
  if (!reply) {
    ADD_FAILURE() << command << ": " << reply.error().code;
    return {};
  }
  return nlohmann::json::parse(*reply).at("data");
}

QStringList clerk::typed() const {
  QStringList out;
  for (const auto* line : page->findChildren<QLineEdit*>())
    if (!line->text().isEmpty()) out += line->objectName() + ": " + line->text();
  return out;
}

nlohmann::json clerk::order() {
  nlohmann::json newest;
  const auto data = ask_core("orders", "{}");
  for (const auto& one : data.value("orders", nlohmann::json::array()))
    if (newest.is_null() || one.at("open") == true) newest = one;
  return newest;
}

bool clerk::stands(const char* state) {
  return window::wait_until([&] { return order().value("state", "") == state; });
}

}  // namespace keycare::renewal_pages
