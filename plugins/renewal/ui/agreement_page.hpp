// agreement_page.hpp - 【网证通电子认证服务协议】 and the personal-data consent: read to the end, then ticked, each on
// its own.
#pragma once

#include "plugins/renewal/ui/sheet.hpp"

#include <nlohmann/json.hpp>

#include <QCoreApplication>

#include <array>
#include <functional>

class QCheckBox;
class QPlainTextEdit;

namespace keycare::renewal {

class agreement_page final : public sheet {
  Q_DECLARE_TR_FUNCTIONS(agreement_page)
public:
  struct hooks {
    std::function<void()> back;
    /// Both are ticked: {accept_agreement, accept_personal_data}.
    std::function<void(const nlohmann::json& accepted)> next;
  };
  agreement_page(hooks tell, QWidget* parent);
  /// The data of the core's `agreement`. Nothing is ticked then.
  void show_documents(const nlohmann::json& data);

protected:
  void retranslate() override;
  void showEvent(QShowEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

private:
  struct document {
    QLabel* name;
    QPlainTextEdit* text;
    QCheckBox* accept;
    QLabel* hint;
    std::string sha256;
    bool read;
  };
  document make_document(const char* text_name, const char* box_name);
  void look_later(document& one);
  void fit(document& one);
  void look_how_far(document& one);
  void say_how_far();
  hooks tell_;
  std::array<document, 2> documents_;
  QPushButton *back_, *next_;
};

}  // namespace keycare::renewal
