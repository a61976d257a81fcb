// main_window.cpp - see main_window.hpp.
#include "host-stub/shell/main_window.hpp"

#include "host-stub/client/sentence.hpp"
#include "host-stub/shell/diagnosis.hpp"
#include "host-stub/shell/drivers_page.hpp"
#include "host-stub/shell/slot_place.hpp"
#include "host-stub/shell/text.hpp"
#include "host-stub/shell/tones.hpp"
#include "keycare/abi/token.h"

#include <QActionGroup>
#include <QCloseEvent>
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QShortcut>
#include <QStackedWidget>
#include <QStatusBar>
#include <QStyle>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace keycare::shell {
namespace {

/// Whatever the font: a form and its button are seen at once where the screen has room.
constexpr QSize roomy(900, 680);

/// A page that is higher than the window scrolls.
QScrollArea* scrolling(QWidget* what, QWidget* parent) {
  auto* area = new QScrollArea(parent);
  area->setWidgetResizable(true);
  area->setFrameShape(QFrame::NoFrame);
  area->setWidget(what);
  area->setFocusPolicy(Qt::NoFocus);
  return area;
}

enum tab { home_tab, certificates_tab, renewal_tab, drivers_tab };

}  // namespace

main_window::main_window(const services::client_config& about, preferences& remembered, acts what)
    : about_(about),
      remembered_(remembered),
      acts_(std::move(what)),
      tabs_(new QTabWidget(this)),
      home_(new QStackedWidget(this)),
      cards_(new slot_place(true, this)),
      unlock_(new slot_place(false, this)),
      certificates_(new slot_place(false, this)),
      renewal_(new slot_place(false, this)),
      drivers_(new drivers_page(
          {[this](services::driver_kind kind, const QString& file) { acts_.change_drivers(kind, file, true); },
           [this](services::driver_kind kind, const QString& name) { acts_.change_drivers(kind, name, false); },
           [this] { return acts_.diagnosis(); }, [this] { acts_.look_for_tokens(); }},
          this)),
      notice_(new QWidget(this)),
      notice_text_(new QLabel(notice_)),
      notice_ok_(new QPushButton(notice_)),
      token_line_(new toned_label(this)),
      hotline_(new QLabel(this)),
      options_(new QPushButton(this)),
      help_(new QPushButton(this)) {
  setObjectName("mainWindow");
  tabs_->setObjectName("tabs");
  tabs_->setDocumentMode(true);
  home_->addWidget(scrolling(cards_, home_));
  home_->addWidget(unlock_);
  tabs_->addTab(home_, QString());
  tabs_->addTab(certificates_, QString());
  tabs_->addTab(renewal_, QString());
  tabs_->addTab(drivers_, QString());
  auto* corner = new QWidget(this);
  auto* corner_row = new QHBoxLayout(corner);
  corner_row->setContentsMargins(0, 0, 6, 0);
  corner_row->addWidget(options_);
  corner_row->addWidget(help_);
  help_->setFlat(true);
  help_->setObjectName("help");
  options_->setObjectName("options");
  options_->setFlat(true);
  tabs_->setCornerWidget(corner);

  notice_->setObjectName("hostNotice");
  auto* notice_row = new QHBoxLayout(notice_);
  notice_row->addWidget(notice_text_, 1);
  notice_row->addWidget(notice_ok_);
  notice_text_->setObjectName("hostNoticeText");
  notice_text_->setWordWrap(true);
  notice_text_->setTextFormat(Qt::PlainText);
  notice_text_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  notice_ok_->setObjectName("hostNoticeOk");
  notice_->setAutoFillBackground(true);
  notice_->setBackgroundRole(QPalette::AlternateBase);
  notice_->hide();
  connect(notice_ok_, &QPushButton::clicked, this, [this] {
    notices_.removeFirst();
    show_notice();
  });
  auto* middle = new QWidget(this);
  auto* column = new QVBoxLayout(middle);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(notice_);
  column->addWidget(tabs_, 1);
  setCentralWidget(middle);
  token_line_->setObjectName("tokenLine");
  statusBar()->addWidget(token_line_, 1);
  hotline_->setContentsMargins(0, 0, 6, 0);
  statusBar()->addPermanentWidget(hotline_);
  statusBar()->setSizeGripEnabled(false);

  connect(tabs_->tabBar(), &QTabBar::tabBarClicked, this, [this](int number) { show_tab(number); });
  connect(tabs_, &QTabWidget::currentChanged, this, [this] {
    notices_.removeIf([](const notice& one) { return !one.address.isEmpty(); });
    show_notice();
  });
  connect(help_, &QPushButton::clicked, this, [this] { show_help(); });
  connect(new QShortcut(QKeySequence::HelpContents, this), &QShortcut::activated, this, [this] { show_help(); });
  for (int number = 0; number < tabs_->count(); ++number)
    connect(new QShortcut(QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + number)), this),
            &QShortcut::activated, this, [this, number] { show_tab(number); });
  if (!restoreGeometry(remembered.geometry()))
    resize(QSize(fontMetrics().averageCharWidth() * 112, fontMetrics().height() * 40).expandedTo(roomy));
  fit_into_screen();
}

