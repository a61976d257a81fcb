// renewal_kit.cpp - see renewal_kit.hpp.
#include "renewal_kit.hpp"

#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScrollBar>

namespace keycare::renewal_pages {

namespace cast = demo::cast;

clerk::clerk(window::stage_options how) : stage(how), language(how.language) {
  sit_down();
}

void clerk::sit_down() {
  page = stage.page("renewal", "renewal");
}

namespace {

QWidget* visible_child(QWidget* of, const char* name) {
  for (auto* one : of->findChildren<QWidget*>(name))
    if (one->isVisible()) return one;
  return nullptr;
}

}  // namespace

bool clerk::there(const char* name) const {
  return visible_child(page, name) != nullptr;
}

QWidget* clerk::find(const char* name) {
  QWidget* found = nullptr;
  EXPECT_TRUE(window::wait_until([&] { return (found = visible_child(page, name)) != nullptr; })) << name;
  return found;
}

void clerk::press(const char* name) {
  QWidget* found = nullptr;
  ASSERT_TRUE(window::wait_until([&] {
    found = visible_child(page, name);
    return found != nullptr && found->isEnabled();
  })) << name
      << " is not there or not enabled";
  window::click(found);
}

void clerk::press_notice(const char* zh_text) {
  QAbstractButton* found = nullptr;
  ASSERT_TRUE(window::wait_until([&] {
    auto* notice = visible_child(page, "notice");
    if (notice == nullptr) return false;
    for (auto* one : notice->findChildren<QAbstractButton*>())
      if (one->isVisible() && one->text() == QString::fromUtf8(zh_text)) found = one;
    return found != nullptr;
  })) << zh_text;
  window::click(found);
}

void clerk::type(const char* name, const QString& text) {
  auto* line = find<QLineEdit>(name);
  ASSERT_NE(line, nullptr);
  window::type(line, text);
}

bool clerk::sees_now(const QString& text) const {
  for (auto* one : page->findChildren<QWidget*>()) {
    if (!one->isVisible()) continue;
    QString has;
    if (const auto* label = qobject_cast<QLabel*>(one)) has = label->text();
    if (const auto* button = qobject_cast<QAbstractButton*>(one)) has = button->text();
    if (const auto* edit = qobject_cast<QPlainTextEdit*>(one)) has = edit->toPlainText();
    if (has.remove(QChar(0x200B)).contains(text)) return true;
  }
  return false;
}

bool clerk::sees(const QString& text) {
  return window::wait_until([&] { return sees_now(text); });
}

void clerk::picture(const char* state) {
  window::picture(page,
                  QStringLiteral("renewal-%1-%2").arg(QString::fromUtf8(state), QString::fromStdString(language)));
}

void clerk::to_agreement() {
  press("applyForRenewal");
  find("agreementText");
}

void clerk::accept_agreement() {
  for (const auto& [text, box] :
       {std::pair("agreementText", "acceptAgreement"), {"personalDataText", "acceptPersonalData"}}) {
    auto* edit = find<QPlainTextEdit>(text);
    ASSERT_NE(edit, nullptr);
    edit->setFocus();
    QTest::keyClick(edit, Qt::Key_End, Qt::ControlModifier);
    edit->verticalScrollBar()->setValue(edit->verticalScrollBar()->maximum());
    auto* tick = find<QCheckBox>(box);
    ASSERT_NE(tick, nullptr);
    EXPECT_FALSE(tick->isChecked()) << "nothing is ticked beforehand";
    ASSERT_TRUE(window::wait_until([&] { return tick->isEnabled(); })) << box;
    QTest::mouseClick(tick, Qt::LeftButton, {}, QPoint(8, tick->height() / 2));
    EXPECT_TRUE(tick->isChecked());
  }
  press("next");
  find("submit");
}

void clerk::fill_form() {
  const auto text = [](std::string_view from) {
    return QString::fromUtf8(from.data(), static_cast<qsizetype>(from.size()));
  };
  type("id_number", text(cast::id_number));
  find<QLineEdit>("name")->setText(text(cast::clerk));  // an input method's work
  QTest::keyClicks(find("name"), " ");
  find<QLineEdit>("address")->setText(text(cast::address));
  type("phone", text(cast::phone));
  type("email", text(cast::email));
}

void clerk::tick_bids() {
  auto* box = find<QCheckBox>("acknowledgeBids");
  ASSERT_NE(box, nullptr);
  EXPECT_FALSE(box->isChecked());
  QTest::mouseClick(box, Qt::LeftButton, {}, QPoint(8, box->height() / 2));
}

void clerk::submit() {
  stage.prompt().will_type(cast::pin);
  press("submit");
  find("orderNumber");
}

void clerk::to_payment_page() {
  press("mainAct");
  find("payOnline");
  press("next");
  find("method-wechat");
}

void clerk::to_open_payment() {
  to_payment_page();
  find<QLineEdit>("title")->setText(QString::fromUtf8("广州示例电子有限公司"));
  type("taxpayer_number", QString::fromUtf8("91350100M000100Y43"));
  type("email", QString::fromUtf8("zhangsan@example.com"));
  press("submitPayment");
  find("payCode");
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
