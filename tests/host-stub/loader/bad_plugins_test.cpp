// bad_plugins_test.cpp - each bad plugin gets exactly its verdict, and the good ones beside it load.
#include "workshop.hpp"

#include <sys/stat.h>
#include <chrono>

namespace keycare::loader::testing {
namespace {

struct bad_case {
  std::string name;
  std::string library;  // of the corpus
  json patch;           // of the manifest
  std::string code;
  std::string in_sentence;  // what the English sentence must say
  int timeout_ms = 30'000;

  friend void PrintTo(const bad_case& bad, std::ostream* out) { *out << bad.library << ' ' << bad.patch; }
};

const std::vector<bad_case>& cases() {
  static const std::vector<bad_case> all{
      // The manifest alone.
      {"abi_of_the_next_minor", "good-table", {{"abi", {{"min", "1.1"}}}}, "KC-PLUGIN-ABI-TOO-NEW", "1.1"},
      {"abi_of_the_next_major",
       "good-table",
       {{"abi", {{"min", "2.0"}, {"max", "2.x"}}}},
       "KC-PLUGIN-ABI-TOO-NEW",
       "2.0"},
      {"abi_of_the_past", "good-table", {{"abi", {{"min", "0.9"}, {"max", "0.x"}}}}, "KC-PLUGIN-ABI-TOO-OLD", "0.x"},
      {"client_too_old", "good-table", {{"min_client_version", "4.8.3"}}, "KC-PLUGIN-CLIENT-TOO-OLD", "4.8.3 or later"},
      {"permission_unknown",
       "good-table",
       {{"permissions", {"token.eat"}}},
       "KC-PLUGIN-PERMISSION-UNKNOWN",
       "token.eat"},
      {"permission_forbidden",
       "good-table",
       {{"permissions", {"token.sign"}}},
       "KC-PLUGIN-PERMISSION-FORBIDDEN",
       "token.sign"},
      {"endpoint_unknown",
       "good-table",
       {{"permissions", {"net:elsewhere"}}},
       "KC-PLUGIN-ENDPOINT-UNKNOWN",
       "elsewhere"},
      {"manifest_invalid", "good-table", {{"core", {{"sha256", "no"}}}}, "KC-PLUGIN-MANIFEST-INVALID", "core.sha256"},
      // The file.
      {"library_missing", "good-table", {{"core", {{"file", "gone.so"}}}}, "KC-PLUGIN-LIBRARY-MISSING", "gone.so"},
      {"hash_of_another",
       "good-table",
       {{"core", {{"sha256", std::string(64, '0')}}}},
       "KC-PLUGIN-HASH-MISMATCH",
       "may be damaged"},
      {"exports_too_much", "exports-too-much", {}, "KC-PLUGIN-EXPORTS", "2 symbols"},
      {"exports_no_entry", "no-entry", {}, "KC-PLUGIN-EXPORTS", "some_function"},
      {"foreign_library", "foreign-library", {}, "KC-PLUGIN-DEPENDENCY", "libkeycare-foreign.so"},
      {"search_path", "search-path", {}, "KC-PLUGIN-SEARCH-PATH", "beside/lib"},
      {"executable_stack", "executable-stack", {}, "KC-PLUGIN-EXECUTABLE-STACK", "executable stack"},
      // What it does.
      {"symbol_unresolved", "symbol-unresolved", {}, "KC-PLUGIN-UNRESOLVED", "keycare_symbol_that_nobody_has"},
      {"crashes_while_loaded", "load-crashes", {}, "KC-PLUGIN-CRASHED", "while it was loaded (signal 11)"},
      {"throws_while_loaded", "load-throws", {}, "KC-PLUGIN-THREW", "while it was loaded"},
      {"hangs_while_loaded", "load-hangs", {}, "KC-PLUGIN-HUNG", "while it was loaded", 700},
      {"crashes_in_its_entry", "entry-crashes", {}, "KC-PLUGIN-CRASHED", "in its entry (signal 11)"},
      {"throws_in_its_entry", "entry-throws", {}, "KC-PLUGIN-THREW", "in its entry"},
      {"hangs_in_its_entry", "entry-hangs", {}, "KC-PLUGIN-HUNG", "in its entry", 700},
      {"ends_the_process", "entry-exits", {}, "KC-PLUGIN-EXITED", "in its entry"},
      {"refuses_the_host", "entry-refuses", {}, "KC-PLUGIN-ENTRY-REFUSED", "status 6"},
      {"gives_no_table", "entry-gives-nothing", {}, "KC-PLUGIN-ENTRY-TABLE", "gave none"},
      {"gives_a_wild_pointer", "entry-gives-wild-pointer", {}, "KC-PLUGIN-CRASHED", "while its table was read"},
      {"table_too_small", "table-too-small", {}, "KC-PLUGIN-ENTRY-TABLE", "40 octets, not 64"},
      {"table_of_another_major", "table-other-major", {}, "KC-PLUGIN-ENTRY-TABLE", "contract 2, not 1"},
      {"table_without_a_function", "table-without-function", {}, "KC-PLUGIN-ENTRY-TABLE", "a function is missing"},
      {"table_with_an_endless_id", "table-endless-id", {}, "KC-PLUGIN-ENTRY-TABLE", "its id"},
      {"another_id_in_the_manifest", "good-table", {{"id", "other"}}, "KC-PLUGIN-ID-MISMATCH", "other"},
      {"another_version_in_the_manifest", "good-table", {{"version", "1.0.1"}}, "KC-PLUGIN-VERSION-MISMATCH", "1.0.1"},
  };
  return all;
}

class bad_plugins : public ::testing::TestWithParam<bad_case> {};

TEST_P(bad_plugins, is_listed_with_exactly_its_reason) {
  const auto& bad = GetParam();
  workshop shop;
  auto with = shop.with();
  with.probe_timeout = std::chrono::milliseconds(bad.timeout_ms);
  const auto outcome = load(shop.add("plugin", bad_plugin(bad.library), bad.patch), with);
  ASSERT_FALSE(outcome.ok());
  EXPECT_EQ(outcome.error().code, bad.code);
  for (const auto* language : {"zh-CN", "en"}) {
    const auto said = sentence(outcome.error(), language);
    EXPECT_EQ(said.find('{'), std::string::npos) << said;
    EXPECT_EQ(said.find('?'), std::string::npos) << "an argument is missing: " << said;
  }
  EXPECT_NE(sentence(outcome.error(), "en").find(bad.in_sentence), std::string::npos)
      << sentence(outcome.error(), "en");
}

INSTANTIATE_TEST_SUITE_P(corpus, bad_plugins, ::testing::ValuesIn(cases()),
                         [](const auto& info) { return info.param.name; });

TEST(loader, loads_the_good_plugins_among_all_the_bad_ones) {
  workshop shop;
  std::vector<fs::path> files;
  for (const auto& bad : cases())
    if (bad.timeout_ms > 1000) files.push_back(shop.add(bad.name, bad_plugin(bad.library), bad.patch));
  files.insert(files.begin() + 3, KEYCARE_TEMPLATE);
  files.push_back(shop.folder() / "gone.json");
  const auto good = shop.add("good", bad_plugin("good-table"));
  files.push_back(good);

  const auto listed = load_all(files, shop.with());
  ASSERT_EQ(listed.size(), files.size());
  std::vector<std::string> loaded;
  for (const auto& line : listed) {
    if (line.outcome)
      loaded.push_back(line.outcome->about.id);
    else
      EXPECT_TRUE(reason_of(line.outcome.error()).has_value()) << line.manifest_file;
  }
  EXPECT_EQ(loaded, (std::vector<std::string>{"template", "bad"}));
  EXPECT_EQ(code_of(listed[listed.size() - 2].outcome), "KC-PLUGIN-MANIFEST-MISSING");
}

TEST(loader, lists_the_second_of_two_plugins_with_one_id) {
  workshop shop;
  const auto damaged = shop.add("damaged", bad_plugin("good-table"), {{"core", {{"sha256", std::string(64, '0')}}}});
  const auto first = shop.add("first", bad_plugin("good-table"));
  const auto second = shop.add("second", bad_plugin("good-table"));
  const auto listed = load_all(std::vector{damaged, first, second}, shop.with());
  EXPECT_EQ(code_of(listed[0].outcome), "KC-PLUGIN-HASH-MISMATCH") << "a plugin that does not load takes no id";
  EXPECT_EQ(code_of(listed[1].outcome), "loaded");
  ASSERT_EQ(code_of(listed[2].outcome), "KC-PLUGIN-ID-DUPLICATE");
  EXPECT_NE(sentence(listed[2].outcome.error(), "en").find("first.json"), std::string::npos);
}

TEST(loader, gives_a_table_that_answers) {
  workshop shop;
  const auto outcome = load(shop.add("good", bad_plugin("good-table")), shop.with());
  ASSERT_TRUE(outcome.ok()) << outcome.error().code;
  kc_instance* instance = nullptr;
  EXPECT_EQ(outcome->table->create(nullptr, &instance, nullptr), KC_E_UNSUPPORTED);
  EXPECT_EQ(text(outcome->table->id), "bad");
}

TEST(loader, keeps_a_loaded_plugin_whole_when_its_file_is_overwritten) {
  workshop shop;
  const auto octets = read_file(bad_plugin("good-table"));
  const auto manifest_file = shop.add("good", octets);
  const auto outcome = load(manifest_file, shop.with());
  ASSERT_TRUE(outcome.ok()) << outcome.error().code;
  write_file(shop.folder() / "good.so", std::vector<std::uint8_t>(octets.size(), 0xCC));
  EXPECT_EQ(outcome->table->create(nullptr, nullptr, nullptr), KC_E_UNSUPPORTED);
  EXPECT_EQ(code_of(load(manifest_file, shop.with())), "KC-PLUGIN-HASH-MISMATCH");
}

TEST(loader, says_what_is_wrong_with_a_damaged_file) {
  workshop shop;
  const auto whole = read_file(bad_plugin("good-table"));
  const auto code = [&](const std::string& name, std::span<const std::uint8_t> octets) {
    return code_of(load(shop.add(name, octets), shop.with()));
  };
  EXPECT_EQ(code("cut", std::span(whole).first(whole.size() - 100)), "KC-PLUGIN-FILE-DAMAGED");
  EXPECT_EQ(code("header", std::span(whole).first(40)), "KC-PLUGIN-FILE-DAMAGED");
  EXPECT_EQ(code("text", std::vector<std::uint8_t>(5000, 'x')), "KC-PLUGIN-FILE-DAMAGED");
  EXPECT_EQ(code("empty", {}), "KC-PLUGIN-LIBRARY-UNREADABLE");
  auto other = whole;
  other[18] = 40;  // e_machine: 32-bit ARM
  other[19] = 0;
  EXPECT_EQ(code("arm", other), "KC-PLUGIN-WRONG-ARCHITECTURE");
  auto small = whole;
  small[4] = 1;  // ELFCLASS32
  EXPECT_EQ(code("class32", small), "KC-PLUGIN-WRONG-ARCHITECTURE");
}

TEST(loader, does_not_wait_for_a_named_pipe_in_a_files_place) {
  workshop shop;
  const auto file = shop.add("pipe", bad_plugin("good-table"));
  fs::remove(shop.folder() / "pipe.so");
  ASSERT_EQ(::mkfifo((shop.folder() / "pipe.so").c_str(), 0600), 0);
  EXPECT_EQ(code_of(load(file, shop.with())), "KC-PLUGIN-LIBRARY-UNREADABLE");
}

TEST(loader, says_when_the_probe_itself_cannot_start) {
  workshop shop;
  auto with = shop.with();
  with.probe = shop.folder() / "no-such-probe";
  EXPECT_EQ(code_of(load(shop.add("good", bad_plugin("good-table")), with)), "KC-PLUGIN-PROBE-FAILED");
}

TEST(loader, loads_no_pages_for_another_qt) {
  workshop shop;
  const auto about = read_manifest(shop.add("good", bad_plugin("good-table"),
                                            {{"ui",
                                              {{"file", "good.so"},
                                               {"qt", "6.4.2-release"},
                                               {"sha256", to_hex(sha256(read_file(bad_plugin("good-table"))))}}}}));
  ASSERT_TRUE(about.ok()) << about.error().args;
  auto with = shop.with();
  EXPECT_EQ(code_of(load_ui(*about, with)), "KC-PLUGIN-QT") << "a host without a window has no Qt";
  with.qt = parse_qt_tag("6.2.4-release");
  EXPECT_EQ(code_of(load_ui(*about, with)), "KC-PLUGIN-QT");
  with.qt = parse_qt_tag("6.4.2-debug");
  EXPECT_EQ(code_of(load_ui(*about, with)), "KC-PLUGIN-QT");
  with.qt = parse_qt_tag("6.5.0-release");
  EXPECT_EQ(code_of(load_ui(*about, with)), "loaded");
}

// With a probe that does not exist, whatever still gets its verdict got it from memory.
TEST(probe_memory, makes_a_warm_start_run_no_child) {
  workshop shop;
  const auto good = shop.add("good", bad_plugin("good-table"));
  const auto crashing = shop.add("crashing", bad_plugin("entry-crashes"), {{"id", "crashing"}});
  const auto cold = load_all(std::vector{good, crashing}, shop.with());
  EXPECT_EQ(code_of(cold[0].outcome), "loaded");
  auto warm = shop.with();
  warm.probe = shop.folder() / "no-such-probe";
  EXPECT_EQ(code_of(load(good, warm)), "loaded");
  const auto again = load(crashing, warm);
  EXPECT_EQ(code_of(again), "KC-PLUGIN-CRASHED");
  EXPECT_EQ(sentence(again.error(), "en"), sentence(cold[1].outcome.error(), "en"));
  warm.host.abi.minor = 1;
  EXPECT_EQ(code_of(load(good, warm)), "KC-PLUGIN-PROBE-FAILED") << "another contract is another question";
}

TEST(probe_memory, does_not_hold_a_slow_moment_against_a_plugin) {
  workshop shop;
  auto with = shop.with();
  with.probe_timeout = std::chrono::milliseconds(300);
  const auto hanging = shop.add("hanging", bad_plugin("entry-hangs"));
  EXPECT_EQ(code_of(load(hanging, with)), "KC-PLUGIN-HUNG");
  with.probe = shop.folder() / "no-such-probe";
  EXPECT_EQ(code_of(load(hanging, with)), "KC-PLUGIN-PROBE-FAILED") << "it was asked again";
}

TEST(probe_memory, is_ignored_when_it_is_damaged_or_somebody_elses_to_write) {
  workshop shop;
  const auto good = shop.add("good", bad_plugin("good-table"));
  ASSERT_EQ(code_of(load(good, shop.with())), "loaded");
  const auto memory = shop.folder() / "cache" / "plugin-probes.json";
  const auto whole = read_file(memory);
  auto without_probe = shop.with();
  without_probe.probe = shop.folder() / "no-such-probe";
  ASSERT_EQ(code_of(load(good, without_probe)), "loaded");

  for (const std::string damaged : {"", "{", "[]", "{\"format\":1,\"entries\":[]}", "{\"format\":2,\"entries\":{}}"}) {
    write_file(memory, damaged);
    EXPECT_EQ(code_of(load(good, without_probe)), "KC-PLUGIN-PROBE-FAILED") << damaged;
  }
  write_file(memory, std::string(10'000, '['));
  EXPECT_EQ(code_of(load(good, without_probe)), "KC-PLUGIN-PROBE-FAILED");
  auto nonsense = json::parse(whole);
  for (auto& entry : nonsense["entries"]) entry = {{"code", "KC-NO-SUCH-CODE"}, {"args", 3}};
  write_file(memory, nonsense.dump());
  EXPECT_EQ(code_of(load(good, without_probe)), "KC-PLUGIN-PROBE-FAILED");

  write_file(memory, whole);
  fs::permissions(memory, fs::perms::group_write, fs::perm_options::add);
  EXPECT_EQ(code_of(load(good, without_probe)), "KC-PLUGIN-PROBE-FAILED");
  EXPECT_EQ(code_of(load(good, shop.with())), "loaded") << "and it is written anew";
  EXPECT_EQ(code_of(load(good, without_probe)), "loaded");
}

}  // namespace
}  // namespace keycare::loader::testing
