// page.hpp - the one table of a Markdown page: what was done down its side, token libraries across its top.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace keycare::test {

/// Read whole, changed in memory, written whole; what stands around the table stays as it is.
class page {
public:
  /// The first table of @p file; empty when there is none.
  explicit page(std::filesystem::path file);
  /// "" when the page has no such cell.
  [[nodiscard]] std::string cell(const std::string& row, const std::string& column) const;
  /// The rows' names, from top to bottom.
  [[nodiscard]] std::vector<std::string> rows() const;
  /// Adds the row, at the end, where it is not there. The column must be.
  void set(const std::string& row, const std::string& column, const std::string& text);
  /// Takes rows out that are not in @p rows.
  void keep(const std::vector<std::string>& rows);
  void write() const;

private:
  [[nodiscard]] std::size_t column_of(const std::string& name) const;

  std::filesystem::path file_;
  std::vector<std::string> before_, after_;
  std::vector<std::vector<std::string>> table_;  ///< The first row is the heads.
};

}  // namespace keycare::test
