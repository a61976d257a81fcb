// field.hpp - one field of a form: label, editor, hint and error in one, for eyes and for a screen reader alike.
#pragma once

#include <QLabel>
#include <QWidget>

class QVBoxLayout;

namespace keycare::ui {

/// Takes its editor over. The error stands below it, by shape, colour and word. [main-thread]
class field final : public QWidget {
public:
  field(QWidget* editor, bool required, QWidget* parent = nullptr);
  /// @param name of the field; a required one gets an asterisk before it, as in the guide.
  void set_texts(const QString& name, const QString& hint);
  /// Empty: the field is right.
  void set_error(const QString& sentence);
  /// Something to look at again, which is no error; it takes the error's place.
  void set_warning(const QString& sentence);
  [[nodiscard]] QString error() const { return error_; }
  [[nodiscard]] QWidget* editor() const { return editor_; }
  [[nodiscard]] QLabel* label() const { return label_; }

protected:
  void changeEvent(QEvent* event) override;

private:
  void describe();
  QWidget* editor_;
  bool required_;
  QString hint_;
  QString error_;
  QString warning_;
  QLabel* label_;
  QLabel* below_;
};

}  // namespace keycare::ui
