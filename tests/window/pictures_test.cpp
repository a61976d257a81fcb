// pictures_test.cpp - a broken layout is noticed, another date is not.
#include "pictures.hpp"

#include <gtest/gtest.h>

#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

namespace keycare::window {
namespace {

class Pictures : public testing::Test {
protected:
  void SetUp() override {
    auto* form = new QFormLayout(&page_);
    for (int row = 0; row < 8; ++row) {
      auto* edit = new QLineEdit;
      edit->setAccessibleName("field");
      form->addRow(QString("Order number %1").arg(row), edit);
      edit->setText("2026-11-23 10:00:0" + QString::number(row));
    }
    form->addRow(new QPushButton("Go on"));
    page_.resize(600, 400);
    page_.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&page_));
  }
  QImage now() { return page_.grab().toImage(); }
  QWidget page_;
};

TEST_F(Pictures, OtherFiguresAreTheSameLayout) {
  const auto before = now();
  for (auto* edit : page_.findChildren<QLineEdit*>()) edit->setText("2027-01-31 23:59:59");
  EXPECT_LT(difference(before, now()), 0.13);
}

TEST_F(Pictures, AMissingHalfIsAnotherLayout) {
  const auto before = now();
  const auto edits = page_.findChildren<QLineEdit*>();
  for (int row = 0; row < 5; ++row) static_cast<QFormLayout*>(page_.layout())->setRowVisible(row, false);
  QTest::qWait(20);
  EXPECT_GT(difference(before, now()), 0.13);
}

TEST_F(Pictures, ACutTextAndANamelessControlAreFound) {
  EXPECT_TRUE(cut_texts(&page_).isEmpty());
  EXPECT_TRUE(nameless_controls(&page_).isEmpty());
  auto* button = page_.findChild<QPushButton*>();
  button->setMaximumWidth(12);
  page_.findChild<QLineEdit*>()->setAccessibleName("");
  static_cast<QFormLayout*>(page_.layout())->labelForField(page_.findChild<QLineEdit*>());
  auto* lonely = new QLineEdit(&page_);
  lonely->show();
  QTest::qWait(20);
  EXPECT_EQ(cut_texts(&page_).size(), 1);
  EXPECT_EQ(nameless_controls(&page_).size(), 1);
}

}  // namespace
}  // namespace keycare::window
