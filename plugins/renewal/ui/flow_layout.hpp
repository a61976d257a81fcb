// flow_layout.hpp - buttons side by side, and in a further row when the window is too narrow for them.
#pragma once

#include <QLayout>

#include <memory>
#include <vector>

namespace keycare::renewal {

/// What is hidden takes no room.
class flow_layout final : public QLayout {
public:
  explicit flow_layout(QWidget* parent = nullptr) : QLayout(parent) {}
  ~flow_layout() override;

  void addItem(QLayoutItem* item) override { items_.emplace_back(item); }
  [[nodiscard]] int count() const override { return static_cast<int>(items_.size()); }
  [[nodiscard]] QLayoutItem* itemAt(int index) const override;
  QLayoutItem* takeAt(int index) override;
  [[nodiscard]] Qt::Orientations expandingDirections() const override { return {}; }
  [[nodiscard]] bool hasHeightForWidth() const override { return true; }
  [[nodiscard]] int heightForWidth(int width) const override { return place(QRect(0, 0, width, 0), false); }
  [[nodiscard]] QSize sizeHint() const override { return minimumSize(); }
  [[nodiscard]] QSize minimumSize() const override;
  void setGeometry(const QRect& into) override;

private:
  /// @return the height that it takes.
  int place(const QRect& into, bool really) const;
  std::vector<std::unique_ptr<QLayoutItem>> items_;
};

}  // namespace keycare::renewal
