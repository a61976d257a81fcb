// side_test.cpp - what may come between: withdrawal, rejection, correction, another token, an ended certificate, no
// network, a locked PIN, another process.
#include "host-stub/services/store/name_lock.hpp"
#include "renewal_kit.hpp"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLineEdit>
#include <QProcess>

#include <signal.h>

#include <optional>

namespace keycare::renewal_pages {
namespace {

namespace cast = demo::cast;

TEST(RenewalPages, AnApplicationIsWithdrawnAfterOneQuestionWhoseDefaultIsNo) {
  clerk user;
  user.to_order();
  user.press("withdraw");
  EXPECT_TRUE(window::wait_until([&] { return user.find("keepOrder")->hasFocus(); }));
  EXPECT_TRUE(user.sees("确定要撤销该申请吗"));
  user.picture("withdraw-asked");
  QTest::keyClick(user.find("keepOrder"), Qt::Key_Return);
  EXPECT_TRUE(window::wait_until([&] { return !user.there("keepOrder"); })) << "Enter kept it";
  EXPECT_TRUE(user.stands("awaiting-payment"));
  user.press("withdraw");
  user.stage.prompt().will_type(cast::pin);
  user.press("reallyWithdraw");
  EXPECT_TRUE(user.sees("申请已撤销"));
  EXPECT_TRUE(user.stands("withdrawn"));
  user.picture("withdrawn");
  user.press("mainAct");
  EXPECT_TRUE(user.sees("申请续期"));
}

TEST(RenewalPages, ACancelledPinLeavesTheFormAsItWas) {
  clerk user;
  user.to_agreement();
  user.accept_agreement();
  user.fill_form();
  user.tick_bids();
  user.press("submit");  // the dialog is cancelled
  EXPECT_TRUE(user.sees("已取消输入密码"));
  EXPECT_EQ(user.find<QLineEdit>("id_number")->text(), QString::fromUtf8("11010519491231002X"));
  user.picture("pin-cancelled");
  user.submit();
  EXPECT_TRUE(user.stands("awaiting-payment"));
}

TEST(RenewalPages, WhatWasTypedStaysUntilTheApplicationIsAcceptedAndNoLonger) {
  clerk user;
  user.fill_in();
  const auto filled_in = user.typed();
  EXPECT_EQ(filled_in.size(), 5) << filled_in.join("\n").toStdString();
  user.press("back");
  user.find("agreementText");
  user.accept_agreement();
  EXPECT_EQ(user.typed(), filled_in) << "who goes back has not sent it";
  user.tick_bids();
  user.submit();
  EXPECT_TRUE(window::wait_until([&] { return user.typed().isEmpty(); })) << user.typed().join("\n").toStdString();
}

TEST(RenewalPages, ARejectionSaysWhyAndTheFeeComesBack) {
  clerk user;
  user.to_review();
  EXPECT_TRUE(user.stands("under-review"));
  user.review({{"decision", "reject"}, {"reason", "营业执照已注销"}});
  user.press("look");
  EXPECT_TRUE(user.sees("营业执照已注销"));
  EXPECT_TRUE(user.stands("refunded"));
  EXPECT_TRUE(user.sees("退款已完成"));
  EXPECT_FALSE(user.sees_now("将原路退回")) << "it has come back already";
  user.picture("refunded");
  user.press("mainAct");
  EXPECT_TRUE(user.sees("已结束的业务"));
  EXPECT_TRUE(user.sees("审核未通过，已退款"));
  user.picture("start-with-ended");
  user.press("choose");
  EXPECT_TRUE(user.sees("营业执照已注销")) << "it can be looked at when another one was begun, too";
}

TEST(RenewalPages, WhatTheReviewDecidedIsSeenInTheListAndOnTheCardWithoutOpeningTheOrder) {
  for (const bool on_the_card : {true, false}) {
    clerk user;
    auto* card = user.stage.page("renewal", "home");
    user.to_review();
    EXPECT_TRUE(user.stands("under-review"));
    user.press("back");
    EXPECT_TRUE(user.sees("正在办理的业务"));
    user.page->hide();
    card->hide();
    user.review({{"decision", "correct"},
                 {"reason", "证件号码不清楚"},
                 {"fields", {{{"field", "id_number"}, {"code", "mismatch"}}}}});
    auto* place = on_the_card ? card : user.page;
    place->show();
    EXPECT_TRUE(window::wait_until([&] { return window::seen(place).contains("资料需要修改"); }))
        << window::seen(place).toStdString();
  }
}

TEST(RenewalPages, APageThatNobodySeesDoesNotAskTheRegistrationAuthority) {
  clerk user;
  user.to_order();
  user.to_open_payment();
  user.find("payCode");
  user.page->hide();
  user.provider_is_paid();
  QTest::qWait(4000);  // a payment is looked after every two seconds
  EXPECT_EQ(user.order()["state"], "awaiting-payment") << "as this computer knows it";
  user.page->show();
  EXPECT_TRUE(user.sees("现在可以关闭本窗口"));
}

TEST(RenewalPages, WhoPressedPaidTooEarlyIsNotToldSoAnyMoreWhenTheMoneyHasCome) {
  clerk user;
  user.to_order();
  user.to_open_payment();
  user.press("mainAct");
  EXPECT_TRUE(user.sees("尚未收到支付机构的支付结果"));
  user.provider_is_paid();
  EXPECT_TRUE(user.sees("现在可以关闭本窗口"));
  EXPECT_FALSE(user.sees_now("尚未收到支付机构的支付结果")) << window::seen(user.page).toStdString();
}

TEST(RenewalPages, AnOrderUnderWayIsWhereOneGoesOnAndASecondOneIsNotBegun) {
  clerk user;
  user.to_order();
  const auto number = QString::fromStdString(user.order()["number"]);
  user.press("back");
  EXPECT_TRUE(user.sees("正在办理的业务"));
  EXPECT_TRUE(window::focused(user.find("choose"))) << "and not 申请续期";
  user.press("applyForRenewal");
  EXPECT_TRUE(user.sees("已有正在办理的续期业务（业务单号 " + number));
  user.picture("already-under-way");
  user.press("choose");
  user.find("orderNumber");
}

TEST(RenewalPages, TheAddressOfThePaymentCanBeCopiedForABrowserThatDoesNotOpen) {
  clerk user;
  user.to_order();
  user.to_open_payment();
  const auto url = user.order()["payments"][0]["pay_url"].get<std::string>();
  user.press("copyPayAddress");
  EXPECT_EQ(QGuiApplication::clipboard()->text().toStdString(), url);
}

TEST(RenewalPages, ACorrectionAsksForTheFieldsThatTheReviewNamedAndNoOther) {
  clerk user;
  user.to_review();
  EXPECT_TRUE(user.stands("under-review"));
  user.review({{"decision", "correct"},
               {"reason", "证件号码不清楚"},
               {"fields", {{{"field", "id_number"}, {"code", "mismatch"}}}}});
  user.press("look");
  EXPECT_TRUE(user.sees("证件号码不清楚"));
  EXPECT_TRUE(user.there("id_number"));
  EXPECT_FALSE(user.there("phone"));
  auto* number = user.find<QLineEdit>("id_number");
  number->setFocus();
  QTest::keyClick(number, Qt::Key_Tab);
  QTest::qWait(300);
  EXPECT_FALSE(user.sees_now("此项必须填写")) << "nobody has filled it in wrongly yet";
  user.type("id_number", "123");
  user.press("mainAct");
  EXPECT_TRUE(user.sees("应为18位"));
  user.picture("correction");
  user.type("id_number", QString::fromUtf8("11010519491231002X"));
  user.stage.prompt().will_type(cast::pin);
  user.press("mainAct");
  EXPECT_TRUE(user.stands("under-review"));
  EXPECT_TRUE(user.sees("现在可以关闭本窗口"));
  EXPECT_FALSE(user.typed().join("\n").contains("11010519491231002X")) << "it was sent";
}

TEST(RenewalPages, TheRightTokenIsNamedAndTakenUpWhenItIsPluggedIn) {
  window::stage_options how;
  how.more_tokens = 1;
  clerk user(how);
  user.press("applyForRenewal");
  EXPECT_TRUE(user.sees("请选择要续期的证书"));
  EXPECT_TRUE(user.sees("4B43000000000001"));
  EXPECT_TRUE(user.sees("4B43000000000002"));
  user.picture("choose");
  user.press("choose");
  user.accept_agreement();
  user.fill_form();
  user.tick_bids();
  user.submit();
  user.to_open_payment();
  user.provider_is_paid();
  user.press("mainAct");
  EXPECT_TRUE(user.stands("under-review"));
  const auto serial = QString::fromStdString(user.order()["token"]["serial"]);
  const std::size_t number = serial.endsWith('1') ? 0 : 1;
  user.stage.unplug(number);
  user.review({{"decision", "approve"}});
  user.press("look");
  EXPECT_TRUE(window::wait_until([&] {
    if (user.sees_now(QStringLiteral("请插上序列号为 ") + serial)) return true;
    if (user.there("look") && user.find("look")->isEnabled()) window::click(user.find("look"));
    return false;
  }));
  user.picture("token-away");
  user.stage.plug(number);
  EXPECT_TRUE(user.sees("需要再输入一次 CA 密码")) << "without a press";
}

TEST(RenewalPages, AnEndedCertificateIsSentToANewApplication) {
  window::stage_options how;
  how.days = -3;
  clerk user(how);
  user.press("applyForRenewal");
  EXPECT_TRUE(user.sees("请重新新申请"));
  EXPECT_FALSE(user.there("choose"));
  user.picture("ended");
}

TEST(RenewalPages, WithoutATokenItIsAskedForAndFoundWhenItComes) {
  clerk user;
  user.stage.unplug();
  // The library hears of it a moment later.
  EXPECT_TRUE(window::wait_until([&] {
    if (user.sees_now("请插上后重试")) return true;
    if (user.there("back")) user.press("back");
    if (user.there("applyForRenewal") && user.find("applyForRenewal")->isEnabled()) user.press("applyForRenewal");
    QTest::qWait(100);
    return false;
  }));
  user.picture("no-token");
  user.stage.plug();
  EXPECT_NE(user.find("agreementText"), nullptr) << "without a press";
}

TEST(RenewalPages, WithoutTheRegistrationAuthorityNothingIsLost) {
  clerk user;
  user.to_order();
  const auto number = QString::fromStdString(user.order()["number"]);
  user.stage.halt_office();  // the user can stop waiting
  user.press("mainAct");
  user.press("busyCancel");
  EXPECT_TRUE(window::wait_until([&] { return user.there("notice"); }, std::chrono::seconds(40)));
  EXPECT_TRUE(user.sees(number));
  user.picture("hanging");
  user.stage.resume_office();
  user.press("mainAct");
  user.find("payOnline");
}

TEST(RenewalPages, ALockedPinLeadsToForgottenPinAndTheOrderStays) {
  window::stage_options how;
  how.tries = 6;
  clerk user(how);
  user.to_review();
  EXPECT_TRUE(user.stands("under-review"));
  user.review({{"decision", "approve"}});
  user.press("look");
  EXPECT_TRUE(user.sees("需要再输入一次 CA 密码"));
  for (int i = 0; i < 6; ++i) user.stage.prompt().will_type(cast::wrong_pin);
  user.press("mainAct");
  EXPECT_TRUE(user.sees("忘记密码"));
  EXPECT_TRUE(user.sees("然后继续。业务会保留")) << "the page itself says so";
  user.picture("locked");
  user.press("mainAct");
  EXPECT_TRUE(window::wait_until([&] {
    const std::lock_guard lock(user.stage.shell().mutex);
    return !user.stage.shell().shown.empty() && user.stage.shell().shown.back() == "unlock";
  }));
  EXPECT_TRUE(user.order()["open"]);
}

TEST(RenewalPages, AnOddTaxNumberWarnsAndDoesNotBlock) {
  clerk user;
  user.to_order();
  user.to_payment_page();
  user.find<QLineEdit>("title")->setText(QString::fromUtf8("广州示例电子有限公司"));
  user.type("taxpayer_number", "440100123456789");
  user.type("email", "zhangsan@example.com");
  EXPECT_TRUE(user.sees("不是统一社会信用代码"));
  auto* kind = user.find<QComboBox>("kind");
  kind->setFocus();
  QTest::keyClick(kind, Qt::Key_End);
  EXPECT_TRUE(user.there("bank")) << "a special invoice needs more";
  user.picture("payment-special");
  QTest::keyClick(kind, Qt::Key_Up);
  EXPECT_FALSE(user.there("bank"));
  user.press("submitPayment");
  user.find("payCode");
}

TEST(RenewalPages, AWrongClockIsSaidAndNotTakenForAnEndedCertificate) {
  clerk user;
  user.stage.desk("clock", {{"offset", 90000}});
  user.press("applyForRenewal");
  EXPECT_TRUE(user.sees("电脑的日期或时间不正确"));
  user.picture("clock");
  user.stage.desk("clock", {{"offset", 0}});
  user.press_notice("重试");
  EXPECT_NE(user.find("agreementText"), nullptr);
}

TEST(RenewalPages, WithoutANetworkTheOrderStandsAndIsAskedForAgain) {
  clerk user;
  user.to_review();
  EXPECT_TRUE(user.stands("under-review"));
  kill(user.stage.office().ra().pid(), SIGKILL);
  EXPECT_TRUE(window::wait_until([&] {
    if (user.sees_now("暂时无法与注册机构联系")) return true;
    if (user.there("look") && user.find("look")->isEnabled()) window::click(user.find("look"));
    QTest::qWait(100);
    return false;
  }));
  EXPECT_TRUE(user.sees(QString::fromStdString(user.order()["number"])));
  user.picture("no-network");
  user.press("back");
  EXPECT_TRUE(user.sees("正在办理的业务"));
  user.picture("start-with-order");
  user.press("applyForRenewal");
  EXPECT_TRUE(user.sees("已有正在办理的续期业务")) << "this computer knows that by itself";
}

TEST(RenewalPages, WithoutANetworkNothingIsBegun) {
  clerk user;
  kill(user.stage.office().ra().pid(), SIGKILL);
  user.press("applyForRenewal");
  EXPECT_TRUE(window::wait_until([&] { return user.there("notice"); }));
  user.picture("no-network-start");
}

TEST(RenewalPages, AnOrderOfAnotherComputerIsFoundWithTheKey) {
  clerk user;
  user.to_order();
  const auto number = QString::fromStdString(user.order()["number"]);
  user.stage.forget_client_data();
  user.sit_down();
  user.press("applyForRenewal");
  EXPECT_TRUE(user.sees(number)) << "the reason names it";
  user.picture("open-elsewhere");
  user.stage.prompt().will_type(cast::pin);
  user.press("choose");
  EXPECT_TRUE(user.sees("立即支付"));
  EXPECT_TRUE(user.stands("awaiting-payment"));
}

TEST(RenewalPages, WhatOnlyAPersonCanMendNamesTheHotline) {
  clerk user;
  user.to_review();
  EXPECT_TRUE(user.stands("under-review"));
  user.stage.desk("provider", {{"refuses_refund", true}});
  user.review({{"decision", "reject"}, {"reason", "资料不符"}});
  user.press("look");
  EXPECT_TRUE(user.sees("020-89524338"));
  EXPECT_TRUE(user.sees("请联系服务热线"));
  user.picture("person");
}

TEST(RenewalPages, AFullTokenShowsBeforeMoneyDoes) {
  clerk user;
  user.to_agreement();
  user.accept_agreement();
  user.fill_form();
  user.tick_bids();
  user.stage.prompt().will_type(cast::pin);
  setenv("KEYCARE_SOFTSKF_FAULT", "fail:SKF_CreateContainer:SAR_NO_ROOM", 1);
  user.press("submit");
  EXPECT_TRUE(user.sees("介质空间不足"));
  unsetenv("KEYCARE_SOFTSKF_FAULT");
  user.picture("token-full");
  EXPECT_EQ(user.order()["state"], "unasked") << "nothing was submitted";
}

TEST(RenewalPages, AnotherProgramAtTheSameOrderIsWaitedFor) {
  clerk user;
  user.to_order();
  user.stage.halt_office();
  QProcess other;
  const QString program = QString::fromStdString(user.stage.office().files().program.string());
  const QString config = QString::fromStdString(user.stage.office().config_file().string());
  // One of the two holds the order and hangs. When it is this one, it is stopped, so that the other one has its turn.
  EXPECT_TRUE(window::wait_until([&] {
    if (user.sees_now("另一个窗口正在办理此证书的业务")) return true;
    // Pressed once it is grey until the command has stopped.
    if (user.there("busyCancel") && user.find("busyCancel")->isEnabled()) window::click(user.find("busyCancel"));
    if (!user.find("mainAct")->isEnabled()) return false;
    if (other.state() == QProcess::NotRunning) {
      other.start(program, {"run", "renewal", "continue", "--without-pin", "--config", config});
      QTest::qWait(2000);
    }
    window::click(user.find("mainAct"));
    return false;
  }));
  user.picture("busy");
  user.stage.resume_office();
  EXPECT_TRUE(other.waitForFinished());
  user.press_notice("重试");
  EXPECT_NE(user.find("payOnline"), nullptr);
}

TEST(RenewalPages, WhyACommandFailedIsSaidUntilTheOrderHasGoneOn) {
  clerk user;
  user.to_review();
  EXPECT_TRUE(user.stands("under-review"));
  user.review({{"decision", "approve"}});
  user.press("look");
  EXPECT_TRUE(user.sees("需要再输入一次 CA 密码"));
  setenv("KEYCARE_SOFTSKF_FAULT", "fail:SKF_ImportCertificate:SAR_NO_ROOM", 1);
  user.stage.prompt().will_type(cast::pin);
  user.press("mainAct");
  EXPECT_TRUE(user.sees("介质空间不足"));
  ASSERT_TRUE(window::wait_until([&] { return user.there("mainAct") && user.find("mainAct")->isEnabled(); }));
  QTest::qWait(500);
  EXPECT_TRUE(user.sees_now("介质空间不足")) << "the look that follows has nothing new to say";
  unsetenv("KEYCARE_SOFTSKF_FAULT");
  user.stage.prompt().will_type(cast::pin);
  ASSERT_TRUE(window::wait_until([&] {
    user.goes_on_elsewhere();
    return user.order().value("state", "") == "complete";
  }));
  EXPECT_TRUE(user.sees("新证书"));
  EXPECT_TRUE(window::wait_until([&] { return !user.there("notice"); })) << window::seen(user.page).toStdString();
}

TEST(RenewalPages, APaymentThatFailedIsNoNewsAnyMoreBesideAnOrderThatStands) {
  clerk user;
  user.to_order();
  user.to_payment_page();
  user.fill_invoice();
  kill(user.stage.office().ra().pid(), SIGKILL);
  user.press("submitPayment");
  ASSERT_TRUE(window::wait_until([&] { return user.there("notice"); }));
  ASSERT_TRUE(user.stage.office().restart_ra());
  user.press("back");
  user.press("back");
  user.find("orderNumber");
  EXPECT_TRUE(window::wait_until([&] { return !user.there("notice"); })) << window::seen(user.page).toStdString();
}

TEST(RenewalPages, AnErrorAboveTheFormLeavesItsButtonsUnderTheMouse) {
  for (const int height : {500, 700, 1400}) {
    clerk user;
    user.page->window()->resize(1000, height);
    user.to_agreement();
    user.accept_agreement();
    user.fill_form();
    user.tick_bids();
    auto* submit = user.find("submit");
    ASSERT_TRUE(window::wait_until([&] { return submit->isEnabled(); })) << "the fee is known";
    submit->setFocus();
    ASSERT_TRUE(window::focused(submit));
    const auto place = [&] { return submit->mapTo(user.page->window(), QPoint()).y(); };
    const int before = place();
    EXPECT_LT(before + submit->height(), user.page->window()->height()) << "it is seen";
    user.press("submit");  // the dialog is cancelled
    ASSERT_TRUE(user.sees("已取消输入密码"));
    EXPECT_EQ(place(), before) << height;
    user.press("submit");
    ASSERT_TRUE(window::wait_until([&] { return submit->isEnabled() && user.sees_now("已取消输入密码"); }));
    EXPECT_EQ(place(), before) << height;
    setenv("KEYCARE_SOFTSKF_FAULT", "fail:SKF_CreateContainer:SAR_NO_ROOM", 1);
    user.stage.prompt().will_type(cast::pin);
    user.press("submit");
    EXPECT_TRUE(user.sees("介质空间不足"));
    EXPECT_TRUE(user.sees("重试"));
    unsetenv("KEYCARE_SOFTSKF_FAULT");
    EXPECT_EQ(place(), before) << height << ", with a button in the notice";
  }
}

TEST(RenewalPages, WhatAWaitingPageCouldNotDoForAMomentIsSaidNoLonger) {
  clerk user;
  user.to_order();
  user.to_open_payment();
  const auto sha256 = user.order()["certificate_sha256"].get<std::string>();
  std::optional<services::name_lock> other_window;
  const auto takes_it = [&] {
    auto taken = services::name_lock::take(user.stage.folder() / "client" / "locks",
                                           std::string("renewal") + '\0' + "certificate-" + sha256);
    if (taken) other_window.emplace(*std::move(taken));
    return other_window.has_value();
  };
  ASSERT_TRUE(window::wait_until(takes_it));
  EXPECT_TRUE(user.sees("另一个窗口正在办理此证书的业务"));
  other_window.reset();
  user.provider_is_paid();
  ASSERT_TRUE(user.sees("现在可以关闭本窗口")) << "it looks again by itself; but:\n"
                                               << window::seen(user.page).toStdString();
  EXPECT_FALSE(user.there("notice"));
}

}  // namespace
}  // namespace keycare::renewal_pages
