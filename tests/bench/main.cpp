// main.cpp - keycare-bench: Keycare's times against those of its peers, in one run, in turns.
//
//   keycare-bench [--quick] [suite ...]
//
// Exit 0: every measurement was made, whether or not its goal was met; 1: one could not be made; 2: wrong arguments.
#include "suites.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <span>
#include <string_view>
#include <vector>

namespace {

using keycare::bench::effort;
using keycare::bench::report;

struct suite {
  std::string_view name;
  void (*run)(report&, const effort&);
};
// The programs come first, while this process is small and has no library of a token in it.
constexpr suite suites[] = {
    {"programs", keycare::bench::measure_programs}, {"window", keycare::bench::measure_window},
    {"calls", keycare::bench::measure_calls},       {"loading", keycare::bench::measure_loading},
    {"signing", keycare::bench::measure_signing},   {"renewal", keycare::bench::measure_renewal},
    {"growth", keycare::bench::measure_growth}};

int usage() {
  std::cerr << "keycare-bench [--quick] [suite ...]; suites:";
  for (const auto& one : suites) std::cerr << ' ' << one.name;
  std::cerr << '\n';
  return 2;
}

/// The test kits that set the stage report what went wrong to GoogleTest.
bool stage_failed() {
  return testing::UnitTest::GetInstance()->ad_hoc_test_result().Failed();
}

}  // namespace

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  effort how;
  std::vector<std::string_view> wanted;
  for (const char* argument : std::span(argv, static_cast<std::size_t>(argc)).subspan(1)) {
    const std::string_view text(argument);
    if (text == "--quick")
      how.quick = true;
    else if (std::any_of(std::begin(suites), std::end(suites), [&](const suite& one) { return one.name == text; }))
      wanted.push_back(text);
    else
      return usage();
  }
  report table;
  bool all_measured = true;
  for (const auto& one : suites) {
    if (!wanted.empty() && std::find(wanted.begin(), wanted.end(), one.name) == wanted.end()) continue;
    std::cerr << "measuring: " << one.name << std::endl;
    try {
      one.run(table, how);
      if (stage_failed()) throw keycare::bench::cannot_measure("its stage could not be set");
    } catch (const std::exception& why) {
      std::cerr << "cannot measure " << one.name << ": " << why.what() << std::endl;
      all_measured = false;
    }
  }
  table.print(std::cout);
  return all_measured && std::cout.flush() ? 0 : 1;
}
