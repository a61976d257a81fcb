// page_stage.cpp - see page_stage.hpp.
#include "page_stage.hpp"

#include "host-stub/client/sentence.hpp"
#include "host-stub/services/config/config.hpp"
#include "host-stub/services/standard_services.hpp"

#include <gtest/gtest.h>

#include <QDir>
#include <QElapsedTimer>
#include <QPixmap>
#include <QVBoxLayout>
#include <QtGlobal>

#include <cstdlib>
#include <stdexcept>

namespace keycare::window {

bool wait_until(const std::function<bool()>& true_now, std::chrono::milliseconds patience) {
  return QTest::qWaitFor(true_now, static_cast<int>(patience.count()));
}

bool focused(QWidget* at) {
  return at != nullptr && wait_until([&] {
           // Without a window manager, nobody else gives the activity back that a closed window had.
           if (!at->window()->isActiveWindow()) at->window()->activateWindow();
           return at->hasFocus();
         });
}

void click(QWidget* at) {
  ASSERT_NE(at, nullptr);
  ASSERT_TRUE(at->isVisible() && at->isEnabled()) << at->objectName().toStdString();
  QTest::mouseClick(at, Qt::LeftButton);
}

void type(QWidget* at, const QString& text) {
  click(at);
  QTest::keySequence(at, QKeySequence::SelectAll);
  QTest::keyClick(at, Qt::Key_Delete);
  QTest::keyClicks(at, text);
}

void typing_prompt::will_type(std::string_view pin) {
  const std::lock_guard lock(mutex_);
  script_.emplace_back(pin);
}

int typing_prompt::dialogs() const {
  const std::lock_guard lock(mutex_);
  return dialogs_;
}

services::prompt_view typing_prompt::last() const {
  const std::lock_guard lock(mutex_);
  return last_;
}

result<services::secret> typing_prompt::next(const services::prompt_view& view) {
  const std::lock_guard lock(mutex_);
  ++dialogs_;
  last_ = view;
  if (script_.empty()) return fail(KC_E_CANCELLED, "KC-PIN-CANCELLED");
  services::secret out(std::string_view(script_.front()));
  script_.pop_front();
  return out;
}

result<services::secret> typing_prompt::ask(const kc_call*, const services::prompt_view& view) {
  return next(view);
}

result<services::secret> typing_prompt::ask_new(const kc_call*, const services::prompt_view& view,
                                                const services::new_pin_policy&) {
  return next(view);
}

void typing_prompt::tell(const services::prompt_view& view) {
  const std::lock_guard lock(mutex_);
  last_ = view;
}

result<bool> noting_shell::confirm(const kc_call*, const std::string& title, const std::string& text) {
  const std::lock_guard lock(mutex);
  confirmed.push_back(title + "\n" + text);
  return answer;
}
result<void> noting_shell::notify(const std::string& title, const std::string& text) {
  const std::lock_guard lock(mutex);
  notices.push_back(title + "\n" + text);
  return {};
}
result<void> noting_shell::open_url(const std::string& url) {
  const std::lock_guard lock(mutex);
  opened.push_back(url);
  return {};
}
result<void> noting_shell::show_page(const std::string& slot) {
  const std::lock_guard lock(mutex);
  shown.push_back(slot);
  return {};
}

page_stage::page_stage(stage_options how) : office_stage(how), language_(how.language) {
  start();
}

page_stage::~page_stage() {
  stop();
}

void page_stage::start() {
  auto settings = must(services::read_config(folder() / "client.json"), "configuration");
  host::surface with{prompt_, shell_, time_, loader::parse_qt_tag(std::string(qVersion()) + "-release")};
  client_ = must(host::client::open(std::move(settings), with), "client");
  for (const auto& one : client_->plugins()) {
    if (!one.session || one.ui == nullptr)
      throw std::runtime_error(one.manifest_file.string() + ": " + one.refused.code + one.ui_refused.code + " " +
                               one.ui_refused.args);
    auto ui = must(services::ui_session::start(
                       one.ui, *one.session, client_->ui_offers(), main_, [this] { return language_; }, client_->log()),
                   "UI library");
    ui->set_language(language_);
    uis_.emplace(one.about.id, std::move(ui));
  }
}

void page_stage::stop() {
  while (!shown_.empty()) close(shown_.back().page);
  uis_.clear();
  client_.reset();
}

void page_stage::restart() {
  stop();
  start();
}

void page_stage::forget_client_data() {
  stop();
  std::filesystem::remove_all(folder() / "client");
  start();
}

QWidget* page_stage::page(const std::string& plugin, const std::string& slot) {
  auto made = uis_.at(plugin)->create_page(slot);
  if (!made) throw std::runtime_error(plugin + " " + slot + ": " + made.error().code);
  shown one{static_cast<QWidget*>(*made), plugin, std::make_unique<QWidget>()};
  auto* column = new QVBoxLayout(one.window.get());
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(one.page);
  one.page->show();
  one.window->resize(1000, 700);
  one.window->show();
  EXPECT_TRUE(QTest::qWaitForWindowExposed(one.window.get()));
  one.window->activateWindow();
  EXPECT_TRUE(QTest::qWaitForWindowActive(one.window.get())) << "without it nothing has the focus";
  shown_.push_back(std::move(one));
  return shown_.back().page;
}

void page_stage::close(QWidget* page) {
  for (auto it = shown_.begin(); it != shown_.end(); ++it)
    if (it->page == page) {
      page->setParent(nullptr);
      uis_.at(it->plugin)->destroy_page(page);
      shown_.erase(it);
      return;
    }
}

void page_stage::set_language(const std::string& language) {
  language_ = language;
  for (const auto& [id, ui] : uis_) ui->set_language(language);
}

}  // namespace keycare::window
