// saving.hpp - --save: texts of a reply's data, written into new files.
#pragma once

#include "keycare/sdk/result.hpp"

#include <nlohmann/json.hpp>

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

namespace keycare::cli {

/// Files that were promised before anything was done: a name that cannot be written must not be found out after a
/// payment. [main-thread]
class saving {
public:
  /// Makes an empty new file for each "member=file". KC-CLI-SAVE-FORM; KC-CLI-SAVE-MEMBER with "member" when it is none
  /// of @p members, which the command's replies may have; KC-CLI-FILE with "file" and errno: what is there already is
  /// never overwritten.
  [[nodiscard]] static result<saving> promise(const std::vector<std::string>& wanted,
                                              const std::vector<std::string>& members);
  /// Removes what was not written.
  ~saving();
  saving(saving&&) noexcept = default;
  saving& operator=(saving&&) noexcept = delete;

  [[nodiscard]] bool any() const noexcept { return !files_.empty(); }
  /// Writes the members of @p reply's data. KC-CLI-SAVE with "member" when the reply has no such text, KC-CLI-FILE.
  [[nodiscard]] result<void> write(const nlohmann::json& reply);

private:
  saving() = default;
  struct closer {
    void operator()(std::FILE* file) const noexcept { std::fclose(file); }
  };
  struct promised {
    std::string member;
    std::string name;
    std::unique_ptr<std::FILE, closer> file;  ///< Null when it was written.
  };
  std::vector<promised> files_;
};

}  // namespace keycare::cli
