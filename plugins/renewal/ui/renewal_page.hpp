// renewal_page.hpp - the tab 证书续期: which small page is shown follows from the core's replies and from nothing else.
#pragma once

#include "plugins/common/ui/conversation.hpp"
#include "plugins/common/ui/page.hpp"
#include "plugins/common/ui/page_library.hpp"
#include "plugins/renewal/ui/kept_entries.hpp"
#include "plugins/renewal/ui/order_page.hpp"
#include "plugins/renewal/ui/quiet_look.hpp"
#include "plugins/renewal/ui/wanted_order.hpp"

#include <QCoreApplication>
#include <QPointer>

#include <functional>
#include <optional>

class QStackedWidget;

namespace keycare::ui {
class busy_line;
class notice;
}  // namespace keycare::ui

namespace keycare::renewal {

class agreement_page;
class form_page;
class payment_page;
class payment_way_page;
class start_page;

class renewal_page final : public ui::page {
  Q_DECLARE_TR_FUNCTIONS(renewal_page)
public:
  renewal_page(const ui::page_links& links, std::shared_ptr<kept_entries> kept, std::shared_ptr<wanted_order> wanted);

protected:
  void retranslate() override;
  void reload() override;
  void showEvent(QShowEvent* event) override;
  void hideEvent(QHideEvent* event) override;

private:
  /// What is being talked about with the core.
  enum class about {
    nothing,
    orders,
    elsewhere,
    eligible,
    agreement,
    methods,
    look,
    apply,
    pay,
    correct,
    withdraw,
    install
  };

  /// What the notice says of an order that may go on by itself: a command that failed, a payment that is not there yet.
  struct remark {
    QString text;
    stand at;           ///< How the order stood.
    bool passing;       ///< It may be over although the order stands as before: a full disk, a network.
    bool look_follows;  ///< The page itself looks next, which is no news.
  };

  /// Where the keyboard is, and what is shown.
  struct stance {
    bool here = false;
    QPointer<QWidget> on;
    bool at_beginning = false;
    const QWidget* page = nullptr;
    stand order = {};
  };

  // renewal_page.cpp: what the user does
  void make_pages();
  void talk(about what, const char* command, nlohmann::json input = nlohmann::json::object());
  void look();
  void list_orders() { talk(about::orders, "orders"); }
  void ask_eligible() { talk(about::eligible, "eligible"); }
  void choose(const nlohmann::json& certificate);
  void go_on(const nlohmann::json& order);
  void submit(const nlohmann::json& application);
  void pressed(order_page::act what);
  void main_act();
  void show_start();
  void show_unlock();
  void reload_now();
  void turn_to(sheet* page);
  void clear_notice();
  /// Changes the notice, which stands above the page; a form stays where it is under the mouse all the same.
  void change_notice(const std::function<void()>& change);
  [[nodiscard]] stance stance_now() const;
  /// A keyboard that was in here stays: where it was, or at the beginning of what is shown instead.
  void settle(const stance& before);
  [[nodiscard]] nlohmann::json this_order() const;
  [[nodiscard]] bool shows(const QWidget* page) const;
  [[nodiscard]] bool acting() const;

  // renewal_talk.cpp: what the core says
  void make_talk();
  void replied(const nlohmann::json& reply);
  void take_orders(const nlohmann::json& data);
  void take_order(const nlohmann::json& data, about why);
  void add_ok();
  void failed(const error& why, const QString& sentence);
  /// Takes the remark away when the order shows that it is none any more.
  void settle_remark();
  void offer_help(const error& why, about what);
  void heard(std::string_view kind, std::string_view key);
  void show_busy();

  ui::page_links links_;
  std::shared_ptr<kept_entries> kept_;
  std::shared_ptr<wanted_order> wanted_;
  about about_ = about::nothing, last_about_ = about::nothing;
  std::string last_command_;
  nlohmann::json last_input_;
  nlohmann::json order_, certificate_, consents_, methods_;
  std::string kind_of_payment_;
  bool first_ = true, asked_whether_paid_ = false, wants_certificates_ = false;
  bool look_follows_ = false;  ///< The list was just shown: the RA may know more than this computer.
  std::optional<remark> remark_;
  ui::notice* notice_;
  QStackedWidget* stack_;
  ui::busy_line* busy_;
  start_page* start_ = nullptr;
  agreement_page* agreement_ = nullptr;
  form_page* form_ = nullptr;
  order_page* order_page_ = nullptr;
  payment_way_page* way_ = nullptr;
  payment_page* payment_ = nullptr;
  stance before_;  ///< Before the page was closed for a command.
  QTimer reload_soon_;
  commands_client::subscription events_;
  std::unique_ptr<ui::conversation> talk_;
  quiet_look listed_;
};

}  // namespace keycare::renewal
