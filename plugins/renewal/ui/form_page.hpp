// form_page.hpp - 网证通数字证书续期申请表: 基本信息, 经办人信息, and what a new certificate means for old bids.
#pragma once

#include "plugins/common/ui/page_library.hpp"
#include "plugins/renewal/ui/form_fields.hpp"
#include "plugins/renewal/ui/kept_entries.hpp"
#include "plugins/renewal/ui/sheet.hpp"

#include <QCoreApplication>

class QCheckBox;

namespace keycare::renewal {

class form_page final : public sheet {
  Q_DECLARE_TR_FUNCTIONS(form_page)
public:
  struct hooks {
    std::function<void()> back;
    /// Everything is right and ticked: {months, fee_fen, acknowledge_bids, form}.
    std::function<void(const nlohmann::json& application)> submit;
    /// The fee cannot be asked for.
    std::function<void(const error& why, const QString& sentence)> failed;
  };
  form_page(const ui::page_links& links, std::shared_ptr<kept_entries> kept, hooks tell, QWidget* parent);
  /// For which certificate: one of the core's `eligible`. Takes up what was typed before.
  void begin(const nlohmann::json& certificate);
  /// The application was accepted: what was typed for it stays nowhere.
  void forget();
  /// Asks for the fee again.
  void ask_quote();
  /// Beside the field, where the cursor goes.
  [[nodiscard]] form_fields& fields() { return *fields_; }

protected:
  void retranslate() override;
  void reload() override;

private:
  void show_quote();
  void submit();
  void say_bids(bool missing);
  hooks tell_;
  std::shared_ptr<kept_entries> kept_;
  nlohmann::json certificate_, quote_;
  QLabel *basics_, *subject_, *fee_, *until_, *details_, *persons_, *bids_, *bids_error_;
  ui::field *subject_field_, *months_field_, *fee_field_, *until_field_;
  QComboBox* months_;
  QPushButton *more_, *back_, *submit_;
  form_fields* fields_;
  QCheckBox* know_;
  ui::conversation quoting_;
};

}  // namespace keycare::renewal