main_window::~main_window() = default;

void main_window::fit_into_screen() {
  if (isMaximized() || isFullScreen()) return;
  const auto room = screen()->availableGeometry();
  // The window manager's frame is not there yet.
  const QSize frame(0, style()->pixelMetric(QStyle::PM_TitleBarHeight));
  resize(size().boundedTo(room.size() - frame));
  if (testAttribute(Qt::WA_Moved))
    move(std::clamp(x(), room.left(), room.right() + 1 - width()),
         std::clamp(y(), room.top(), room.bottom() + 1 - height() - frame.height()));
}

void main_window::show_starting() {
  started_ = false;
  looked_ = false;
  for (auto* place : {cards_, unlock_, certificates_, renewal_}) place->show_starting();
  drivers_->clear();
  show_status();
}

void main_window::show_failure(const error& why) {
  token_line_->clear();
  for (auto* place : {cards_, unlock_, certificates_, renewal_}) place->show_failure(why, acts_.start_again);
}

void main_window::show_client(plugin_pages& pages, const std::vector<services::token_registry::driver>& drivers) {
  auto home = pages.for_slot("home");
  const auto lost = pages.without_slot();
  home.insert(home.end(), lost.begin(), lost.end());
  cards_->show(home);
  unlock_->show(pages.for_slot("unlock"));
  certificates_->show(pages.for_slot("my-certificates"));
  renewal_->show(pages.for_slot("renewal"));
  drivers_->show(drivers);
  started_ = true;
  show_status();
}

void main_window::take_pages() {
  show_starting();
}

void main_window::show_tokens(const std::vector<token_info>& tokens) {
  tokens_ = tokens;
  looked_ = true;
  drivers_->show(tokens);
  show_status();
}

void main_window::show_status() {
  if (!started_ || !looked_) return token_line_->say(tone::plain, tr("Starting …"));
  if (tokens_.empty()) return token_line_->say(tone::warning, tr("No token. Insert your token."));
  QStringList words;
  auto worst = tone::good;
  for (const auto& one : tokens_) {
    const bool busy = (one.flags & KC_TOKEN_BUSY) != 0;
    auto state = tr("tries left: %1").arg(one.pin.remaining ? QString::number(*one.pin.remaining) : tr("unknown"));
    if (one.pin.locked()) state = tr("PIN locked");
    if (busy) state = tr("the device does not answer");
    if (one.pin.locked()) worst = tone::bad;
    if (busy && worst == tone::good) worst = tone::warning;
    words += tr("Token %1 (%2)").arg(from_utf8(last_digits(one.token.serial)), state);
    if (words.size() == 3 && tokens_.size() > 3) {
      words += QStringLiteral("…");
      break;
    }
  }
  token_line_->say(worst, words.join("   "));
}

void main_window::show_slot(const QString& slot) {
  if (slot == "home" || slot == "unlock") {
    home_->setCurrentIndex(slot == "unlock" ? 1 : 0);
    tabs_->setCurrentIndex(home_tab);
  } else if (slot == "my-certificates") {
    tabs_->setCurrentIndex(certificates_tab);
  } else if (slot == "renewal") {
    tabs_->setCurrentIndex(renewal_tab);
  } else if (slot == "drivers") {
    tabs_->setCurrentIndex(drivers_tab);
  } else {
    return;
  }
  // Whoever reads the screen by ear is taken along.
  if (auto* page = tabs_->currentWidget(); page != nullptr && !page->isAncestorOf(focusWidget()))
    tabs_->tabBar()->setFocus();
}

