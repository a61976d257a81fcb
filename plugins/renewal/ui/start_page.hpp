// start_page.hpp - 申请续期: orders to go on with, the certificates that can be renewed, and orders that are over.
#pragma once

#include "plugins/renewal/ui/sheet.hpp"

#include <nlohmann/json.hpp>

#include <QCoreApplication>

#include <functional>
#include <string>

namespace keycare::renewal {

class choice_row;

class start_page final : public sheet {
  Q_DECLARE_TR_FUNCTIONS(start_page)
public:
  struct hooks {
    std::function<void()> apply;                                    ///< 申请续期 was pressed.
    std::function<void(const nlohmann::json& certificate)> chosen;  ///< One of those that were offered.
    std::function<void(const nlohmann::json& order)> go_on;         ///< With an order, or a look at one that is over.
    std::function<void(const nlohmann::json& certificate)>
        elsewhere;  ///< Orders of other computers; null: the only one.
  };
  start_page(hooks tell, QWidget* parent);

  /// The data of the core's `orders`.
  void show_orders(const nlohmann::json& data);
  /// The data of `eligible`; null: not asked.
  void show_certificates(const nlohmann::json& data);
  [[nodiscard]] bool lists_certificates() const { return !certificates_.empty(); }

protected:
  void retranslate() override;

private:
  void fill_orders();
  [[nodiscard]] choice_row* order_row(const nlohmann::json& order);
  void fill_certificates();
  hooks tell_;
  nlohmann::json orders_ = nlohmann::json::object(), certificates_ = nlohmann::json::array();
  QLabel *what_, *before_, *order_head_, *past_head_, *certificate_head_, *elsewhere_text_;
  QVBoxLayout *order_rows_, *past_rows_, *certificate_rows_;
  QPushButton *apply_, *elsewhere_;
};

/// The only certificate that can be renewed, when the user has nothing to choose: the others are old ones that it has
/// replaced. Null otherwise. Pure.
[[nodiscard]] nlohmann::json only_choice(const nlohmann::json& certificates);

}  // namespace keycare::renewal
