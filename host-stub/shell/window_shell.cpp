// window_shell.cpp - see window_shell.hpp.
#include "host-stub/shell/window_shell.hpp"

#include "host-stub/services/call.hpp"
#include "host-stub/shell/text.hpp"

#include <QCoreApplication>
#include <QDesktopServices>
#include <QMessageBox>
#include <QPushButton>
#include <QUrl>

#include <condition_variable>
#include <optional>

namespace keycare::shell {

using namespace std::chrono_literals;

struct window_shell::surface {
  QPointer<QWidget> window;
  window_acts acts;
  bool alive = true;
};

namespace {

struct question {
  void answer(std::optional<bool> yes) {
    const std::lock_guard lock(mutex);
    if (!done) said = yes;
    done = true;
    changed.notify_all();
  }
  std::mutex mutex;
  std::condition_variable changed;
  std::optional<bool> said;  ///< Nothing: the question was closed.
  bool done = false;
  QPointer<QMessageBox> box;  ///< Main thread only.
};

/// The default is no: what a plugin asks may cost something.
void show_question(const std::shared_ptr<question>& mine, QWidget* window, const std::string& title,
                   const std::string& text) {
  auto* box = new QMessageBox(QMessageBox::Question, from_utf8(title), from_utf8(text), QMessageBox::NoButton, window);
  box->setObjectName("question");
  box->setAttribute(Qt::WA_DeleteOnClose);
  box->setTextFormat(Qt::PlainText);
  auto* yes = box->addButton(QCoreApplication::translate("window_shell", "Yes"), QMessageBox::YesRole);
  auto* no = box->addButton(QCoreApplication::translate("window_shell", "No"), QMessageBox::NoRole);
  box->setDefaultButton(no);
  box->setEscapeButton(no);
  mine->box = box;
  QObject::connect(box, &QMessageBox::finished, box, [mine, box, yes] { mine->answer(box->clickedButton() == yes); });
  QObject::connect(box, &QObject::destroyed, box, [mine] { mine->answer({}); });
  box->open();
}

}  // namespace

window_shell::window_shell(services::main_executor& main) : main_(main), surface_(std::make_shared<surface>()) {}

window_shell::~window_shell() {
  surface_->alive = false;
}

void window_shell::set_window(QWidget* window, window_acts acts) {
  surface_->window = window;
  surface_->acts = std::move(acts);
}

void window_shell::set_language(const std::string& language) {
  const std::lock_guard lock(mutex_);
  language_ = language;
}

std::string window_shell::language() const {
  const std::lock_guard lock(mutex_);
  return language_;
}

result<bool> window_shell::confirm(const kc_call* call, const std::string& title, const std::string& text) {
  auto mine = std::make_shared<question>();
  main_.post([surface = surface_, mine, title, text] {
    if (surface->alive) return show_question(mine, surface->window, title, text);
    mine->answer({});
  });
  std::unique_lock lock(mine->mutex);
  while (!mine->changed.wait_for(lock, 50ms, [&] { return mine->done; }))
    if (services::is_cancelled(call)) {
      main_.post([mine] { delete mine->box; });
      return fail(KC_E_CANCELLED, "KC-CALL-CANCELLED");
    }
  if (!mine->said) return fail(KC_E_CANCELLED, "KC-SHELL-DECLINED");
  return *mine->said;
}

result<void> window_shell::notify(const std::string& title, const std::string& text) {
  main_.post([surface = surface_, title, text] {
    if (surface->alive && surface->acts.notify) surface->acts.notify(from_utf8(title), from_utf8(text));
  });
  return {};
}

result<void> window_shell::open_url(const std::string& url) {
  main_.post([surface = surface_, url] {
    const auto address = from_utf8(url);
    if (QDesktopServices::openUrl(QUrl(address, QUrl::StrictMode)) || !surface->alive) return;
    if (surface->acts.offer_page) surface->acts.offer_page(address);
  });
  return {};
}

result<void> window_shell::show_page(const std::string& slot) {
  main_.post([surface = surface_, slot] {
    if (surface->alive && surface->acts.show_page) surface->acts.show_page(from_utf8(slot));
  });
  return {};
}

}  // namespace keycare::shell
