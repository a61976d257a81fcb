// form_fields.cpp - see form_fields.hpp.
#include "plugins/renewal/ui/form_fields.hpp"

#include "plugins/common/ui/text.hpp"

#include <QComboBox>
#include <QGridLayout>
#include <QLineEdit>

#include <algorithm>

namespace keycare::renewal {

namespace {

/// Characters that one column needs before there are two.
constexpr int column_characters = 42;

/// The core names an invoice's fields "invoice.title".
std::string bare(const std::string& name) {
  const auto dot = name.find('.');
  return dot == std::string::npos ? name : name.substr(dot + 1);
}

QString text_in(const QWidget* editor) {
  if (const auto* line = qobject_cast<const QLineEdit*>(editor)) return line->text();
  if (const auto* choice = qobject_cast<const QComboBox*>(editor)) return choice->currentData().toString();
  return {};
}

}  // namespace

form_fields::form_fields(const commands_client& commands, std::string checks, QWidget* parent)
    : QWidget(parent),
      checks_(std::move(checks)),
      grid_(new QGridLayout(this)),
      checking_(commands, {
                              .replied = [this](const nlohmann::json& reply) { checked(reply); },
                              .failed =
                                  [this](const error&, const QString&) {
                                    // Nothing is known to be wrong; whoever submits is told by the command itself.
                                    if (const auto then = std::exchange(then_, nullptr)) then(true);
                                  },
                          }) {
  grid_->setContentsMargins(0, 0, 0, 0);
  grid_->setHorizontalSpacing(fontMetrics().height() * 3 / 2);
}

form_fields::item& form_fields::add(const std::string& name, QWidget* editor, bool required) {
  editor->setObjectName(ui::from_utf8(name));
  items_.push_back({name, new ui::field(editor, required, this)});
  columns_ = 0;
  arrange(1);
  return items_.back();
}

QLineEdit* form_fields::add_line(const std::string& name, bool required, int most_characters) {
  auto* line = new QLineEdit(this);
  line->setMaxLength(most_characters);
  add(name, line, required);
  connect(line, &QLineEdit::editingFinished, this, [this, name, line] {
    // Who only passes an empty field has not filled it in wrongly yet.
    if (line->isModified() || !line->text().isEmpty()) left(name);
  });
  connect(line, &QLineEdit::textEdited, this, [this, name] {
    if (edited_) edited_();
    // An error that is being corrected goes as soon as it is right.
    if (!field_of(name)->error().isEmpty()) left(name);
  });
  return line;
}

QComboBox* form_fields::add_choice(const std::string& name, bool required) {
  auto* choice = new QComboBox(this);
  choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  choice->setMinimumContentsLength(8);
  add(name, choice, required);
  connect(choice, &QComboBox::activated, this, [this, name] {
    if (edited_) edited_();
    left(name);
  });
  return choice;
}

ui::field* form_fields::field_of(const std::string& name) const {
  const auto found = std::find_if(items_.begin(), items_.end(), [&](const auto& one) { return one.name == name; });
  return found == items_.end() ? nullptr : found->whole;
}

void form_fields::show_only(const std::set<std::string>& names) {
  for (auto& one : items_) {
    one.shown = names.contains(one.name);
    one.whole->setVisible(one.shown);
    if (!one.shown) one.whole->set_error({});
  }
  const int columns = columns_;
  columns_ = 0;
  arrange(std::max(columns, 1));
}

nlohmann::json form_fields::value() const {
  auto out = nlohmann::json::object();
  for (const auto& one : items_)
    if (one.shown) out[one.name] = ui::to_utf8(text_in(one.whole->editor()));
  return out;
}

void form_fields::set_value(const nlohmann::json& value) {
  for (const auto& one : items_) {
    const auto text = ui::text_of(value, one.name.c_str());
    if (auto* line = qobject_cast<QLineEdit*>(one.whole->editor())) line->setText(text);
    if (auto* choice = qobject_cast<QComboBox*>(one.whole->editor())) {
      const int found = choice->findData(text);
      if (found >= 0) choice->setCurrentIndex(found);
    }
  }
}

void form_fields::left(const std::string& name) {
  for (auto& one : items_)
    if (one.name == name) one.left = true;
  if (!then_) checking_.start("check", {{checks_, value()}});
}

void form_fields::check_all(std::function<void(bool fits)> then) {
  for (auto& one : items_) one.left = one.shown;
  then_ = std::move(then);
  checking_.start("check", {{checks_, value()}});
}

void form_fields::check_again() {
  if (!then_ && std::any_of(items_.begin(), items_.end(), [](const auto& one) { return one.left; }))
    checking_.start("check", {{checks_, value()}});
}

void form_fields::checked(const nlohmann::json& reply) {
  std::map<std::string, QString> said;
  std::set<std::string> warnings;
  for (const auto& problem : ui::part_of(ui::part_of(reply, "data"), "problems")) {
    const auto name = bare(ui::to_utf8(ui::text_of(problem, "field")));
    said.try_emplace(name, ui::text_of(problem, "text"));
    if (ui::flag_of(problem, "warning")) warnings.insert(name);
  }
  QWidget* first = nullptr;
  for (auto& one : items_) {
    const auto found = said.find(one.name);
    const bool wrong = one.shown && found != said.end();
    const bool warns = wrong && warnings.contains(one.name);
    if (one.left && warns) one.whole->set_warning(found->second);
    if (one.left && !warns) one.whole->set_error(wrong ? found->second : QString());
    if (wrong && !warns && first == nullptr) first = one.whole->editor();
  }
  if (const auto then = std::exchange(then_, nullptr)) {
    if (first != nullptr) first->setFocus(Qt::OtherFocusReason);
    then(first == nullptr);
  }
}

void form_fields::mark(const std::string& name, const QString& sentence) {
  if (auto* found = field_of(name)) {
    found->set_error(sentence);
    found->editor()->setFocus(Qt::OtherFocusReason);
  }
}

void form_fields::forget_errors() {
  for (auto& one : items_) {
    one.left = false;
    one.whole->set_error({});
  }
}

void form_fields::clear() {
  set_value(nlohmann::json::object());  // by setText(), which cannot be undone
  for (const auto& one : items_)
    if (auto* choice = qobject_cast<QComboBox*>(one.whole->editor())) choice->setCurrentIndex(0);
  forget_errors();
}

void form_fields::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  arrange(width() >= 2 * column_characters * fontMetrics().averageCharWidth() ? 2 : 1);
}

void form_fields::arrange(int columns) {
  if (columns == columns_) return;
  columns_ = columns;
  while (auto* item = grid_->takeAt(0)) delete item;
  int at = 0;
  for (const auto& one : items_) {
    if (!one.shown) continue;
    grid_->addWidget(one.whole, at / columns, at % columns, Qt::AlignTop);
    ++at;
  }
  for (int i = 0; i < 2; ++i) grid_->setColumnStretch(i, i < columns ? 1 : 0);
}

}  // namespace keycare::renewal
