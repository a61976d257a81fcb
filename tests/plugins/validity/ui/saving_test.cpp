// saving_test.cpp - 导出 and 提醒: real files, through the real dialog, and nothing overwritten without a yes.
#include "pages.hpp"
#include "plugins/validity/ui/file_saver.hpp"

#include <QDialogButtonBox>
#include <QFile>
#include <QFileDialog>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QTemporaryDir>

namespace keycare::validity {
namespace {

using namespace pages;

QString content_of(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// The dialog that is open, once it is.
template <class T>
T* dialog(QWidget* page, const char* name) {
  T* found = nullptr;
  EXPECT_TRUE(wait_until([&] {
    found = page->findChild<T*>(name);
    return found != nullptr && found->isVisible();
  })) << name;
  return found;
}

/// Puts @p path into the dialog and presses 保存. It is pasted, not typed: after each key Qt's dialog looks through the
/// folders in a thread of its own and may change what stands there.
void save_as(QWidget* page, const QString& path) {
  auto* where = dialog<QFileDialog>(page, "saveDialog");
  ASSERT_NE(where, nullptr);
  auto* line = child<QLineEdit>(where, "fileNameEdit");
  line->setCompleter(nullptr);
  line->setText(path);
  click(child<QDialogButtonBox>(where, "buttonBox")->button(QDialogButtonBox::Save));
  EXPECT_TRUE(wait_until([&] { return page->findChild<QFileDialog*>("saveDialog") == nullptr; }));
}

void choose_export(QWidget* page, const char* action) {
  auto* menu = child<QMenu>(page, "exportMenu");
  click(child<QPushButton>(page, "export"));
  ASSERT_TRUE(wait_until([&] { return menu->isVisible(); }));
  window::picture(menu, "validity-export-menu-zh-CN");
  auto* what = menu->findChild<QAction*>(action);
  ASSERT_NE(what, nullptr);
  QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(what).center());
}

TEST(Saving, WritesTheCertificateTheTableAndTheCalendar) {
  page_stage stage({.more_tokens = 1});
  auto* page = certificates(stage, 2);
  const QTemporaryDir folder;

  choose_export(page, "exportPem");
  auto* where = dialog<QFileDialog>(page, "saveDialog");
  ASSERT_NE(where, nullptr);
  EXPECT_EQ(child<QLineEdit>(where, "fileNameEdit")->text(), "certificate-" + cell(page, 0, serial) + ".pem");
  window::picture(where, "validity-save-zh-CN");
  save_as(page, folder.filePath("one.pem"));
  EXPECT_TRUE(wait_until([&] { return noticed(page, "saidNotice").contains("已保存到"); }));
  EXPECT_TRUE(content_of(folder.filePath("one.pem")).startsWith("-----BEGIN CERTIFICATE-----"));
  window::picture(page, "validity-page-saved-zh-CN");

  choose_export(page, "exportCsv");
  save_as(page, folder.filePath("all"));
  EXPECT_TRUE(wait_until([&] { return content_of(folder.filePath("all.csv")).contains("4B43000000000002"); }));

  click(child<QPushButton>(page, "remind"));
  save_as(page, folder.filePath("ends.ics"));
  EXPECT_TRUE(wait_until([&] { return content_of(folder.filePath("ends.ics")).startsWith("BEGIN:VCALENDAR"); }));
}

TEST(Saving, OverwritesNothingWithoutAYesAndSaysWhatFailed) {
  page_stage stage;
  auto* page = certificates(stage, 1);
  const QTemporaryDir folder;
  const auto path = folder.filePath("mine.ics");
  QFile mine(path);
  ASSERT_TRUE(mine.open(QIODevice::WriteOnly) && mine.write("mine") == 4);
  mine.close();

  click(child<QPushButton>(page, "remind"));
  save_as(page, path);
  auto* sure = dialog<QMessageBox>(page, "replaceQuestion");
  ASSERT_NE(sure, nullptr);
  window::picture(sure, "validity-replace-zh-CN");
  QTest::keyClick(sure, Qt::Key_Return);  // the default keeps it
  EXPECT_TRUE(wait_until([&] { return page->findChild<QMessageBox*>("replaceQuestion") == nullptr; }));
  EXPECT_EQ(content_of(path), "mine");

  click(child<QPushButton>(page, "remind"));
  save_as(page, path);
  sure = dialog<QMessageBox>(page, "replaceQuestion");
  ASSERT_NE(sure, nullptr);
  click(child<QPushButton>(sure, "replaceFile"));
  EXPECT_TRUE(wait_until([&] { return content_of(path).startsWith("BEGIN:VCALENDAR"); }));

  // Root may write anywhere, but not there.
  bool failed = false;
  file_saver saver(page, {{}, [&](const QString&, const QString& why) { failed = !why.isEmpty(); }});
  saver.save("text", "x.ics", "Calendar (*.ics)");
  auto* where = dialog<QFileDialog>(page, "saveDialog");
  ASSERT_NE(where, nullptr);
  Q_EMIT where->fileSelected("/proc/keycare/none.ics");
  EXPECT_TRUE(failed);
  where->close();
}

TEST(Saving, APageMayCloseWhileItsDialogIsOpen) {
  page_stage stage;
  auto* page = certificates(stage, 1);
  click(child<QPushButton>(page, "remind"));
  dialog<QFileDialog>(page, "saveDialog");
  stage.close(page);
}

}  // namespace
}  // namespace keycare::validity