void main_window::show_tab(int number) {
  // 主页 means its cards, also for who stands on 忘记密码 and finds no way back there.
  if (number == home_tab) home_->setCurrentIndex(0);
  tabs_->setCurrentIndex(number);
}

void main_window::notify(const QString& title, const QString& text) {
  constexpr qsizetype most = 20;
  if (notices_.size() >= most) notices_.removeLast();
  notices_ += notice{title.isEmpty() ? text : title + "\n" + text, {}};
  show_notice();
}

void main_window::offer_page(const QString& address) {
  notices_.removeIf([](const notice& one) { return !one.address.isEmpty(); });
  notices_.prepend(notice{{}, address});
  show_notice();
}

void main_window::show_notice() {
  notice_->setVisible(!notices_.isEmpty());
  if (notices_.isEmpty()) return;
  const auto& now = notices_.first();
  notice_text_->setText(now.address.isEmpty() ? now.text : tr("Open this page in a browser") + "\n" + now.address);
}

void main_window::say_driver_outcome(bool good, const QString& sentence) {
  drivers_->say_outcome(good, sentence);
}

void main_window::retranslate(const std::string& language) {
  language_ = language;
  setWindowTitle(from_utf8(about_.name));
  tabs_->setTabText(home_tab, tr("Home"));
  tabs_->setTabText(certificates_tab, tr("My certificates"));
  tabs_->setTabText(renewal_tab, tr("Renewal"));
  tabs_->setTabText(drivers_tab, tr("Drivers"));
  tabs_->tabBar()->setAccessibleName(tr("Pages"));
  tabs_->setAccessibleName(tr("Pages"));
  help_->setText(tr("Help"));
  notice_ok_->setText(tr("OK"));
  show_notice();
  hotline_->setText(about_.hotline.empty() ? QString() : tr("Hotline %1").arg(from_utf8(about_.hotline)));
  build_options();
  for (auto* place : {cards_, unlock_, certificates_, renewal_}) place->retranslate(language);
  drivers_->retranslate(language);
  show_status();
}

void main_window::build_options() {
  options_->setText(tr("Options"));
  options_->setAccessibleName(tr("Options"));
  auto* menu = new QMenu(options_);
  auto* languages = menu->addMenu("语言 / Language");
  auto* one_of = new QActionGroup(menu);
  for (const auto& [code, name] : {std::pair{"zh-CN", "中文"}, std::pair{"en", "English"}}) {
    auto* action = languages->addAction(QString::fromUtf8(name));
    action->setCheckable(true);
    action->setChecked(language_ == code);
    one_of->addAction(action);
    connect(action, &QAction::triggered, this, [this, chosen = std::string(code)] { acts_.language_chosen(chosen); });
  }
  auto* looks = menu->addMenu(tr("Appearance"));
  auto* one_look = new QActionGroup(menu);
  for (const auto& [how, name] : {std::pair{appearance::system, tr("As the system")},
                                  std::pair{appearance::light, tr("Light")}, std::pair{appearance::dark, tr("Dark")}}) {
    auto* action = looks->addAction(name);
    action->setCheckable(true);
    action->setChecked(remembered_.look() == how);
    one_look->addAction(action);
    connect(action, &QAction::triggered, this, [this, chosen = how] {
      remembered_.set_look(chosen);
      apply(chosen);
    });
  }
  if (auto* before = options_->menu()) before->deleteLater();
  options_->setMenu(menu);
}

void main_window::show_help() {
  auto* box = new QMessageBox(this);
  box->setObjectName("helpBox");
  box->setAttribute(Qt::WA_DeleteOnClose);
  box->setWindowTitle(tr("Help"));
  box->setTextFormat(Qt::PlainText);
  box->setText(from_utf8(about_.name + " " + about_.version));
  QString lines;
  if (!about_.hotline.empty()) lines += tr("Service hotline: %1").arg(from_utf8(about_.hotline)) + "\n";
  if (!about_.qq.empty()) lines += tr("Service QQ: %1").arg(from_utf8(about_.qq)) + "\n";
  lines += "\n" +
           tr("When you call, have the support code ready: it stands below the message, for example KC-TOKEN-REMOVED.");
  box->setInformativeText(lines);
  box->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  box->addButton(tr("OK"), QMessageBox::AcceptRole);
  box->open();
}

void main_window::closeEvent(QCloseEvent* event) {
  remembered_.set_geometry(saveGeometry());
  QMainWindow::closeEvent(event);
}

}  // namespace keycare::shell
