// scripts.hpp - a model beside what it stands for: one script, line by line, on both.
#pragma once

#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <vector>

namespace keycare::sim {

struct script {
  const char* name;
  std::vector<const char*> lines;
};

inline void PrintTo(const script& s, std::ostream* out) {
  *out << s.name;
}

/// Both have std::string perform(const std::string& line).
template <class Real, class Model>
void expect_same_answers(const std::vector<const char*>& lines) {
  Real real;
  Model model;
  std::vector<std::string> expected, got;
  for (const std::string line : lines) {
    expected.push_back(line + " -> " + real.perform(line));
    got.push_back(line + " -> " + model.perform(line));
  }
  EXPECT_EQ(got, expected);
}

}  // namespace keycare::sim
