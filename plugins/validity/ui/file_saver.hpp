// file_saver.hpp - asks where to save a text and writes it whole or not at all. Nothing here waits in a nested loop.
#pragma once

#include <QByteArray>
#include <QPointer>
#include <QString>

#include <functional>

class QFileDialog;
class QMessageBox;
class QWidget;

namespace keycare::validity {

/// One at a time. Its dialogs are children of the page and end with it. [main-thread]
class file_saver final {
public:
  struct hooks {
    std::function<void(const QString& path)> saved;
    std::function<void(const QString& path, const QString& why)> failed;
  };
  file_saver(QWidget* page, hooks tell);
  /// @param file_name a suggestion; what is not a plain file name in it is left out. @param kind for example
  /// "Calendar (*.ics)".
  void save(const QByteArray& data, const QString& file_name, const QString& kind);

private:
  void chosen(const QString& path);
  void write(const QString& path);

  QWidget* page_;
  hooks tell_;
  QByteArray data_;
  QString suffix_;
  QPointer<QFileDialog> where_;
  QPointer<QMessageBox> sure_;
};

}  // namespace keycare::validity
