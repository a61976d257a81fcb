// replay.cpp - every seed and every input that once broke something, run again by the ordinary tests.
#include "fuzz.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

namespace keycare::fuzz {
namespace {

class corpus_test final : public testing::Test {
public:
  corpus_test(const char* name, target run) : name_(name), run_(run) {}

private:
  void TestBody() override {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(KEYCARE_FUZZ_CORPUS) / name_))
      files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    ASSERT_FALSE(files.empty()) << "no corpus for " << name_;
    for (const auto& file : files) {
      SCOPED_TRACE(file.filename().string());
      std::ifstream in(file, std::ios::binary);
      const std::vector<char> read((std::istreambuf_iterator<char>(in)), {});
      const octets data(read.begin(), read.end());
      run_(data);
    }
    octets nothing;
    nothing.reserve(1);  // empty, but not null: as libFuzzer begins
    run_(nothing);
  }
  const char* name_;
  target run_;
};

}  // namespace

registered::registered(const char* name, target run) {
  testing::RegisterTest("FuzzCorpus", name, nullptr, nullptr, __FILE__, __LINE__,
                        [name, run]() -> testing::Test* { return new corpus_test(name, run); });
}

}  // namespace keycare::fuzz
