// token_model.hpp - a token that outlives processes and computers, as GM/T 0016 (SKF) describes one.
#pragma once

#include "tests/sim/paper.hpp"

#include <map>
#include <string>

namespace keycare::sim {

/// Nowhere: the user has the token in the hand.
inline constexpr int in_hand = -1;

struct container {
  std::string key;          ///< Its name; empty without a pair.
  bool half = false;        ///< A key without its other half.
  std::string certificate;  ///< DER; empty without one.
};

struct token_model {
  token_ref ref;
  int place = in_hand;  ///< The computer that it is plugged into.
  bool busy = false;    ///< It is there and does not answer.
  int most_tries = 10;
  int tries = 10;
  std::size_t room = 8;  ///< Containers.
  std::map<std::string, container> boxes;
  std::string admin = "admin-0";  ///< The admin PIN, as a name.
  int admin_tries = 10;

  [[nodiscard]] bool locked() const { return tries == 0; }
  [[nodiscard]] const container* box(const std::string& name) const {
    const auto it = boxes.find(name);
    return it != boxes.end() ? &it->second : nullptr;
  }
};

inline constexpr std::string_view old_container = "OLD";
inline constexpr std::string_view old_key = "key-old";

}  // namespace keycare::sim
