// certificates_page_test.cpp - 我的证书 as a person uses it: look, search, sort, copy, plug in and pull out.
#include "pages.hpp"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHeaderView>
#include <QPushButton>
#include <QScrollBar>
#include <QToolButton>

#include <csignal>

namespace keycare::validity {
namespace {

using namespace pages;

void click_header(QTableView* table, int section) {
  auto* header = table->horizontalHeader();
  table->horizontalScrollBar()->setValue(header->sectionPosition(section));
  const QPoint at(header->sectionViewportPosition(section) + 10, header->height() / 2);
  QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, at);
}

TEST(CertificatesPage, ShowsEachCertificateWithItsStateAndWhatTheServerSays) {
  page_stage stage({.more_tokens = 2});
  auto* page = certificates(stage, 3);
  EXPECT_EQ(cell(page, 0, name), "广州示例电子有限公司");
  EXPECT_EQ(cell(page, 0, state), "即将到期");
  EXPECT_EQ(cell(page, 0, days_left), "25");
  EXPECT_EQ(cell(page, 1, state), "有效");
  EXPECT_EQ(said(page, "certificateCount"), "共 3 张");
  EXPECT_TRUE(settled(page, "正常"));
  EXPECT_EQ(said(page, "tokenSerialValue"), "4B43000000000001");
  EXPECT_TRUE(said(page, "pinValue").contains("10"));
  const auto* mark = child<ui::state_mark>(page, "detailsState");
  EXPECT_TRUE(mark->word().contains("请到【证书续期】办理")) << mark->word().toStdString();
  window::picture(page, "validity-page-zh-CN");

  click(child<QPushButton>(page, "openRenewal"));
  EXPECT_TRUE(wait_until([&] {
    const std::lock_guard lock(stage.shell().mutex);
    return stage.shell().shown == std::vector<std::string>{"renewal"};
  }));
}

TEST(CertificatesPage, TheTimeAxisIsSeenWholeWhereThereIsRoomForIt) {
  page_stage stage;
  auto* page = certificates(stage, 1);
  auto* table = child<QTableView>(page, "certificateTable");
  const auto right = [&] { return table->columnViewportPosition(timeline) + table->columnWidth(timeline); };
  for (const int width : {760, 860, 1000, 1600}) {
    page->window()->resize(width, 700);
    EXPECT_TRUE(wait_until([&] { return right() <= table->viewport()->width(); })) << width;
  }
  table->setColumnWidth(timeline, 500);
  page->window()->resize(900, 700);
  QTest::qWait(100);
  EXPECT_EQ(table->columnWidth(timeline), 500) << "who has chosen a width keeps it";
}

TEST(CertificatesPage, FindsByWordsAndByState) {
  page_stage stage({.more_tokens = 2});
  auto* page = certificates(stage, 3);
  window::type(child<QLineEdit>(page, "filterText"), "ca 4b43000000000002");
  EXPECT_EQ(rows(page), 1);
  EXPECT_EQ(said(page, "certificateCount"), "1 / 3 张");
  EXPECT_EQ(said(page, "tokenSerialValue"), "4B43000000000002") << "the details are those of the row that is left";
  window::type(child<QLineEdit>(page, "filterText"), "nothing like that");
  EXPECT_EQ(rows(page), 0);
  EXPECT_FALSE(child<QPushButton>(page, "copyAll")->isVisible());
  window::picture(page, "validity-page-nothing-found-zh-CN");
  window::type(child<QLineEdit>(page, "filterText"), "");
  EXPECT_EQ(rows(page), 3);
  auto* states = child<QComboBox>(page, "filterState");
  states->setFocus();
  QTest::keyClick(states, Qt::Key_Down);  // 有效
  QTest::keyClick(states, Qt::Key_Down);  // 即将到期
  EXPECT_EQ(states->currentText(), "即将到期");
  EXPECT_EQ(rows(page), 1);
  EXPECT_EQ(cell(page, 0, days_left), "25");
}

TEST(CertificatesPage, SortsDaysByNumberAndComesBackToTheOrderOfTheTokens) {
  page_stage stage({.more_tokens = 2});
  auto* page = certificates(stage, 3);
  auto* list = table(page);
  click_header(list, days_left);
  EXPECT_EQ(cell(page, 0, days_left), "25");
  EXPECT_EQ(cell(page, 2, days_left), "225");
  click_header(list, days_left);
  EXPECT_EQ(cell(page, 0, days_left), "225");
  EXPECT_EQ(cell(page, 1, days_left), "125");
  EXPECT_EQ(cell(page, 2, days_left), "25") << "25 is less than 125, whatever letters say";
  click_header(list, days_left);
  EXPECT_EQ(list->horizontalHeader()->sortIndicatorSection(), -1);
  EXPECT_EQ(cell(page, 0, days_left), "25");
}

TEST(CertificatesPage, CopiesOneFieldOrAll) {
  page_stage stage;
  auto* page = certificates(stage, 1);
  ASSERT_TRUE(settled(page, "正常"));
  auto* copy = child<QToolButton>(page, "serialCopy");
  copy->setFocus(Qt::TabFocusReason);
  QTest::keyClick(copy, Qt::Key_Space);
  EXPECT_EQ(QGuiApplication::clipboard()->text(), cell(page, 0, serial));
  EXPECT_EQ(noticed(page, "saidNotice"), "已复制：证书序列号");
  click(child<QPushButton>(page, "copyAll"));
  const auto all = QGuiApplication::clipboard()->text();
  EXPECT_TRUE(all.contains("证书主题: ") && all.contains("SHA-256: ") && all.contains("证书状态: 正常"))
      << all.toStdString();
}

TEST(CertificatesPage, FollowsTokensWithinASecondAndKeepsTheChosenRow) {
  page_stage stage({.more_tokens = 2});
  auto* page = certificates(stage, 3);
  auto* list = table(page);
  list->setFocus();
  QTest::keyClick(list, Qt::Key_Down);
  QTest::keyClick(list, Qt::Key_Down);
  ASSERT_EQ(said(page, "tokenSerialValue"), "4B43000000000003");
  ASSERT_TRUE(settled(page, "正常"));
  QElapsedTimer clock;
  clock.start();
  stage.unplug(0);
  EXPECT_TRUE(wait_until([&] { return rows(page) == 2; }));
  RecordProperty("ms_until_pulled_token_is_gone", static_cast<int>(clock.elapsed()));
  EXPECT_LT(clock.elapsed(), 1000);
  EXPECT_EQ(said(page, "tokenSerialValue"), "4B43000000000003");
  EXPECT_EQ(list->currentIndex().row(), 1);
  clock.restart();
  stage.plug(0);
  EXPECT_TRUE(wait_until([&] { return rows(page) == 3; }));
  RecordProperty("ms_until_plugged_token_is_there", static_cast<int>(clock.elapsed()));
  EXPECT_LT(clock.elapsed(), 1000);
  EXPECT_EQ(list->currentIndex().row(), 2);
  EXPECT_TRUE(focused(list));
}

TEST(CertificatesPage, ShowsARevokedCertificateAndASealThatWaitsWhenAskedAgain) {
  page_stage stage;
  auto* page = certificates(stage, 1);
  ASSERT_TRUE(settled(page, "正常"));
  const auto sha256 = said(page, "sha256Value").toStdString();
  stage.desk("seal", {{"certificate_sha256", sha256}, {"seal", "awaiting-reissue"}});
  stage.desk("revoke", {{"certificate_sha256", sha256}});
  QTest::keyClick(page, Qt::Key_F5);
  EXPECT_TRUE(settled(page, "已吊销，不能再使用"));
  EXPECT_EQ(said(page, "sealValue"), "印章待更新");
  window::picture(page, "validity-page-revoked-zh-CN");
}

TEST(CertificatesPage, SaysWhatToDoWithoutAToken) {
  page_stage stage;
  stage.unplug();
  auto* page = stage.page("validity", "my-certificates");
  EXPECT_TRUE(wait_until([&] { return noticed(page, "listNotice").contains("请插上数字证书 CA"); }));
  EXPECT_FALSE(child<QPushButton>(page, "export")->isEnabled());
  window::picture(page, "validity-page-no-token-zh-CN");
  stage.plug();
  EXPECT_TRUE(wait_until([&] { return rows(page) == 1; }));
  EXPECT_EQ(noticed(page, "listNotice"), "");
}

TEST(CertificatesPage, ListsWithoutTheServerAndSaysThatItCouldNotBeAsked) {
  page_stage stage;
  ASSERT_EQ(kill(stage.office().ra().pid(), SIGKILL), 0);
  auto* page = certificates(stage, 1);
  EXPECT_TRUE(wait_until([&] { return noticed(page, "listNotice").contains("未能连接服务器核对本机时间"); }));
  EXPECT_TRUE(settled(page, "未能连接服务器查询"));
  window::picture(page, "validity-page-no-server-zh-CN");
}

TEST(CertificatesPage, DoesNotWaitForASlowServerWhichCanBeGivenUp) {
  page_stage stage;
  stage.halt_office();
  auto* page = stage.page("validity", "my-certificates");
  QElapsedTimer clock;
  clock.start();
  EXPECT_TRUE(wait_until([&] { return rows(page) == 1; }));
  EXPECT_LT(clock.elapsed(), 1500);
  auto* busy = child<QWidget>(page, "busyLine");
  EXPECT_TRUE(wait_until([&] { return busy->isVisible(); }));
  window::picture(page, "validity-page-slow-server-zh-CN");
  click(child<QPushButton>(page, "busyCancel"));
  EXPECT_TRUE(wait_until([&] { return !busy->isVisible(); }, std::chrono::seconds(3)));
  EXPECT_EQ(rows(page), 1);
  stage.resume_office();
  click(child<QPushButton>(page, "refresh"));
  EXPECT_TRUE(settled(page, "正常"));
}

TEST(CertificatesPage, IsUsableByKeyboardAlone) {
  page_stage stage({.more_tokens = 1});
  auto* page = certificates(stage, 2);
  auto* search = child<QLineEdit>(page, "filterText");
  table(page)->setFocus();
  ASSERT_TRUE(focused(table(page))) << "a shortcut is of the active window";
  QTest::keySequence(table(page), QKeySequence::Find);
  ASSERT_TRUE(focused(search));
  QTest::keyClick(search, Qt::Key_Tab);
  ASSERT_TRUE(focused(child<QComboBox>(page, "filterState")));
  for (const auto* next : {"refresh", "export", "remind", "certificateTable"}) {
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    ASSERT_TRUE(focused(child<QWidget>(page, next))) << next;
  }
  QTest::keyClick(QApplication::focusWidget(), Qt::Key_Down);
  EXPECT_EQ(said(page, "tokenSerialValue"), "4B43000000000002");
  QTest::keySequence(QApplication::focusWidget(), QKeySequence::Copy);
  EXPECT_TRUE(QGuiApplication::clipboard()->text().contains("4B43000000000002"));
  QSet<QString> reached;
  for (int i = 0; i < 40 && !QApplication::focusWidget()->objectName().isEmpty(); ++i) {
    reached.insert(QApplication::focusWidget()->objectName());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
  }
  for (const auto* name : {"copyAll", "fromCopy", "sha256Copy"}) EXPECT_TRUE(reached.contains(name)) << name;
}

}  // namespace
}  // namespace keycare::validity
