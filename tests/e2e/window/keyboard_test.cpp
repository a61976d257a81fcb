// keyboard_test.cpp - who cannot use a mouse: the whole way by keys alone, each given to what has the focus.
#include "tests/window/keyboard.hpp"
#include "seat.hpp"

#include <QCheckBox>
#include <QComboBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSet>
#include <QTabBar>
#include <QTabWidget>

namespace keycare::shell {
namespace {

namespace cast = demo::cast;
using window::text_of;
using window::wait_until;
namespace keyboard = window::keyboard;

class ByKeyboard : public Clerk {
protected:
  [[nodiscard]] testing::AssertionResult tab_to(const char* name) { return keyboard::tab_to(user.find(name)); }
  /// Whether the focus comes there by itself.
  [[nodiscard]] testing::AssertionResult is_at(const char* name) {
    auto* wanted = user.find(name);
    if (wait_until([&] { return keyboard::at() == wanted; })) return testing::AssertionSuccess();
    return testing::AssertionFailure() << "at " << named(keyboard::at()) << " and not at " << name;
  }
  /// Tab until it is there, then the key that presses it.
  void press(const char* name, Qt::Key with) {
    ASSERT_TRUE(tab_to(name));
    keyboard::press(with);
  }
  void tick(const char* name) {
    press(name, Qt::Key_Space);
    EXPECT_TRUE(user.find<QCheckBox>(name)->isChecked()) << name;
  }
  void read_and_accept(const char* text, const char* box) {
    ASSERT_TRUE(tab_to(text));
    keyboard::press(Qt::Key_End, Qt::ControlModifier);
    tick(box);
  }
  void fill(const char* name, std::string_view with) {
    ASSERT_TRUE(tab_to(name));
    keyboard::write(text_of(with));
  }
  void answer_pin_dialog(std::string_view pin) {
    auto* dialog = pin_dialog();
    ASSERT_NE(dialog, nullptr);
    ASSERT_TRUE(wait_until([&] { return keyboard::at()->objectName() == "pinField"; })) << named(keyboard::at());
    keyboard::type(pin);
    keyboard::press(Qt::Key_Return);
  }
  /// The notice's 确定, which has the focus when it comes.
  void confirm_notice() {
    ASSERT_TRUE(wait_until([&] {
      const auto* ok = qobject_cast<QPushButton*>(keyboard::at());
      return ok != nullptr && ok->text() == text_of("确定");
    })) << named(keyboard::at());
    keyboard::press(Qt::Key_Return);
  }
  void apply() {
    press("applyForRenewal", Qt::Key_Space);
    read_and_accept("agreementText", "acceptAgreement");
    read_and_accept("personalDataText", "acceptPersonalData");
    press("next", Qt::Key_Return);
    ASSERT_TRUE(tab_to("months"));
    keyboard::press(Qt::Key_Down);
    EXPECT_TRUE(user.sees("400.00")) << "two years";
    ASSERT_TRUE(tab_to("id_number"));
    keyboard::type(cast::id_number);
    fill("name", cast::clerk);
    fill("address", cast::address);
    ASSERT_TRUE(tab_to("phone"));
    keyboard::type(cast::phone);
    ASSERT_TRUE(tab_to("email"));
    keyboard::type(cast::email);
    tick("acknowledgeBids");
    press("submit", Qt::Key_Space);
    answer_pin_dialog(cast::pin);
    confirm_notice();
  }
  void pay() {
    ASSERT_TRUE(is_at("mainAct")) << "立即支付";
    keyboard::press(Qt::Key_Space);
    ASSERT_TRUE(tab_to("payOnline"));
    EXPECT_TRUE(user.find<QRadioButton>("payOnline")->isChecked());
    press("next", Qt::Key_Space);
    ASSERT_TRUE(tab_to("method-wechat"));
    keyboard::press(Qt::Key_Down);
    EXPECT_TRUE(user.find<QRadioButton>("method-alipay")->isChecked());
    fill("title", cast::company);
    ASSERT_TRUE(tab_to("taxpayer_number"));
    keyboard::type(cast::taxpayer_number);
    ASSERT_TRUE(tab_to("email"));
    keyboard::type(cast::email);
    press("submitPayment", Qt::Key_Space);
    user.find("payCode");
    ASSERT_TRUE(wait_until([&] { return !browser.opened.empty(); }));
    office_->desk("pay", {{"payment", browser.opened.back().path().section('/', -1).toStdString()}});
    ASSERT_TRUE(is_at("mainAct")) << "支付成功";
    keyboard::press(Qt::Key_Return);
  }
};

TEST_F(ByKeyboard, GoesTheWholeWayFromTheStartOfTheWindowToTheNewCertificate) {
  sit_down();
  keyboard::press(Qt::Key_3, Qt::ControlModifier);
  apply();
  ASSERT_FALSE(HasFatalFailure());
  pay();
  ASSERT_FALSE(HasFatalFailure());
  EXPECT_TRUE(user.sees("需要再输入一次 CA 密码")) << "after the review";
  ASSERT_TRUE(is_at("mainAct"));
  keyboard::press(Qt::Key_Space);
  answer_pin_dialog(cast::pin);
  EXPECT_TRUE(user.sees("证书安装完成。"));
  confirm_notice();
  EXPECT_TRUE(user.sees("续期已完成"));
  EXPECT_TRUE(is_at("mainAct")) << "完成";
}

/// What can be pressed or typed into in this window, and does not get the focus in one round of Tab.
std::string unreached(QWidget* of) {
  QSet<QWidget*> reached;
  for (auto* now = keyboard::at(); !reached.contains(now); now = keyboard::at()) {
    reached += now;
    keyboard::press(Qt::Key_Tab);
  }
  std::string out;
  for (auto* one : of->findChildren<QWidget*>()) {
    const auto* button = qobject_cast<QAbstractButton*>(one);
    const bool control = button != nullptr || qobject_cast<QLineEdit*>(one) != nullptr ||
                         qobject_cast<QComboBox*>(one) != nullptr || qobject_cast<QAbstractItemView*>(one) != nullptr ||
                         qobject_cast<QPlainTextEdit*>(one) != nullptr || qobject_cast<QTabBar*>(one) != nullptr;
    if (!control || !one->isVisible() || !one->isEnabled() || one->window() != of || reached.contains(one)) continue;
    // Arrows go from one radio button to the next. Heads, scroll arrows and the like are parts of what has the focus.
    const bool part = qobject_cast<QHeaderView*>(one) != nullptr || qobject_cast<QTabBar*>(one->parent()) != nullptr ||
                      qobject_cast<QAbstractItemView*>(one->parent()) != nullptr;
    if (part || qobject_cast<QRadioButton*>(one) != nullptr) continue;
    out += "\n" + std::string(one->metaObject()->className()) + " " + one->objectName().toStdString() + " " +
           (button != nullptr ? button->text().toStdString() : std::string());
  }
  return out;
}

TEST_F(ByKeyboard, ReachesEveryControlOfEveryTabByTabAndArrows) {
  sit_down();
  EXPECT_TRUE(user.sees(text_of(cast::company)));
  auto* tabs = window::child<QTabWidget>(&window(), "tabs");
  ASSERT_TRUE(keyboard::tab_to(tabs->tabBar()));
  for (int number = 0; number < tabs->count(); ++number) {
    EXPECT_EQ(tabs->currentIndex(), number);
    EXPECT_EQ(unreached(&window()), "") << tabs->tabText(number).toStdString();
    ASSERT_TRUE(keyboard::tab_to(tabs->tabBar()));
    keyboard::press(Qt::Key_Right);
  }
}

}  // namespace
}  // namespace keycare::shell
