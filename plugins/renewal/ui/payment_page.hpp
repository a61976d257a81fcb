// payment_page.hpp - 选择支付方式, then the data once more, the method and the invoice.
#pragma once

#include "plugins/common/ui/page_library.hpp"
#include "plugins/renewal/ui/form_fields.hpp"
#include "plugins/renewal/ui/kept_entries.hpp"
#include "plugins/renewal/ui/sheet.hpp"

#include <QCoreApplication>

#include <memory>

class QButtonGroup;
class QRadioButton;

namespace keycare::renewal {

/// 选择支付方式 → 在线支付 → 下一步
class payment_way_page final : public sheet {
  Q_DECLARE_TR_FUNCTIONS(payment_way_page)
public:
  struct hooks {
    std::function<void()> back;
    std::function<void(const std::string& kind)> next;  ///< "online" or "offline".
  };
  payment_way_page(hooks tell, QWidget* parent);
  /// @param methods the data of the core's `payment-methods`
  void show_ways(const nlohmann::json& methods);

protected:
  void retranslate() override;

private:
  hooks tell_;
  QLabel* what_;
  QRadioButton *online_, *offline_;
  QPushButton *back_, *next_;
};

class facts_table;

/// 核对信息, 支付方式, 发票信息 → 提交
class payment_page final : public sheet {
  Q_DECLARE_TR_FUNCTIONS(payment_page)
public:
  struct hooks {
    std::function<void()> back;
    std::function<void(const nlohmann::json& payment)> submit;  ///< {method, invoice}
  };
  payment_page(const commands_client& commands, std::shared_ptr<kept_entries> kept, hooks tell, QWidget* parent);
  void show_order(const nlohmann::json& order);
  /// Those of @p methods that are of @p kind.
  void show_methods(const nlohmann::json& methods, const std::string& kind);

protected:
  void retranslate() override;

private:
  void show_fields_of_kind();
  hooks tell_;
  std::shared_ptr<kept_entries> kept_;
  QLabel *check_, *way_, *invoice_head_;
  facts_table* facts_;
  QWidget* ways_;
  QButtonGroup* group_;
  form_fields* invoice_;
  QPushButton *back_, *submit_;
};

}  // namespace keycare::renewal
