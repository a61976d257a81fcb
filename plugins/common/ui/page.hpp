// page.hpp - what every page and card has: its texts set again when the language changes.
#pragma once

#include <QEvent>
#include <QWidget>

namespace keycare::ui {

class page : public QWidget {
public:
  using QWidget::QWidget;

protected:
  /// Sets every text; called after another language was chosen. The page's own constructor calls it the first time.
  virtual void retranslate() = 0;
  /// The texts that came from the core are in the old language: ask for them anew.
  virtual void reload() {}

  void changeEvent(QEvent* event) override {
    QWidget::changeEvent(event);
    if (event->type() != QEvent::LanguageChange) return;
    retranslate();
    reload();
  }
};

}  // namespace keycare::ui
