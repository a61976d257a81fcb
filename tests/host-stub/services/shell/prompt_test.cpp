// prompt_test.cpp - the PIN dialog on a terminal and over --pin-fd.
#include "host-stub/services/call.hpp"
#include "host-stub/services/shell/console.hpp"
#include "host-stub/services/shell/console_pin_prompt.hpp"
#include "host-stub/services/shell/terminal.hpp"
#include "host-stub/services/text/texts.hpp"
#include "terminal_pair.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <csignal>
#include <future>
#include <optional>
#include <string>

namespace keycare::services {
namespace {

prompt_view signing_view() {
  prompt_view view;
  view.language = "zh-CN";
  view.sentence = "正在使用 供应商甲 的证书对应的私钥进行签名";
  view.lines = {"续期申请: 60个月, 1000.00 元"};
  view.pin.remaining = 6;
  return view;
}

/// The writing end of a pipe whose reading end is --pin-fd.
struct pin_pipe {
  int ends[2] = {-1, -1};
  pin_pipe() { EXPECT_EQ(::pipe(ends), 0); }
  ~pin_pipe() {
    ::close(ends[0]);
    close_writing();
  }
  void write(std::string_view text) const {
    EXPECT_EQ(::write(ends[1], text.data(), text.size()), static_cast<ssize_t>(text.size()));
  }
  void close_writing() {
    if (ends[1] >= 0) ::close(ends[1]);
    ends[1] = -1;
  }
};

class PinFd : public testing::Test {
protected:
  console_pin_prompt prompt() {
    return console_pin_prompt({"/dev/null", pipe.ends[0], [this](std::string_view text) { shown += text; }}, time);
  }
  system_time time;
  call with;
  pin_pipe pipe;
  std::string shown;
};

TEST(PinDialog, SaysWhatTheGuideSays) {
  auto view = signing_view();
  const auto shown = render_prompt(view);
  EXPECT_NE(shown.find("密码输入对话框\n"), std::string::npos) << shown;
  EXPECT_NE(shown.find("正在使用 供应商甲 的证书对应的私钥进行签名\n"), std::string::npos);
  EXPECT_NE(shown.find("剩余密码重试次数: 6\n"), std::string::npos);
  EXPECT_NE(shown.find("续期申请: 60个月"), std::string::npos);
  view.pin.remaining.reset();
  view.problem = "密码错误。";
  EXPECT_NE(render_prompt(view).find("剩余密码重试次数: 未知\n"), std::string::npos);
  EXPECT_NE(render_prompt(view).find("! 密码错误。\n"), std::string::npos);
}

TEST_F(PinFd, OneLineAnswersOnePromptAndTheEndCancels) {
  pipe.write("123456\n654321\r\n");
  pipe.close_writing();
  auto asked = prompt();
  EXPECT_EQ(asked.ask(with.abi(), signing_view())->text(), "123456");
  EXPECT_NE(shown.find("请输入密码"), std::string::npos);
  EXPECT_EQ(shown.find("123456"), std::string::npos);
  auto another = prompt();  // not even another prompt sees a line again
  EXPECT_EQ(another.ask(with.abi(), signing_view())->text(), "654321");
  const auto ended = asked.ask(with.abi(), signing_view());
  EXPECT_EQ(ended.error().status, KC_E_CANCELLED);
  EXPECT_EQ(ended.error().code, "KC-PIN-CANCELLED");
}

TEST_F(PinFd, HalfALineIsNobodysPin) {
  pipe.write("1234");
  pipe.close_writing();
  EXPECT_EQ(prompt().ask(with.abi(), signing_view()).error().status, KC_E_CANCELLED);
}

TEST_F(PinFd, ALineThatIsNoPinIsNotUsedAndTheNextOneIsIntact) {
  pipe.write(std::string(70, '1') + "\n\n" +
             std::string("12\0"
                         "34\n",
                         6) +
             std::string(64, '2') + "\n");
  auto asked = prompt();
  for (int line = 0; line < 3; ++line) EXPECT_EQ(asked.ask(with.abi(), signing_view()).error().code, "KC-PIN-FORM");
  EXPECT_EQ(asked.ask(with.abi(), signing_view())->text(), std::string(64, '2'));
}

TEST_F(PinFd, ALineWithoutAnEndIsGivenUp) {
  const int zeros = ::open("/dev/zero", O_RDONLY | O_CLOEXEC);
  console_pin_prompt endless({"/dev/null", zeros, [](std::string_view) {}}, time);
  EXPECT_EQ(endless.ask(with.abi(), signing_view()).error().code, "KC-PIN-FD-ENDLESS");
  EXPECT_EQ(endless.ask_new(with.abi(), signing_view(), {6, 16}).error().code, "KC-PIN-FD-ENDLESS");
  ::close(zeros);
  pipe.write(std::string(longest_line, '1') + "\n654321\n");
  auto asked = prompt();
  EXPECT_EQ(asked.ask(with.abi(), signing_view()).error().code, "KC-PIN-FORM") << "a long line that ends is one line";
  EXPECT_EQ(asked.ask(with.abi(), signing_view())->text(), "654321");
}

TEST_F(PinFd, ALineThatDoesNotComeIsWaitedForFiveMinutes) {
  manual_time clock;
  console_pin_prompt asked({"/dev/null", pipe.ends[0], [](std::string_view) {}}, clock);
  pipe.write("1234");  // and no line feed
  auto waiting = std::async(std::launch::async, [&] { return asked.ask(nullptr, signing_view()).error(); });
  EXPECT_EQ(waiting.wait_for(std::chrono::milliseconds(200)), std::future_status::timeout);
  // The wait begins when the other thread gets there: the clock moves until it is over.
  while (waiting.wait_for(std::chrono::milliseconds(20)) != std::future_status::ready) clock.advance(60);
  const auto why = waiting.get();
  EXPECT_EQ(why.code, "KC-PIN-FD-SILENT");
  EXPECT_EQ(why.status, KC_E_TIMEOUT);
}

TEST_F(PinFd, ThatCannotBeReadIsSaidAtOnce) {
  EXPECT_TRUE(check_readable(pipe.ends[0]).ok());
  const auto writing = check_readable(pipe.ends[1]);
  EXPECT_EQ(writing.error().code, "KC-CLI-PIN-FD");
  EXPECT_NE(sentence_for(writing.error(), "en").find("for writing only"), std::string::npos);
  pipe.close_writing();
  const int folder = ::open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  console_pin_prompt asked({"/dev/null", folder, [](std::string_view) {}}, time);
  const auto why = asked.ask(with.abi(), signing_view()).error();
  EXPECT_EQ(why.code, "KC-CLI-PIN-FD");
  EXPECT_NE(sentence_for(why, "en").find(std::to_string(folder) + ": it is a folder"), std::string::npos)
      << sentence_for(why, "en");
  EXPECT_EQ(check_readable(folder).error().native, EISDIR) << "said before anybody is asked";
  ::close(folder);
  const auto closed = check_readable(folder);
  EXPECT_EQ(closed.error().status, KC_E_ARGUMENT);
  EXPECT_NE(sentence_for(closed.error(), "zh-CN").find("没有打开"), std::string::npos);
}

TEST_F(PinFd, CancellingTheCallEndsTheWait) {
  auto waiting = std::async(std::launch::async, [&] { return prompt().ask(with.abi(), signing_view()).error().code; });
  with.cancel();
  EXPECT_EQ(waiting.get(), "KC-PIN-CANCELLED");
}

TEST_F(PinFd, ANewPinIsAskedAgainUntilItWillDo) {
  pipe.write("12345678\nab\nq7w3k9x2\n");
  const auto pin = prompt().ask_new(with.abi(), signing_view(), {6, 16});
  ASSERT_TRUE(pin.ok()) << pin.error().code;
  EXPECT_EQ(pin->text(), "q7w3k9x2");
}

class Terminal : public testing::Test {
protected:
  std::future<std::string> ask() {
    return std::async(std::launch::async, [this] {
      console_pin_prompt prompt({terminal.name(), -1, {}}, time);
      const auto pin = prompt.ask(with.abi(), signing_view());
      return pin ? std::string(pin->text()) : pin.error().code;
    });
  }
  system_time time;
  call with;
  terminal_pair terminal;
};

TEST_F(Terminal, ThePinIsNotShownAndTheEchoComesBack) {
  auto pin = ask();
  ASSERT_TRUE(terminal.wait_for("请输入密码: "));
  EXPECT_FALSE(terminal.echoes());
  terminal.type("135790\n");
  EXPECT_EQ(pin.get(), "135790");
  EXPECT_TRUE(terminal.echoes());
  terminal.type("x\n");
  ASSERT_TRUE(terminal.wait_for("x"));
  EXPECT_EQ(terminal.screen().find("135790"), std::string::npos);
}

TEST_F(Terminal, WhatWasTypedBeforeTheQuestionIsNotTaken) {
  terminal.type("early\n");
  ASSERT_TRUE(terminal.wait_for("early"));
  auto pin = ask();
  ASSERT_TRUE(terminal.wait_for("请输入密码: "));
  terminal.type("135790\n");
  EXPECT_EQ(pin.get(), "135790");
}

TEST_F(Terminal, CancellingRestoresTheEcho) {
  auto pin = ask();
  ASSERT_TRUE(terminal.wait_for("请输入密码: "));
  with.cancel();
  EXPECT_EQ(pin.get(), "KC-PIN-CANCELLED");
  EXPECT_TRUE(terminal.echoes());
}

TEST_F(Terminal, ANewPinIsTypedTwice) {
  auto pin = std::async(std::launch::async, [this] {
    console_pin_prompt prompt({terminal.name(), -1, {}}, time);
    auto view = signing_view();
    view.purpose = prompt_purpose::new_on_change;
    const auto made = prompt.ask_new(with.abi(), view, {6, 16});
    return made ? std::string(made->text()) : made.error().code;
  });
  for (const char* again : {"q7w3k9xX\n", "q7w3k9x2\n"}) {
    ASSERT_TRUE(terminal.wait_for("请输入新密码: "));
    terminal.type("q7w3k9x2\n");
    ASSERT_TRUE(terminal.wait_for("请再次输入新密码: "));
    terminal.clear_screen();
    terminal.type(again);
    if (std::string_view(again) == "q7w3k9xX\n") {
      EXPECT_TRUE(terminal.wait_for("不一致"));
    }
  }
  EXPECT_EQ(pin.get(), "q7w3k9x2");
}

TEST_F(Terminal, AKilledProcessLeavesTheTerminalAsItWas) {
  const pid_t child = ::fork();
  if (child == 0) {
    console_pin_prompt prompt({terminal.name(), -1, {}}, time);
    const auto pin = prompt.ask(with.abi(), signing_view());
    ::_exit(pin.ok() ? 0 : 1);
  }
  ASSERT_TRUE(terminal.wait_for("请输入密码: "));
  EXPECT_FALSE(terminal.echoes());
  ::kill(child, SIGTERM);
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM) << "the signal does what it would have done";
  EXPECT_TRUE(terminal.echoes());
}

TEST_F(Terminal, WithoutOneNobodyCanBeAsked) {
  console_pin_prompt prompt({"/dev/null", -1, {}}, time);
  EXPECT_EQ(prompt.ask(with.abi(), signing_view()).error().code, "KC-PIN-NO-PROMPT");
}

TEST_F(Terminal, AQuestionIsAnsweredWithYesOrNo) {
  for (const auto& [typed, expected] :
       {std::pair{"y\n", true}, {"是\n", true}, {"\n", false}, {"n\n", false}, {"?\ny\n", true}}) {
    terminal.clear_screen();
    auto answer = std::async(std::launch::async, [this] {
      console shell({terminal.name(), false, "zh-CN", {}}, time);
      return *shell.confirm(with.abi(), "撤销申请", "确定撤销?");
    });
    ASSERT_TRUE(terminal.wait_for("[y/N] "));
    terminal.type(typed);
    EXPECT_EQ(answer.get(), expected) << typed;
  }
}

}  // namespace
}  // namespace keycare::services
