// order_page.hpp - one order: step bar, what to do now, and its facts.
#pragma once

#include "plugins/common/ui/page_library.hpp"
#include "plugins/renewal/ui/form_fields.hpp"
#include "plugins/renewal/ui/order_stand.hpp"
#include "plugins/renewal/ui/sheet.hpp"

#include <QCoreApplication>

namespace keycare::ui {
class state_mark;
class step_bar;
}  // namespace keycare::ui

namespace keycare::renewal {

class facts_table;
class qr_view;

class order_page final : public sheet {
  Q_DECLARE_TR_FUNCTIONS(order_page)
public:
  /// What the user can press; which of them are there follows from the order's stand.
  enum class act { back, main, look, pay_again, open_page, withdraw };
  struct hooks {
    std::function<void(act what)> pressed;
    std::function<void(const nlohmann::json& form)> correct;  ///< The fields that the review asked for.
  };
  order_page(const commands_client& commands, hooks tell, QWidget* parent);
  /// @param say the core's sentences for it. @param delayed the RA could not be asked.
  void show_order(const nlohmann::json& order, const QString& say, bool delayed);
  /// Of the service desk.
  void set_hotline(const QString& telephone, const QString& qq);
  [[nodiscard]] stand shown() const { return stand_; }

protected:
  void retranslate() override;

private:
  void show_stand();
  void show_correction();
  [[nodiscard]] QString main_text() const;
  hooks tell_;
  nlohmann::json order_;
  QString say_, telephone_, qq_, hotline_;
  bool delayed_ = false;
  stand stand_ = stand::looking;
  ui::step_bar* steps_;
  ui::state_mark* what_now_;
  QLabel *more_, *address_, *sure_;
  qr_view* code_;
  form_fields* correction_;
  QWidget* ask_;
  facts_table* facts_;
  ui::state_mark* seal_;
  QPushButton *back_, *main_, *look_, *pay_again_, *open_page_, *copy_address_, *withdraw_, *keep_, *do_withdraw_;
};

}  // namespace keycare::renewal
