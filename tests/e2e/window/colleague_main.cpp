// colleague_main.cpp - the process of colleague.hpp: reads errands from its standard input, one a line, until it ends.
#include "colleague.hpp"
#include "host-stub/demo/cast.hpp"
#include "seat.hpp"

#include <QEventLoop>
#include <QSocketNotifier>

#include <unistd.h>

#include <iostream>

namespace keycare::shell {
namespace {

void run(seat& her, const std::string& errand, const std::string& what) {
  if (errand == errand::open) return her.open_window(what);
  if (errand == errand::fill_in) {
    her.go_to_tab(2);
    return her.user.fill_in();
  }
  if (errand == errand::invoice) {
    her.user.to_payment_page();
    return her.user.fill_invoice();
  }
  if (errand == errand::press) return her.user.press(what.c_str());
  if (errand == errand::notice) return her.user.press_notice(what.c_str());
  if (errand == errand::again) {
    if (her.user.sees_now("重试")) her.user.press_notice("重试");
    return;
  }
  if (errand == errand::type_pin) return her.type_pin(demo::cast::pin);
  EXPECT_EQ(errand, errand::look);
}

TEST(Colleague, DoesWhatSheIsTold) {
  seat her;
  QSocketNotifier told(STDIN_FILENO, QSocketNotifier::Read);
  QEventLoop day;
  QObject::connect(&told, &QSocketNotifier::activated, &day, [&] {
    told.setEnabled(false);  // one at a time, though the event loop turns meanwhile
    std::string line;
    if (!std::getline(std::cin, line)) return day.quit();
    const auto errand = nlohmann::json::parse(line);
    run(her, errand.at("do"), errand.at("what"));
    std::string seen;
    if (errand.at("do") == errand::look) seen = window::seen(&her.window()).toStdString();
    std::cout << nlohmann::json{{"seen", seen}} << std::endl;
    told.setEnabled(true);
  });
  day.exec();
}

}  // namespace
}  // namespace keycare::shell
