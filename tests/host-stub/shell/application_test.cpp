// application_test.cpp - the whole window: its tabs, its status line, its drivers' page, both languages.
#include "host-stub/shell/application.hpp"
#include "host-stub/shell/main_window.hpp"
#include "host-stub/shell/preferences.hpp"
#include "tests/window/hands.hpp"

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QProcess>
#include <QPushButton>
#include <QScreen>
#include <QTabBar>
#include <QTabWidget>
#include <QTreeWidget>

#include <algorithm>
#include <cmath>
#include <fstream>

namespace keycare::shell {
namespace {

using window::child;
using window::wait_until;

class Application : public testing::Test {
protected:
  void start(const std::string& language = "") {
    app_.reset();
    auto settings = window::must(services::read_config(office_.folder() / "client.json"), "configuration");
    app_ = std::make_unique<application>(office_.folder() / "client.json", std::move(settings), language);
    app_->window().resize(1024, 720);
    app_->window().show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&app_->window()));
    ASSERT_TRUE(wait_until([&] { return app_->started(); }));
  }
  QTabWidget& tabs() { return *child<QTabWidget>(&app_->window(), "tabs"); }
  QString status() { return child<QLabel>(&app_->window(), "tokenLine")->text(); }
  nlohmann::json config() {
    std::ifstream file(office_.folder() / "client.json");
    return nlohmann::json::parse(file);
  }
  void save(const nlohmann::json& config) { std::ofstream(office_.folder() / "client.json") << config.dump(2); }

  window::office_stage office_;
  std::unique_ptr<application> app_;
};

TEST_F(Application, HasTheGuidesTabsAndFollowsTheToken) {
  start();
  EXPECT_EQ(tabs().tabText(0), QString::fromUtf8("主页"));
  EXPECT_EQ(tabs().tabText(1), QString::fromUtf8("我的证书"));
  EXPECT_EQ(tabs().tabText(2), QString::fromUtf8("证书续期"));
  EXPECT_EQ(tabs().tabText(3), QString::fromUtf8("驱动安装"));
  EXPECT_TRUE(wait_until([&] { return status().contains("0001"); }));
  EXPECT_TRUE(wait_until([&] { return status().contains("10"); })) << status().toStdString();
  window::picture(&app_->window(), "window-home-zh-CN");
  office_.unplug();
  EXPECT_TRUE(wait_until([&] { return status().contains(QString::fromUtf8("请插入")); }, std::chrono::seconds(5)));
  office_.plug();
  EXPECT_TRUE(wait_until([&] { return status().contains("0001"); }, std::chrono::seconds(5)));
}

TEST_F(Application, TheLanguageIsSwitchedLiveAndRemembered) {
  start();
  app_->set_language("en");
  EXPECT_EQ(tabs().tabText(3), "Drivers");
  EXPECT_TRUE(wait_until([&] { return status().contains("Token"); }));
  start();
  EXPECT_EQ(tabs().tabText(0), "Home");
  EXPECT_TRUE(wait_until([&] { return window::seen(&app_->window()).contains("days left"); }));
  window::picture(&app_->window(), "window-home-en");
}

TEST_F(Application, APageForTheBrowserIsOfferedInTheWindowsLanguageUntilTheUserTurnsAway) {
  start();
  auto* text = child<QLabel>(&app_->window(), "hostNoticeText");
  app_->window().offer_page("https://ra.example/pay/1");
  app_->window().offer_page("https://ra.example/pay/2");
  const auto shown = [&] { return window::visible_child<QWidget>(&app_->window(), "hostNotice") != nullptr; };
  ASSERT_TRUE(shown());
  EXPECT_EQ(text->text(), QString::fromUtf8("请在浏览器中打开此网页\nhttps://ra.example/pay/2"));
  app_->set_language("en");
  EXPECT_EQ(text->text(), "Open this page in a browser\nhttps://ra.example/pay/2");
  tabs().setCurrentIndex(1);
  EXPECT_FALSE(shown());
}

TEST_F(Application, APluginThatDidNotLoadSaysWhyInItsPlace) {
  auto broken = config();
  std::ifstream manifest(broken["plugins"][1].get<std::string>());
  auto about = nlohmann::json::parse(manifest);
  about["min_client_version"] = "99.0.0";
  std::ofstream(office_.folder() / "renewal.json") << about.dump();
  broken["plugins"][1] = (office_.folder() / "renewal.json").string();
  save(broken);
  start();
  tabs().setCurrentIndex(2);
  auto* why = child<QLabel>(tabs().currentWidget(), "missingPlugin");
  ASSERT_NE(why, nullptr);
  EXPECT_TRUE(why->text().contains("KC-PLUGIN-CLIENT-TOO-OLD")) << why->text().toStdString();
  EXPECT_TRUE(why->text().contains("99.0.0"));
  window::picture(&app_->window(), "window-missing-zh-CN");
}

