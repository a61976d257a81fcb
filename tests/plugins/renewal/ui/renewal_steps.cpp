// renewal_steps.cpp - see renewal_steps.hpp.
#include "renewal_steps.hpp"

#include "host-stub/demo/cast.hpp"

#include <gtest/gtest.h>

#include <QCheckBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScrollBar>

namespace keycare::renewal_pages {

namespace cast = demo::cast;

void steps::to_agreement() {
  press("applyForRenewal");
  find("agreementText");
}

void steps::accept_agreement() {
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

void steps::fill_form() {
  type("id_number", window::text_of(cast::id_number));
  auto* name = find<QLineEdit>("name");
  auto* address = find<QLineEdit>("address");
  ASSERT_TRUE(name != nullptr && address != nullptr);
  name->setText(window::text_of(cast::clerk));  // an input method's work
  QTest::keyClicks(name, " ");
  address->setText(window::text_of(cast::address));
  type("phone", window::text_of(cast::phone));
  type("email", window::text_of(cast::email));
}

void steps::tick_bids() {
  auto* box = find<QCheckBox>("acknowledgeBids");
  ASSERT_NE(box, nullptr);
  EXPECT_FALSE(box->isChecked());
  QTest::mouseClick(box, Qt::LeftButton, {}, QPoint(8, box->height() / 2));
}

void steps::to_payment_page() {
  press("mainAct");
  choose_online();
}

void steps::choose_online() {
  find("payOnline");
  press("next");
  find("method-wechat");
}

void steps::fill_invoice() {
  find<QLineEdit>("title")->setText(QString::fromUtf8("广州示例电子有限公司"));
  type("taxpayer_number", QString::fromUtf8("91350100M000100Y43"));
  type("email", QString::fromUtf8("zhangsan@example.com"));
}

void steps::to_open_payment() {
  to_payment_page();
  fill_invoice();
  press("submitPayment");
  find("payCode");
}

}  // namespace keycare::renewal_pages
