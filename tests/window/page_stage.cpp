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

void picture(QWidget* of, const QString& name) {
  const char* folder = std::getenv("KEYCARE_SCREENS");
  if (folder == nullptr || *folder == '\0' || of == nullptr) return;
  QTest::qWait(50);  // what was just shown is painted
  QDir().mkpath(folder);
  EXPECT_TRUE(of->grab().save(QDir(folder).filePath(name + ".png")));
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

namespace {

/// A stage that cannot be set is no stage: the test ends with the reason.
template <class T>
T must(result<T> outcome, const char* what) {
  if (outcome) return *std::move(outcome);
  throw std::runtime_error(std::string(what) + ": " + outcome.error().code + " " + outcome.error().args);
}

}  // namespace

page_stage::page_stage(stage_options how) : how_(std::move(how)), language_(how_.language) {
  folder_ = std::filesystem::temp_directory_path() / "keycare-window.XXXXXX";
  auto pattern = folder_.string();
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
  folder_ = pattern;
  office_ = must(demo::office::open(folder_, language_, how_.ra_arguments), "office");
  for (int number = 0; number <= how_.more_tokens; ++number) {
    auto order = office_->clerk_order("token" + std::to_string(number), how_.days + 100 * number);
    order.serial = "4B4300000000000" + std::to_string(number + 1);
    order.tries = how_.tries;
    order.scrypt_log2_n = 4;
    if (number > 0) order.account += "-" + std::to_string(number);
    tokens_.push_back(must(office_->hand_over(order), "token"));
  }
  start();
}

page_stage::~page_stage() {
  stop();
  office_.reset();
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

void page_stage::start() {
  auto settings = must(services::read_config(office_->config_file()), "configuration");
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
  std::filesystem::remove_all(folder_ / "client");
  start();
}

nlohmann::json page_stage::desk(std::string_view name, const nlohmann::json& body) {
  const auto answer = office_->ra().desk(name, body);
  EXPECT_TRUE(answer.ok()) << name << ": " << (answer ? "" : answer.error().code + " " + answer.error().args);
  return answer ? *answer : nlohmann::json::object();
}

void page_stage::unplug(std::size_t number) {
  const auto file = folder_ / "tokens" / ("token" + std::to_string(number));
  for (const auto& entry : std::filesystem::directory_iterator(folder_ / "tokens"))
    if (entry.path().stem() == file.filename()) {
      std::filesystem::create_directory(folder_ / "drawer");
      std::filesystem::rename(entry.path(), folder_ / "drawer" / entry.path().filename());
      return;
    }
  ADD_FAILURE() << "there is no " << file;
}

void page_stage::plug(std::size_t number) {
  const auto name = "token" + std::to_string(number);
  for (const auto& entry : std::filesystem::directory_iterator(folder_ / "drawer"))
    if (entry.path().stem() == name) {
      std::filesystem::rename(entry.path(), folder_ / "tokens" / entry.path().filename());
      return;
    }
  ADD_FAILURE() << "there is no " << name;
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
