// matrix_test.cpp - every token library that this computer has, and docs/tokens.md held against what it did.
//
// A library that is not there is skipped by name, and its column left as it is. KEYCARE_TOKEN_DAEMONS=1 (./dev tokens)
// also runs those that need a daemon. KEYCARE_WRITE_DOCS=1 writes what was seen into the page; KEYCARE_MATRIX_FILE
// names a second page that gets it as well.
#include "bench.hpp"
#include "page.hpp"

#include <cstdio>
#include <cstdlib>

namespace keycare::test {
namespace {

const std::string page_file = std::string(KEYCARE_SOURCE_DIR) + "/docs/tokens.md";

void note_in(page into, const std::string& library, const observations& seen) {
  std::vector<std::string> rows;
  for (const auto& [what, outcome] : seen) {
    into.set(what, library, outcome);
    rows.push_back(what);
  }
  into.keep(rows);
  into.write();
}

class TokenMatrix : public testing::Test {
protected:
  void run(const std::string& library, made_stand (*make)(const std::filesystem::path&)) {
    const auto made = make(folder_.path());
    if (!made.it) GTEST_SKIP() << made.why_not;
    const auto seen = observe(*made.it, folder_.path());
    for (const auto& [what, outcome] : seen)
      std::printf("%s | %s: %s\n", library.c_str(), what.c_str(), outcome.c_str());
    if (std::getenv("KEYCARE_WRITE_DOCS") != nullptr) note_in(page(page_file), library, seen);
    if (const char* other = std::getenv("KEYCARE_MATRIX_FILE")) note_in(page(other), library, seen);
    const page written(page_file);
    for (const auto& [what, outcome] : seen)
      EXPECT_EQ(written.cell(what, library), outcome)
          << "docs/tokens.md says something else of " << library << ": " << what;
    EXPECT_EQ(written.rows().size(), seen.size()) << "docs/tokens.md has a row that nobody ran";
  }
  /// A daemon is started for people who asked for it.
  void run_with_daemon(const std::string& library, made_stand (*make)(const std::filesystem::path&)) {
    if (std::getenv("KEYCARE_TOKEN_DAEMONS") == nullptr)
      GTEST_SKIP() << library << " needs a daemon of its own: ./dev tokens runs it";
    run(library, make);
  }
  scratch_folder folder_;
};

TEST_F(TokenMatrix, SoftSkf) {
  run("soft-skf", make_soft_skf);
}
TEST_F(TokenMatrix, SoftHsm) {
  run("SoftHSM 2", make_softhsm);
}
TEST_F(TokenMatrix, Nss) {
  run("NSS softoken", make_nss);
}
TEST_F(TokenMatrix, Tpm2) {
  run_with_daemon("tpm2-pkcs11", make_tpm2);
}
TEST_F(TokenMatrix, Opencryptoki) {
  run_with_daemon("opencryptoki", make_opencryptoki);
}

}  // namespace
}  // namespace keycare::test
