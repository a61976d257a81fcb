// form_fields.hpp - fields of a form which the core checks, each error beside its field as soon as that is left.
#pragma once

#include "keycare/sdk/ui_side.hpp"
#include "plugins/common/ui/conversation.hpp"
#include "plugins/common/ui/field.hpp"

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

class QComboBox;
class QGridLayout;
class QLineEdit;

namespace keycare::renewal {

/// Two columns where there is room, else one. [main-thread]
class form_fields final : public QWidget {
public:
  /// @param checks the core's word for what is checked: "form" or "invoice".
  form_fields(const commands_client& commands, std::string checks, QWidget* parent);

  QLineEdit* add_line(const std::string& name, bool required, int most_characters);
  QComboBox* add_choice(const std::string& name, bool required);
  [[nodiscard]] ui::field* field_of(const std::string& name) const;
  /// Those that are not named are hidden, and neither checked nor in the value.
  void show_only(const std::set<std::string>& names);

  [[nodiscard]] nlohmann::json value() const;
  void set_value(const nlohmann::json& value);
  /// Told after each change that a person made.
  void on_edited(std::function<void()> tell) { edited_ = std::move(tell); }
  /// Checks every field; the cursor goes to the first wrong one. @param then told whether the form fits.
  void check_all(std::function<void(bool fits)> then);
  /// Errors of the form from somewhere else, by field.
  void mark(const std::string& name, const QString& sentence);
  /// The sentences are in another language now.
  void check_again();
  void forget_errors();
  /// Nothing is filled in any more: what was typed was sent.
  void clear();

protected:
  void resizeEvent(QResizeEvent* event) override;

private:
  struct item {
    std::string name;
    ui::field* whole;
    bool shown = true;
    bool left = false;  ///< Once left, its error is shown.
  };
  item& add(const std::string& name, QWidget* editor, bool required);
  void left(const std::string& name);
  void checked(const nlohmann::json& reply);
  void arrange(int columns);
  std::string checks_;
  std::vector<item> items_;
  QGridLayout* grid_;
  int columns_ = 0;
  std::function<void()> edited_;
  std::function<void(bool)> then_;
  ui::conversation checking_;
};

}  // namespace keycare::renewal
