// file_saver.cpp - see file_saver.hpp.
#include "file_saver.hpp"

#include <QCoreApplication>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QPushButton>
#include <QSaveFile>
#include <QStandardPaths>

namespace keycare::validity {
namespace {

/// Letters, digits and a few signs: a serial number from a token may be anything.
QString plain_name(const QString& name) {
  QString out;
  for (const auto one : name.right(120))
    out += one.isLetterOrNumber() || one == '.' || one == '-' || one == '_' ? one : QChar('_');
  while (out.startsWith('.')) out.remove(0, 1);
  return out;
}

}  // namespace

file_saver::file_saver(QWidget* page, hooks tell) : page_(page), tell_(std::move(tell)) {}

void file_saver::save(const QByteArray& data, const QString& file_name, const QString& kind) {
  if (where_ != nullptr) where_->deleteLater();
  data_ = data;
  suffix_ = QFileInfo(file_name).suffix();
  where_ = new QFileDialog(page_, QCoreApplication::translate("file_saver", "Save as"));
  where_->setObjectName("saveDialog");
  where_->setAttribute(Qt::WA_DeleteOnClose);
  where_->setAcceptMode(QFileDialog::AcceptSave);
  where_->setFileMode(QFileDialog::AnyFile);
  where_->setNameFilter(kind);
  where_->setDefaultSuffix(suffix_);
  // Qt's own question would wait in a loop of its own; chosen() asks instead.
  where_->setOption(QFileDialog::DontConfirmOverwrite);
  const auto documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
  where_->setDirectory(QDir(documents).exists() ? documents : QDir::homePath());
  where_->selectFile(plain_name(file_name));
  where_->setLabelText(QFileDialog::LookIn, QCoreApplication::translate("file_saver", "Folder:"));
  where_->setLabelText(QFileDialog::FileName, QCoreApplication::translate("file_saver", "File name:"));
  where_->setLabelText(QFileDialog::FileType, QCoreApplication::translate("file_saver", "File type:"));
  where_->setLabelText(QFileDialog::Accept, QCoreApplication::translate("file_saver", "Save"));
  where_->setLabelText(QFileDialog::Reject, QCoreApplication::translate("file_saver", "Cancel"));
  QObject::connect(where_, &QFileDialog::fileSelected, page_, [this](const QString& path) { chosen(path); });
  where_->open();
}

void file_saver::chosen(const QString& path) {
  if (!QFileInfo::exists(path)) return write(path);
  if (sure_ != nullptr) sure_->deleteLater();
  sure_ = new QMessageBox(page_);
  sure_->setObjectName("replaceQuestion");
  sure_->setAttribute(Qt::WA_DeleteOnClose);
  sure_->setIcon(QMessageBox::Warning);
  sure_->setTextFormat(Qt::PlainText);
  sure_->setWindowTitle(QCoreApplication::translate("file_saver", "The file exists"));
  sure_->setText(QCoreApplication::translate("file_saver", "There is already a file \"%1\". Replace it?")
                     .arg(QFileInfo(path).fileName()));
  auto* replace = sure_->addButton(QCoreApplication::translate("file_saver", "Replace"), QMessageBox::DestructiveRole);
  auto* keep = sure_->addButton(QCoreApplication::translate("file_saver", "Keep"), QMessageBox::RejectRole);
  replace->setObjectName("replaceFile");
  keep->setObjectName("keepFile");
  sure_->setDefaultButton(keep);
  sure_->setEscapeButton(keep);
  QObject::connect(replace, &QPushButton::clicked, page_, [this, path] { write(path); });
  sure_->open();
}

void file_saver::write(const QString& path) {
  QSaveFile file(path);
  if (file.open(QIODevice::WriteOnly) && file.write(data_) == data_.size() && file.commit()) {
    if (tell_.saved) tell_.saved(QDir::toNativeSeparators(path));
  } else if (tell_.failed) {
    tell_.failed(QDir::toNativeSeparators(path), file.errorString());
  }
  data_.clear();
}

}  // namespace keycare::validity
