// way_test.cpp - the whole way of the guide, from 申请续期 to 完成, by clicks and keys, on the real RA.
#include "renewal_kit.hpp"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace keycare::renewal_pages {
namespace {

namespace cast = demo::cast;

void the_whole_way(const std::string& language) {
  window::stage_options how;
  how.language = language;
  clerk user(how);
  const bool chinese = language != "en";
  EXPECT_TRUE(user.sees(chinese ? "申请续期" : "Apply for renewal"));
  user.picture("start");

  user.to_agreement();
  EXPECT_FALSE(user.find("next")->isEnabled()) << "both boxes are needed";
  user.picture("agreement");
  user.accept_agreement();
  EXPECT_TRUE(user.sees("200.00"));
  user.picture("form-empty");
  user.press("submit");
  EXPECT_TRUE(user.sees(chinese ? "此项必须填写" : "must be filled in"));
  EXPECT_TRUE(window::wait_until([&] { return user.find("id_number")->hasFocus(); })) << "the first wrong one";
  user.picture("form-wrong");

  user.fill_form();
  auto* months = user.find<QComboBox>("months");
  ASSERT_NE(months, nullptr);
  months->setFocus();
  QTest::keyClick(months, Qt::Key_End);
  EXPECT_TRUE(user.sees("1000.00")) << "60 months";
  user.press("submit");
  EXPECT_TRUE(window::wait_until([&] { return user.find("acknowledgeBids")->hasFocus(); })) << "the box is missing";
  EXPECT_TRUE(user.sees(chinese ? "请勾选已了解" : "Please tick"));
  user.tick_bids();
  user.press("feeMore");
  user.picture("form-full");
  user.submit();

  EXPECT_TRUE(user.sees(chinese ? "您的申请已经提交成功，请点击“立即支付”按钮进行缴费！" : "has been submitted"));
  EXPECT_TRUE(user.sees(QString::fromStdString(user.order().at("number"))));
  EXPECT_TRUE(user.sees("1000.00"));
  user.picture("order-submitted");
  user.press_notice(chinese ? "确定" : "OK");
  EXPECT_EQ(user.stage.prompt().dialogs(), 1) << "one PIN for the application";

  user.to_payment_page();
  user.press("submitPayment");
  EXPECT_TRUE(user.sees(chinese ? "此项必须填写" : "must be filled in"));
  user.picture("payment");
  user.press("back");
  user.picture("payment-way");
  user.press("back");
  user.to_open_payment();
  EXPECT_FALSE(user.stage.shell().opened.empty()) << "the browser";
  user.picture("paying");
  user.press("mainAct");
  EXPECT_TRUE(user.sees(chinese ? "尚未收到支付机构的支付结果" : "no payment has been reported"));

  user.provider_is_paid();
  user.press("mainAct");
  EXPECT_TRUE(user.sees(chinese ? "现在可以关闭本窗口" : "You may close this window"));
  user.picture("review");
  user.review({{"decision", "approve"}});
  user.press("look");
  EXPECT_TRUE(user.sees(chinese ? "需要再输入一次 CA 密码" : "PIN is needed once more"));
  EXPECT_EQ(user.stage.prompt().dialogs(), 1) << "no PIN dialog of its own accord";
  user.picture("install");
  user.stage.prompt().will_type(cast::pin);
  user.press("mainAct");
  EXPECT_TRUE(user.sees(chinese ? "证书安装完成。" : "The new certificate is installed."));
  user.press_notice(chinese ? "确定" : "OK");
  EXPECT_TRUE(user.stands("complete"));
  EXPECT_TRUE(user.sees(chinese ? "续期已完成" : "renewal is complete"));
  EXPECT_TRUE(user.sees(chinese ? "印章待更新" : "issued again"));
  EXPECT_EQ(user.stage.prompt().dialogs(), 2) << "and one for the installation";
  user.picture("complete");
  user.press("mainAct");
  EXPECT_TRUE(user.sees(chinese ? "申请续期" : "Apply for renewal"));
}

TEST(RenewalPages, TheWholeWayFromTheApplicationToTheNewCertificate) {
  the_whole_way("zh-CN");
}

TEST(RenewalPages, TheWholeWayInEnglish) {
  the_whole_way("en");
}

}  // namespace
}  // namespace keycare::renewal_pages
