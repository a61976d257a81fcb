// facts_table.hpp - an order's facts in the guide's words: 业务单号, 证书主题, 申请时间, 当前进度, 费用, 有效期至,
// 经办人, 备注.
#pragma once

#include "plugins/common/ui/page.hpp"

#include <nlohmann/json.hpp>

#include <QCoreApplication>

#include <vector>

class QGridLayout;
class QLabel;
class QPushButton;

namespace keycare::renewal {

class facts_table final : public ui::page {
  Q_DECLARE_TR_FUNCTIONS(facts_table)
public:
  explicit facts_table(QWidget* parent = nullptr);
  void show_order(const nlohmann::json& order);

protected:
  void retranslate() override;

private:
  QLabel* add(const char* name);
  struct line {
    QLabel *name, *value;
  };
  QGridLayout* grid_;
  std::vector<line> lines_;
  QLabel *number_, *subject_, *token_, *applied_, *progress_, *fee_, *until_, *applicant_, *remark_, *details_;
  QPushButton* more_;
  nlohmann::json order_;
};

}  // namespace keycare::renewal
