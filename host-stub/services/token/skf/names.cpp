// names.cpp - bounded name lists.
#include "host-stub/services/token/skf/names.hpp"

namespace keycare::services::skf {

result<std::vector<std::string>> name_list(octets_view raw) {
  std::vector<std::string> out;
  const auto text = text_of(raw);
  std::size_t at = 0;
  while (at < text.size() && text[at] != '\0') {
    const auto end = text.find('\0', at);
    if (end == std::string_view::npos || end - at > max_name || out.size() == max_names)
      return fail(KC_E_DAMAGED, "KC-TOKEN-DAMAGED");
    out.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

}  // namespace keycare::services::skf