TEST_F(Application, AClientThatCannotStartSaysSoAndTriesAgain) {
  const auto store = office_.folder() / "client" / "store";
  std::filesystem::remove_all(store);
  std::ofstream(store) << "this is no folder of a database";
  auto settings = window::must(services::read_config(office_.folder() / "client.json"), "configuration");
  app_ = std::make_unique<application>(office_.folder() / "client.json", std::move(settings), "zh-CN");
  app_->window().show();
  QPushButton* again = nullptr;
  ASSERT_TRUE(wait_until([&] {
    again = window::visible_child<QPushButton>(&app_->window(), "startAgain");
    return again != nullptr;
  }));
  window::picture(&app_->window(), "window-failure-zh-CN");
  const auto why = window::visible_child<QLabel>(&app_->window(), "missingPlugin")->text();
  EXPECT_TRUE(why.contains("KC-FILE-UNREADABLE")) << why.toStdString();
  std::filesystem::remove_all(store);
  window::click(again);
  EXPECT_TRUE(wait_until([&] { return app_->started(); }));
}

TEST_F(Application, DriversAreListedWithWhatTheyAreAndWhyTheyDoNotLoad) {
  auto more = config();
  more["tokens"]["pkcs11"] = {{{"name", "nothing"}, {"path", "/nowhere/nothing.so"}}};
  save(more);
  start();
  tabs().setCurrentIndex(3);
  auto* list = child<QTreeWidget>(&app_->window(), "driverList");
  ASSERT_EQ(list->topLevelItemCount(), 2);
  EXPECT_EQ(list->topLevelItem(0)->text(0), "soft-skf");
  EXPECT_TRUE(list->topLevelItem(0)->text(3).contains(QString::fromUtf8("已加载")));
  EXPECT_TRUE(list->topLevelItem(1)->text(3).contains("KC-MODULE"));
  auto* tokens = child<QTreeWidget>(&app_->window(), "tokenList");
  EXPECT_TRUE(wait_until([&] { return tokens->topLevelItemCount() == 1; }));
  window::picture(&app_->window(), "window-drivers-zh-CN");

  window::click(child<QPushButton>(&app_->window(), "copyDiagnosis"));
  const auto diagnosis = QApplication::clipboard()->text();
  EXPECT_TRUE(diagnosis.contains("refused KC-MODULE")) << diagnosis.toStdString();
  EXPECT_TRUE(diagnosis.contains("0001"));
  EXPECT_FALSE(diagnosis.contains("4B43000000000001"));
  EXPECT_FALSE(diagnosis.contains(QString::fromUtf8(demo::cast::company.data())));
  EXPECT_FALSE(diagnosis.contains("/nowhere"));

  list->setCurrentItem(list->topLevelItem(1));
  window::click(child<QPushButton>(&app_->window(), "removeDriver"));
  ASSERT_TRUE(wait_until([&] { return app_->started() && list->topLevelItemCount() == 1; }));
  EXPECT_TRUE(config()["tokens"]["pkcs11"].empty());
  EXPECT_EQ(config()["client"]["hotline"], "020-89524338, 13352819801") << "the rest of the file is as it was";
}

TEST_F(Application, StartingAgainWhileItStartsWaitsForNobodyAndComesToOneClient) {
  start();
  app_->start_again();
  const auto before = std::chrono::steady_clock::now();
  for (int press = 0; press < 5; ++press) app_->start_again();
  EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::milliseconds(100));
  ASSERT_TRUE(wait_until([&] { return app_->started(); }));
  EXPECT_TRUE(wait_until([&] { return status().contains("0001"); }));
}

TEST_F(Application, FromForgottenPasswordTheHomeTabLeadsBack) {
  start();
  app_->window().show_slot("unlock");
  auto* bar = tabs().tabBar();
  QTest::mouseClick(bar, Qt::LeftButton, {}, bar->tabRect(0).center());
  EXPECT_TRUE(wait_until([&] {
    return window::visible_child<QWidget>(&app_->window(), "unlockCard") != nullptr ||
           window::visible_child<QWidget>(&app_->window(), "changePin") != nullptr;
  }));
}

