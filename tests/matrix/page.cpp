// page.cpp - see page.hpp.
#include "page.hpp"

#include <algorithm>
#include <fstream>

namespace keycare::test {

namespace {

/// "| a | b |" as {"a", "b"}. A cell of ours has no '|' in it.
std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> out;
  std::size_t from = 1;
  for (auto to = line.find('|', from); to != std::string::npos; to = line.find('|', from)) {
    auto text = line.substr(from, to - from);
    text.erase(0, std::min(text.find_first_not_of(' '), text.size()));
    text.erase(text.find_last_not_of(' ') + 1);
    out.push_back(text);
    from = to + 1;
  }
  return out;
}
bool is_rule(const std::string& line) {
  return line.find_first_not_of("|- ") == std::string::npos;
}

}  // namespace

page::page(std::filesystem::path file) : file_(std::move(file)) {
  std::ifstream in(file_);
  bool ended = false;
  for (std::string line; std::getline(in, line);) {
    const bool in_table = !ended && !line.empty() && line.front() == '|';
    if (in_table && !is_rule(line)) table_.push_back(cells_of(line));
    ended = ended || (!table_.empty() && !in_table);
    if (!in_table) (table_.empty() ? before_ : after_).push_back(line);
  }
}

std::size_t page::column_of(const std::string& name) const {
  if (table_.empty()) return 0;
  const auto& heads = table_.front();
  const auto found = std::find(heads.begin(), heads.end(), name);
  return found == heads.end() ? 0 : static_cast<std::size_t>(found - heads.begin());
}

std::vector<std::string> page::rows() const {
  std::vector<std::string> out;
  for (std::size_t i = 1; i < table_.size(); ++i) out.push_back(table_[i].front());
  return out;
}

std::string page::cell(const std::string& row, const std::string& column) const {
  const auto at = column_of(column);
  for (std::size_t i = 1; i < table_.size(); ++i)
    if (at != 0 && table_[i].front() == row && table_[i].size() > at) return table_[i][at];
  return {};
}

void page::set(const std::string& row, const std::string& column, const std::string& text) {
  const auto at = column_of(column);
  if (at == 0) return;
  const auto found =
      std::find_if(table_.begin() + 1, table_.end(), [&](const auto& one) { return one.front() == row; });
  auto& line = found == table_.end() ? table_.emplace_back(std::vector<std::string>{row}) : *found;
  line.resize(table_.front().size());
  line[at] = text;
}

void page::keep(const std::vector<std::string>& rows) {
  if (table_.empty()) return;
  std::erase_if(table_, [&](const auto& one) {
    return &one != &table_.front() && std::find(rows.begin(), rows.end(), one.front()) == rows.end();
  });
}

void page::write() const {
  std::ofstream out(file_);
  for (const auto& line : before_) out << line << '\n';
  for (std::size_t i = 0; i < table_.size(); ++i) {
    for (const auto& text : table_[i]) out << '|' << (text.empty() ? "" : ' ' + text + ' ');
    out << "|\n";
    if (i != 0) continue;
    for (std::size_t n = 0; n < table_[i].size(); ++n) out << "| --- ";
    out << "|\n";
  }
  for (const auto& line : after_) out << line << '\n';
}

}  // namespace keycare::test
