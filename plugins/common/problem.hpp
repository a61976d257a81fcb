// problem.hpp - what is wrong with one field of a form.
#pragma once

#include <string>

namespace keycare::common {

/// A field, by the name that the command's input and the RA use ("id_number", "invoice.title"), and the code of its
/// sentence (form_texts.hpp). A warning is said, but does not block.
struct field_problem {
  std::string field;
  std::string code;
  bool warning = false;

  friend bool operator==(const field_problem&, const field_problem&) = default;
};

}  // namespace keycare::common