/// A window of its own settings, as it opens.
class OnTheScreen : public Application {
protected:
  QRect opens() {
    app_.reset();
    auto settings = window::must(services::read_config(office_.folder() / "client.json"), "configuration");
    app_ = std::make_unique<application>(office_.folder() / "client.json", std::move(settings), "zh-CN");
    app_->window().show();
    EXPECT_TRUE(QTest::qWaitForWindowExposed(&app_->window()));
    EXPECT_TRUE(wait_until([&] { return app_->started(); }));
    return app_->window().frameGeometry();
  }
  void remember(const QRect& place) {
    QWidget window;
    window.setGeometry(place);
    const auto settings = window::must(services::read_config(office_.folder() / "client.json"), "configuration");
    preferences(settings.data_dir).set_geometry(window.saveGeometry());
  }
  [[nodiscard]] static testing::AssertionResult within_the_screen(const QRect& window) {
    const auto room = QGuiApplication::primaryScreen()->availableGeometry();
    if (room.contains(window)) return testing::AssertionSuccess();
    QString said;
    QDebug(&said) << window << "is not within" << room;
    return testing::AssertionFailure() << said.toStdString();
  }
};

TEST_F(OnTheScreen, TheWindowOpensWithinItWhateverItRemembers) {
  EXPECT_TRUE(within_the_screen(opens()));
  app_.reset();
  remember({0, 0, 5000, 4000});
  EXPECT_TRUE(within_the_screen(opens()));
  const auto room = QGuiApplication::primaryScreen()->availableGeometry();
  remember({room.width() - 300, room.height() - 200, 600, 450});
  EXPECT_TRUE(within_the_screen(opens()));
}

TEST_F(OnTheScreen, TheWindowOpensWithinItWhenEverythingIsDrawnFourTimesAsLarge) {
  auto surroundings = QProcessEnvironment::systemEnvironment();
  surroundings.insert("QT_SCALE_FACTOR", "4");  // 640 × 512 are left of 2560 × 2048
  QProcess large;
  large.setProcessEnvironment(surroundings);
  large.setProcessChannelMode(QProcess::MergedChannels);
  large.start(QCoreApplication::applicationFilePath(), {"--gtest_filter=OnTheScreen.TheWindowOpensWithinItWhatever*"});
  ASSERT_TRUE(large.waitForFinished(120'000));
  EXPECT_EQ(large.exitCode(), 0) << large.readAll().toStdString();
}

double luminance(const QColor& colour) {
  const auto part = [](double c) { return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
  return 0.2126 * part(colour.redF()) + 0.7152 * part(colour.greenF()) + 0.0722 * part(colour.blueF());
}

/// WCAG 2.1, 1.4.3: 4.5 is readable.
double contrast(const QLabel& label) {
  const auto& colours = label.palette();
  const double ink = luminance(colours.color(QPalette::Active, label.foregroundRole()));
  const double ground = luminance(colours.color(QPalette::Active, label.backgroundRole()));
  return (std::max(ink, ground) + 0.05) / (std::min(ink, ground) + 0.05);
}

TEST_F(Application, EveryTextIsReadableAsSoonAsItIsDarkOrLight) {
  apply(appearance::light);
  start();
  EXPECT_TRUE(wait_until([&] { return status().contains("0001"); }));
  app_->window().say_driver_outcome(false, "It did not work.");
  for (const auto how : {appearance::dark, appearance::light})
    for (const auto* slot : {"home", "unlock", "my-certificates", "renewal", "drivers"}) {
      apply(how == appearance::dark ? appearance::light : appearance::dark);
      app_->window().show_slot(slot);
      QTest::qWait(500);  // what it asks the core
      apply(how);
      for (const auto* one : app_->window().findChildren<QLabel*>())
        if (one->isVisible() && !one->text().isEmpty()) {
          EXPECT_GE(contrast(*one), 4.5) << slot << " " << one->objectName().toStdString() << ": "
                                         << one->text().toStdString();
        }
    }
  apply(appearance::system);
}

TEST_F(Application, OpeningAndClosingItManyTimesLeavesNothingBehind) {
  for (int round = 0; round < 5; ++round) start();
  for (int round = 0; round < 3; ++round) {
    app_->start_again();
    ASSERT_TRUE(wait_until([&] { return app_->started(); }));
  }
  app_->start_again();  // and closed while it opens
  app_.reset();
  EXPECT_TRUE(QApplication::topLevelWidgets().isEmpty());
}

}  // namespace
}  // namespace keycare::shell
