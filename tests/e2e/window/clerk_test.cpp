// clerk_test.cpp - a clerk, the client's real window, and nothing else: from 申请续期 to 完成, by keys and clicks.
#include "host-stub/shell/application.hpp"
#include "host-stub/shell/main_window.hpp"
#include "host-stub/shell/pin_field.hpp"
#include "tests/plugins/renewal/ui/renewal_steps.hpp"
#include "tests/window/heartbeat.hpp"

#include <QApplication>
#include <QDesktopServices>
#include <QDialog>
#include <QFile>
#include <QLabel>
#include <QProcess>
#include <QPushButton>
#include <QTabBar>
#include <QTabWidget>
#include <QTableView>
#include <QTemporaryDir>
#include <QUrl>

namespace keycare::shell {

/// Stands in for the computer's browser.
class browser : public QObject {
  Q_OBJECT
public:
  browser() { QDesktopServices::setUrlHandler("https", this, "open"); }
  ~browser() override { QDesktopServices::unsetUrlHandler("https"); }
  QList<QUrl> opened;
public Q_SLOTS:
  void open(const QUrl& address) { opened += address; }
};

namespace {

namespace cast = demo::cast;
using window::wait_until;

class Clerk : public testing::Test {
protected:
  static window::stage_options office(std::uint32_t tries) {
    window::stage_options how;
    how.tries = tries;
    how.ra_arguments = {"--review-delay", "2", "--step-delay", "0", "--provider-delay", "0"};
    return how;
  }
  void open_window() {
    app_.reset();
    auto settings = window::must(services::read_config(office_->folder() / "client.json"), "configuration");
    app_ = std::make_unique<application>(office_->folder() / "client.json", std::move(settings), "");
    app_->window().resize(1024, 720);
    app_->window().show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&app_->window()));
    app_->window().activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(&app_->window()));
    ASSERT_TRUE(wait_until([&] { return app_->started(); }));
    user_.page = &app_->window();
  }
  void sit_down(std::uint32_t tries = 10) {
    office_ = std::make_unique<window::office_stage>(office(tries));
    open_window();
  }
  void go_to_tab(int number) {
    auto* bar = window::child<QTabWidget>(&app_->window(), "tabs")->tabBar();
    QTest::mouseClick(bar, Qt::LeftButton, {}, bar->tabRect(number).center());
  }
  QDialog* pin_dialog() {
    QDialog* found = nullptr;
    EXPECT_TRUE(wait_until([&] {
      found = window::visible_child<QDialog>(&app_->window(), "pinWindow");
      return found != nullptr && found->findChild<QWidget*>("pinField")->isEnabled();
    }));
    return found;
  }
  /// Types a PIN in the host's own dialog and presses Enter.
  void type_pin(std::string_view pin) {
    auto* dialog = pin_dialog();
    ASSERT_NE(dialog, nullptr);
    auto* field = window::child<pin_field>(dialog, "pinField");
    for (const char c : pin) QTest::keyClick(field, c);
    QTest::keyClick(field, Qt::Key_Return);
  }
  QString said(const char* name) {
    auto* label = app_->window().findChild<QLabel*>(name);
    return label != nullptr && label->isVisible() ? label->text() : QString();
  }

  static std::string named(const QWidget* at) {
    return at == nullptr ? "nothing" : (at->metaObject()->className() + (" " + at->objectName())).toStdString();
  }

  std::unique_ptr<window::office_stage> office_;
  std::unique_ptr<application> app_;
  renewal_pages::steps user_;
  browser browser_;
};

