// page_test.cpp - the page's table is read and written, and nothing around it changes.
#include "page.hpp"

#include "tests/host-stub/services/scratch_folder.hpp"

#include <fstream>
#include <iterator>

namespace keycare::test {
namespace {

const std::string sample =
    "# Head\n\ntext | with a bar\n\n| what | A | B |\n| --- | --- | --- |\n| lists | works | fails |\n| signs | works |"
    "|\n\nafter\n\n| another | table |\n| --- | --- |\n| x | y |\n";

class MatrixPage : public testing::Test {
protected:
  void SetUp() override { std::ofstream(file_) << sample; }
  [[nodiscard]] std::string text() const {
    std::ifstream in(file_);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  scratch_folder folder_;
  std::filesystem::path file_ = folder_.path() / "page.md";
};

TEST_F(MatrixPage, IsReadByRowAndColumn) {
  const page read(file_);
  EXPECT_EQ(read.cell("lists", "B"), "fails");
  EXPECT_EQ(read.cell("signs", "B"), "");
  EXPECT_EQ(read.cell("signs", "C"), "");
  EXPECT_EQ(read.rows(), (std::vector<std::string>{"lists", "signs"}));
}
TEST_F(MatrixPage, IsWrittenAsItWas) {
  page(file_).write();
  EXPECT_EQ(text(), sample);
}
TEST_F(MatrixPage, ACellARowAndNothingElseChanges) {
  page changed(file_);
  changed.set("signs", "B", "works");
  changed.set("reaps", "A", "works");
  changed.set("reaps", "C", "there is no C");
  changed.keep({"signs", "reaps"});
  changed.write();
  auto expected = sample;
  expected.replace(expected.find("| lists"), expected.find("\n\nafter") - expected.find("| lists"),
                   "| signs | works | works |\n| reaps | works ||");
  EXPECT_EQ(text(), expected);
}
TEST_F(MatrixPage, OneThatIsNotThereIsEmpty) {
  const page none(folder_.path() / "none.md");
  EXPECT_TRUE(none.rows().empty());
  EXPECT_EQ(none.cell("lists", "A"), "");
}

}  // namespace
}  // namespace keycare::test
