// clerk_test.cpp - a clerk, the client's real window, and nothing else: from 申请续期 to 完成, by keys and clicks.
#include "seat.hpp"
#include "tests/window/heartbeat.hpp"

#include <QApplication>
#include <QDialog>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QPushButton>
#include <QTabBar>
#include <QTabWidget>
#include <QTableView>
#include <QTemporaryDir>

#include <signal.h>

namespace keycare::shell {

namespace {

namespace cast = demo::cast;
using window::wait_until;

TEST_F(Clerk, RenewsACertificateFromTheFirstClickToTheLast) {
  sit_down();
  window::heartbeat alive;
  const auto picture = [&](QWidget* of, const char* name) {
    window::picture(of, name);
    alive.skip();
  };
  EXPECT_TRUE(user.sees("广州示例电子有限公司")) << "证书信息 on 主页";
  go_to_tab(2);
  user.fill_in();
  user.press("submit");

  ASSERT_NE(pin_dialog(), nullptr);
  EXPECT_TRUE(said("pinSentence").contains("正在使用 广州示例电子有限公司 的证书对应的私钥进行签名"));
  EXPECT_TRUE(said("pinTries").contains("剩余密码重试次数: 10"));
  picture(&window(), "window-signing-zh-CN");
  picture(pin_dialog(), "window-pin-zh-CN");
  type_pin(cast::wrong_pin);
  EXPECT_TRUE(wait_until([&] { return said("pinProblem").contains("密码错误"); }));
  EXPECT_TRUE(said("pinTries").contains("剩余密码重试次数: 9"));
  type_pin(cast::pin);

  EXPECT_TRUE(user.sees("您的申请已经提交成功，请点击“立即支付”按钮进行缴费！"));
  EXPECT_EQ(window::visible_child<QDialog>(&window(), "pinWindow"), nullptr);
  // Back from the PIN window the keyboard is on the page, and not on the tabs.
  const auto on_ok = [this] {
    window().activateWindow();  // without a window manager, nobody else does after a dialog
    const auto* button = qobject_cast<QPushButton*>(QApplication::focusWidget());
    return button != nullptr && button->text() == QString::fromUtf8("确定");
  };
  ASSERT_TRUE(wait_until(on_ok)) << named(window().focusWidget());
  const auto on_main_act = [this] {
    window().activateWindow();
    const auto* act = user.find("mainAct");
    return act != nullptr && act->hasFocus();
  };
  QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
  EXPECT_TRUE(wait_until(on_main_act)) << named(window().focusWidget());
  user.to_open_payment();
  EXPECT_TRUE(wait_until(on_main_act)) << named(window().focusWidget());
  ASSERT_TRUE(wait_until([&] { return !browser.opened.empty(); })) << "the browser shows the payment page";
  const auto payment = browser.opened.back().path().section('/', -1);
  office_->desk("pay", {{"payment", payment.toStdString()}});
  user.press("mainAct");  // 支付成功
  EXPECT_TRUE(user.sees("现在可以关闭本窗口"));
  picture(&window(), "window-review-zh-CN");

  open_window();  // closed, and opened another day
  EXPECT_TRUE(user.sees("KC2026")) << "the open order stands on 主页";
  picture(&window(), "window-home-order-zh-CN");
  user.press("goOn");
  EXPECT_TRUE(user.sees("需要再输入一次 CA 密码"));
  user.press("mainAct");
  type_pin(cast::pin);
  EXPECT_TRUE(user.sees("证书安装完成。"));
  ASSERT_TRUE(wait_until(on_ok)) << named(window().focusWidget());
  QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
  EXPECT_TRUE(user.sees("续期已完成"));
  EXPECT_TRUE(window::focused(user.find("mainAct")));
  picture(&window(), "window-complete-zh-CN");

  go_to_tab(1);
  auto* table = user.find<QTableView>("certificateTable");
  ASSERT_NE(table, nullptr);
  EXPECT_TRUE(wait_until([&] { return table->model()->rowCount() == 2; })) << "the old one is still there";
  picture(&window(), "window-certificates-zh-CN");

  const auto blocks = alive.stop();
  std::printf("main thread: %zu beats, longest block %.0f ms, 99.9 %% below %.0f ms\n", blocks.beats, blocks.longest_ms,
              blocks.p999_ms);
  EXPECT_LT(blocks.p999_ms, 500 * window::slowness) << "nothing blocks the window";
}

TEST_F(Clerk, SeesAndUsesTheCertificateOfAPkcs11Token) {
  if (demo::find_built_files().softhsm.empty()) GTEST_SKIP() << "SoftHSM 2 (package softhsm2) is not installed";
  auto how = office(10);
  how.tokens = demo::token_kind::pkcs11;
  sit_down(how);
  EXPECT_TRUE(user.sees("广州示例电子有限公司")) << "证书信息 on 主页";
  go_to_tab(1);
  auto* table = user.find<QTableView>("certificateTable");
  ASSERT_NE(table, nullptr);
  ASSERT_TRUE(wait_until([&] { return table->model()->rowCount() == 1; }));
  EXPECT_EQ(table->model()->index(0, 0).data().toString(), QString::fromUtf8("广州示例电子有限公司"));
  go_to_tab(2);
  user.fill_in();
  user.press("submit");
  ASSERT_NE(pin_dialog(), nullptr);
  EXPECT_TRUE(said("pinTries").contains("未知")) << "SoftHSM counts no tries, and none are invented";
  type_pin(cast::pin);
  EXPECT_TRUE(user.sees("您的申请已经提交成功"));
}

/// The program as `./dev gui --backend pkcs11` starts it.
TEST(WindowDemo, StandsOnThePkcs11TokenThatWasAskedFor) {
  const auto files = demo::find_built_files();
  if (files.softhsm.empty()) GTEST_SKIP() << "SoftHSM 2 (package softhsm2) is not installed";
  const QTemporaryDir scratch;
  const auto folder = scratch.filePath("kept");
  const auto program = QString::fromStdString(files.program.string());
  QProcess demo;
  demo.start(program, {"gui", "--demo", "--backend", "pkcs11", "--keep", folder, "--lang", "en"});
  ASSERT_TRUE(demo.waitForStarted());
  const auto windows = [&] {
    // keycare-gui has read the token when its plugins have asked for it; the client's log says so.
    QFile log(folder + "/client/log/client.log");
    return log.open(QIODevice::ReadOnly) ? log.readAll() : QByteArray();
  };
  EXPECT_TRUE(wait_until([&] { return !windows().isEmpty() || demo.state() == QProcess::NotRunning; },
                         std::chrono::seconds(60)));
  EXPECT_EQ(demo.state(), QProcess::Running) << demo.readAllStandardError().toStdString();
  EXPECT_FALSE(windows().contains("module-refused")) << windows().toStdString();
  QFile config(folder + "/client.json");
  ASSERT_TRUE(config.open(QIODevice::ReadOnly));
  EXPECT_TRUE(config.readAll().contains("libsofthsm2"));
  QProcess list;
  QProcessEnvironment with = QProcessEnvironment::systemEnvironment();
  with.insert("SOFTHSM2_CONF", folder + "/softhsm2.conf");
  list.setProcessEnvironment(with);
  list.start(program, {"run", "validity", "list", "--json", "--config", folder + "/client.json"});
  ASSERT_TRUE(list.waitForFinished());
  const auto listed = nlohmann::json::parse(list.readAllStandardOutput().toStdString());
  EXPECT_EQ(listed["data"]["certificates"].size(), 1u) << listed;
  EXPECT_EQ(listed["data"]["tokens"][0]["backend"], "pkcs11");
  demo.terminate();
  EXPECT_TRUE(demo.waitForFinished());
}

/// The development RA that works in @p folder, or 0.
pid_t ra_of(const QString& folder) {
  for (const auto& one : QDir("/proc").entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
    QFile words("/proc/" + one + "/cmdline");
    if (one.toInt() == 0 || !words.open(QIODevice::ReadOnly)) continue;
    const auto said = words.readAll().split('\0');
    if (said.contains("serve") && said.contains((folder + "/ra").toUtf8())) return one.toInt();
  }
  return 0;
}

TEST(DemoWindow, SaysOnceThatItsRegistrationAuthorityHasEnded) {
  const QTemporaryDir scratch;
  const auto folder = scratch.filePath("kept");
  QProcess demo;
  demo.start(QString::fromStdString(demo::find_built_files().program.string()),
             {"gui", "--demo", "--keep", folder, "--lang", "en"});
  ASSERT_TRUE(demo.waitForStarted());
  ASSERT_TRUE(wait_until([&] { return QFile::exists(folder + "/client/log/client.log"); }, std::chrono::seconds(60)));
  const auto ra = ra_of(folder);
  ASSERT_GT(ra, 0);
  ASSERT_EQ(::kill(ra, SIGKILL), 0);
  QByteArray said;
  const auto count = [&] {
    said += demo.readAllStandardError();
    return said.count("KC-DEMO-RA-ENDED");
  };
  EXPECT_TRUE(wait_until([&] { return count() > 0; }));
  QTest::qWait(1500);
  EXPECT_EQ(count(), 1) << said.toStdString();
  EXPECT_EQ(demo.state(), QProcess::Running) << "what is open stays open";
  demo.terminate();
  EXPECT_TRUE(demo.waitForFinished());
}

TEST_F(Clerk, WhoLocksTheTokenIsLedToForgottenAndTheFormStays) {
  sit_down(office(3));
  go_to_tab(2);
  user.fill_in();
  user.press("submit");
  for (const char* tries : {"3", "2", "1"}) {
    ASSERT_TRUE(wait_until([&] { return said("pinTries").contains(QString("重试次数: ") + tries); })) << tries;
    type_pin(cast::wrong_pin);
  }
  ASSERT_TRUE(wait_until([&] { return said("pinProblem").contains("锁定"); }));
  window::picture(window::visible_child<QDialog>(&window(), "pinWindow"), "window-pin-locked-zh-CN");
  user.press("pinForgotten");
  auto* tabs = window::child<QTabWidget>(&window(), "tabs");
  EXPECT_EQ(tabs->currentIndex(), 0);
  EXPECT_TRUE(user.sees("忘记密码"));
  window::picture(&window(), "window-unlock-zh-CN");
  EXPECT_TRUE(wait_until([&] { return said("tokenLine").contains("锁定"); }, std::chrono::seconds(5)));
}

TEST_F(Clerk, PullsTheTokenAtTheWorstMomentAndGoesOn) {
  sit_down();
  go_to_tab(2);
  user.fill_in();
  user.press("submit");
  pull_token();
  EXPECT_TRUE(wait_until([&] { return said("tokenLine").contains("请插入"); }, std::chrono::seconds(5)));
  EXPECT_TRUE(user.sees("介质被拔出"));
  office_->plug();
  EXPECT_TRUE(wait_until([&] { return said("tokenLine").contains("0001"); }, std::chrono::seconds(5)));
  user.press("submit");
  type_pin(cast::pin);
  EXPECT_TRUE(user.sees("您的申请已经提交成功"));
}

}  // namespace
}  // namespace keycare::shell
