// command_line_page_test.cpp - docs/command-line.md knows every subcommand and every option that --help prints.
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <memory>
#include <regex>
#include <set>
#include <sstream>

namespace {

std::string help_of(const std::string& subcommand) {
  const auto command = std::string(KEYCARE_HOST_PATH) + " " + subcommand + " --help";
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> pipe(popen(command.c_str(), "r"), &pclose);
  std::string out;
  std::array<char, 4096> buffer{};
  while (pipe) {
    const auto some = std::fread(buffer.data(), 1, buffer.size(), pipe.get());
    if (some == 0) break;
    out.append(buffer.data(), some);
  }
  return out;
}

std::set<std::string> found(const std::string& text, const char* form) {
  std::set<std::string> out;
  const std::regex wanted(form);
  for (std::sregex_iterator at(text.begin(), text.end(), wanted), end; at != end; ++at) out.insert((*at)[1]);
  return out;
}

std::set<std::string> subcommands(const std::string& help) {
  const auto at = help.find("Subcommands:");
  return at == std::string::npos ? std::set<std::string>{} : found(help.substr(at), "\n  ([a-z]+) ");
}

/// Holds the help of @p subcommand, and of those below it, against @p page. Gives the number of options.
std::size_t compare(const std::string& page, const std::string& subcommand) {
  const auto help = help_of(subcommand);
  EXPECT_FALSE(help.empty()) << subcommand;
  const auto options = found(help, "\n  (?:-[a-z],)?(--[a-z-]+)");
  for (const auto& option : options) {
    const auto as_word = found(page, ("(" + option + ")(?![a-z-])").c_str());
    EXPECT_FALSE(as_word.empty()) << "keycare-host " << subcommand << " " << option << " is not in the page";
  }
  std::size_t seen = options.size();
  for (const auto& below : subcommands(help)) {
    EXPECT_NE(page.find(below), std::string::npos) << subcommand << " " << below;
    seen += compare(page, subcommand + " " + below);
  }
  return seen;
}

TEST(CommandLinePage, KnowsEverySubcommandAndOptionThatHelpPrints) {
  std::ifstream in(std::string(KEYCARE_SOURCE_DIR) + "/docs/command-line.md");
  std::ostringstream text;
  text << in.rdbuf();
  EXPECT_GT(compare(text.str(), ""), 30u) << "the help was not understood";
}

}  // namespace
