// csv_reader.hpp - a reader of RFC 4180 for the tests: what a spreadsheet's importer does.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace keycare::validity {

/// The records of @p text, field by field. Lines end with CRLF; nothing after a closing quote but a comma or a line
/// end.
[[nodiscard]] inline std::vector<std::vector<std::string>> read_csv(std::string_view text) {
  std::vector<std::vector<std::string>> records;
  for (std::size_t at = 0; at < text.size();) {
    std::vector<std::string> fields;
    while (true) {
      std::string field;
      if (at < text.size() && text[at] == '"') {
        for (++at; at < text.size(); ++at) {
          if (text[at] != '"') {
            field += text[at];
          } else if (at + 1 < text.size() && text[at + 1] == '"') {
            field += text[at++];
          } else {
            break;
          }
        }
        ++at;
      } else {
        while (at < text.size() && text[at] != ',' && text[at] != '\r') field += text[at++];
      }
      fields.push_back(std::move(field));
      if (at >= text.size() || text[at] != ',') break;
      ++at;
    }
    records.push_back(std::move(fields));
    if (text.substr(at, 2) != "\r\n") return {};  // not RFC 4180
    at += 2;
  }
  return records;
}

}  // namespace keycare::validity