TEST_F(Clerk, RenewsACertificateFromTheFirstClickToTheLast) {
  sit_down();
  window::heartbeat alive;
  EXPECT_TRUE(user_.sees("广州示例电子有限公司")) << "证书信息 on 主页";
  go_to_tab(2);
  user_.fill_in();
  user_.press("submit");

  ASSERT_NE(pin_dialog(), nullptr);
  EXPECT_TRUE(said("pinSentence").contains("正在使用 广州示例电子有限公司 的证书对应的私钥进行签名"));
  EXPECT_TRUE(said("pinTries").contains("剩余密码重试次数: 10"));
  window::picture(&app_->window(), "window-signing-zh-CN");
  window::picture(pin_dialog(), "window-pin-zh-CN");
  type_pin(cast::wrong_pin);
  EXPECT_TRUE(wait_until([&] { return said("pinProblem").contains("密码错误"); }));
  EXPECT_TRUE(said("pinTries").contains("剩余密码重试次数: 9"));
  type_pin(cast::pin);

  EXPECT_TRUE(user_.sees("您的申请已经提交成功，请点击“立即支付”按钮进行缴费！"));
  EXPECT_EQ(window::visible_child<QDialog>(&app_->window(), "pinWindow"), nullptr);
  // Back from the PIN window the keyboard is on the page, and not on the tabs.
  const auto on_ok = [this] {
    app_->window().activateWindow();  // without a window manager, nobody else does after a dialog
    const auto* button = qobject_cast<QPushButton*>(QApplication::focusWidget());
    return button != nullptr && button->text() == QString::fromUtf8("确定");
  };
  ASSERT_TRUE(wait_until(on_ok)) << named(app_->window().focusWidget());
  const auto on_main_act = [this] {
    app_->window().activateWindow();
    const auto* act = user_.find("mainAct");
    return act != nullptr && act->hasFocus();
  };
  QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
  EXPECT_TRUE(wait_until(on_main_act)) << named(app_->window().focusWidget());
  user_.to_open_payment();
  EXPECT_TRUE(wait_until(on_main_act)) << named(app_->window().focusWidget());
  ASSERT_TRUE(wait_until([&] { return !browser_.opened.empty(); })) << "the browser shows the payment page";
  const auto payment = browser_.opened.back().path().section('/', -1);
  office_->desk("pay", {{"payment", payment.toStdString()}});
  user_.press("mainAct");  // 支付成功
  EXPECT_TRUE(user_.sees("现在可以关闭本窗口"));
  window::picture(&app_->window(), "window-review-zh-CN");

  open_window();  // closed, and opened another day
  EXPECT_TRUE(user_.sees("KC2026")) << "the open order stands on 主页";
  window::picture(&app_->window(), "window-home-order-zh-CN");
  user_.press("goOn");
  EXPECT_TRUE(user_.sees("需要再输入一次 CA 密码"));
  user_.press("mainAct");
  type_pin(cast::pin);
  EXPECT_TRUE(user_.sees("证书安装完成。"));
  ASSERT_TRUE(wait_until(on_ok)) << named(app_->window().focusWidget());
  QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
  EXPECT_TRUE(user_.sees("续期已完成"));
  EXPECT_TRUE(window::focused(user_.find("mainAct")));
  window::picture(&app_->window(), "window-complete-zh-CN");

  go_to_tab(1);
  auto* table = user_.find<QTableView>("certificateTable");
  ASSERT_NE(table, nullptr);
  EXPECT_TRUE(wait_until([&] { return table->model()->rowCount() == 2; })) << "the old one is still there";
  window::picture(&app_->window(), "window-certificates-zh-CN");

  const auto blocks = alive.stop();
  std::printf("main thread: %zu beats, longest block %.0f ms, 99.9 %% below %.0f ms\n", blocks.beats, blocks.longest_ms,
              blocks.p999_ms);
  EXPECT_LT(blocks.p999_ms, 500) << "nothing blocks the window";
}

TEST_F(Clerk, SeesAndUsesTheCertificateOfAPkcs11Token) {
  if (demo::find_built_files().softhsm.empty()) GTEST_SKIP() << "SoftHSM 2 (package softhsm2) is not installed";
  auto how = office(10);
  how.tokens = demo::token_kind::pkcs11;
  office_ = std::make_unique<window::office_stage>(how);
  open_window();
  EXPECT_TRUE(user_.sees("广州示例电子有限公司")) << "证书信息 on 主页";
  go_to_tab(1);
  auto* table = user_.find<QTableView>("certificateTable");
  ASSERT_NE(table, nullptr);
  ASSERT_TRUE(wait_until([&] { return table->model()->rowCount() == 1; }));
  EXPECT_EQ(table->model()->index(0, 0).data().toString(), QString::fromUtf8("广州示例电子有限公司"));
  go_to_tab(2);
  user_.fill_in();
  user_.press("submit");
  ASSERT_NE(pin_dialog(), nullptr);
  EXPECT_TRUE(said("pinTries").contains("未知")) << "SoftHSM counts no tries, and none are invented";
  type_pin(cast::pin);
  EXPECT_TRUE(user_.sees("您的申请已经提交成功"));
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

TEST_F(Clerk, WhoLocksTheTokenIsLedToForgottenAndTheFormStays) {
  sit_down(3);
  go_to_tab(2);
  user_.fill_in();
  user_.press("submit");
  for (const char* tries : {"3", "2", "1"}) {
    ASSERT_TRUE(wait_until([&] { return said("pinTries").contains(QString("重试次数: ") + tries); })) << tries;
    type_pin(cast::wrong_pin);
  }
  ASSERT_TRUE(wait_until([&] { return said("pinProblem").contains("锁定"); }));
  window::picture(window::visible_child<QDialog>(&app_->window(), "pinWindow"), "window-pin-locked-zh-CN");
  user_.press("pinForgotten");
  auto* tabs = window::child<QTabWidget>(&app_->window(), "tabs");
  EXPECT_EQ(tabs->currentIndex(), 0);
  EXPECT_TRUE(user_.sees("忘记密码"));
  window::picture(&app_->window(), "window-unlock-zh-CN");
  EXPECT_TRUE(wait_until([&] { return said("tokenLine").contains("锁定"); }, std::chrono::seconds(5)));
}

TEST_F(Clerk, PullsTheTokenAtTheWorstMomentAndGoesOn) {
  sit_down();
  go_to_tab(2);
  user_.fill_in();
  user_.press("submit");
  ASSERT_NE(pin_dialog(), nullptr);
  office_->unplug();
  EXPECT_TRUE(wait_until([&] { return said("tokenLine").contains("请插入"); }, std::chrono::seconds(5)));
  EXPECT_TRUE(wait_until([&] { return window::visible_child<QDialog>(&app_->window(), "pinWindow") == nullptr; }));
  EXPECT_TRUE(user_.sees("介质被拔出"));
  office_->plug();
  EXPECT_TRUE(wait_until([&] { return said("tokenLine").contains("0001"); }, std::chrono::seconds(5)));
  user_.press("submit");
  type_pin(cast::pin);
  EXPECT_TRUE(user_.sees("您的申请已经提交成功"));
}

}  // namespace
}  // namespace keycare::shell

#include "clerk_test.moc"
