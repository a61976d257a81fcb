// complaint_test.cpp - a configuration that cannot be read is said in a window too, and ends the program as before.
#include "host-stub/shell/complaint.hpp"

#include "host-stub/demo/office.hpp"
#include "tests/window/page_stage.hpp"

#include <QApplication>
#include <QMessageBox>
#include <QProcess>
#include <QPushButton>
#include <QTemporaryFile>
#include <QTimer>

namespace keycare::shell {
namespace {

TEST(Complaint, SaysTheSentenceAndTheSupportCodeInAWindowUntilItIsClosed) {
  for (const auto& [language, words, button] : {std::tuple("en", "Support code: KC-CONFIG-INVALID", "Close"),
                                                {"zh-CN", "支持代码：KC-CONFIG-INVALID", "关闭"}}) {
    QString text, said, pressed;
    QTimer::singleShot(100, [&] {
      auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
      ASSERT_NE(box, nullptr);
      text = box->text();
      said = box->informativeText();
      auto* close = box->defaultButton();
      pressed = close->text();
      window::click(close);
    });
    complain(fail(KC_E_DAMAGED, "KC-CONFIG-INVALID"), language);
    EXPECT_FALSE(text.isEmpty());
    EXPECT_EQ(said, QString::fromUtf8(words));
    EXPECT_EQ(pressed, QString::fromUtf8(button));
  }
}

/// keycare-gui with a configuration that is none.
class Gui : public testing::Test {
protected:
  Gui() {
    EXPECT_TRUE(config_.open());
    config_.write("this is none");
    config_.flush();
    program_ = QString::fromStdString((demo::find_built_files().program.parent_path() / "keycare-gui").string());
  }
  ~Gui() override {
    gui_.kill();
    gui_.waitForFinished();
  }
  void start(const QProcessEnvironment& surroundings) {
    gui_.setProcessEnvironment(surroundings);
    gui_.start(program_, {"--config", config_.fileName(), "--lang", "en"});
    ASSERT_TRUE(gui_.waitForStarted());
  }
  QTemporaryFile config_;
  QString program_;
  QProcess gui_;
};

TEST_F(Gui, WaitsWithItsComplaintOnAScreenUntilSomebodyHasReadIt) {
  start(QProcessEnvironment::systemEnvironment());
  QByteArray said;
  ASSERT_TRUE(window::wait_until([&] { return (said += gui_.readAllStandardError()).contains("[KC-"); }));
  EXPECT_FALSE(gui_.waitForFinished(2000)) << "the window is open; " << said.toStdString();
}

TEST_F(Gui, WithoutAScreenSaysItOnTheTerminalAndEnds) {
  auto surroundings = QProcessEnvironment::systemEnvironment();
  surroundings.remove("DISPLAY");
  surroundings.remove("WAYLAND_DISPLAY");
  for (const auto* platform : {"", "offscreen"}) {
    surroundings.insert("QT_QPA_PLATFORM", platform);
    if (*platform != 0) surroundings.insert("DISPLAY", qEnvironmentVariable("DISPLAY"));
    start(surroundings);
    ASSERT_TRUE(gui_.waitForFinished(10'000));
    EXPECT_EQ(gui_.exitCode(), 2);
    EXPECT_TRUE(gui_.readAllStandardError().contains("[KC-"));
  }
}

}  // namespace
}  // namespace keycare::shell
