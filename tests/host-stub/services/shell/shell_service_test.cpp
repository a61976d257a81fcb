// shell_service_test.cpp - keycare.shell/1 as a plugin calls it: cleaned texts, permitted addresses, one dialog.
#include "host-stub/services/shell/shell_service.hpp"
#include "host-stub/services/call.hpp"
#include "host-stub/services/shell/console.hpp"
#include "host-stub/services/threads.hpp"
#include "keycare/abi/shell.h"
#include "keycare/sdk/view.hpp"

#include <gtest/gtest.h>

#include <string>

namespace keycare::services {
namespace {

class ShellService : public testing::Test {
protected:
  ShellService() {
    settings.client.hotline = "020-89524338";
    settings.endpoints["ra"] = {"https://ra.example", "pinned", {"https://pay.example:8443"}};
    owner = make_shell_service(context, {"renewal", "1.0.0", {"net:ra"}});
    table = reinterpret_cast<const kc_shell_service*>(owner->table());
  }
  kc_status open(std::string_view url, std::string_view endpoint = "ra") {
    why = sized<kc_error>();
    return table->open_url(table, borrow(endpoint), borrow(url), &why);
  }

  config settings;
  system_time time;
  std::string printed;
  console port{{"/dev/null", true, "zh-CN", [this](std::string_view text) { printed += text; }}, time};
  shell_context context{port, settings, {}};
  std::unique_ptr<service> owner;
  const kc_shell_service* table = nullptr;
  call with;
  kc_error why = sized<kc_error>();
  thread_role_scope role{thread_role::worker};
};

TEST_F(ShellService, OpensOnlyThePermittedOrigins) {
  EXPECT_EQ(open("https://pay.example:8443/pay/1?x=2"), KC_OK);
  EXPECT_NE(printed.find("https://pay.example:8443/pay/1?x=2\n"), std::string::npos);
  for (const char* bad :
       {"http://pay.example:8443/", "https://pay.example:84433/", "https://pay.example:8443.evil.example/",
        "https://pay.example:8443@evil.example/", "https://ra.example/", "javascript:alert(1)",
        "https://pay.example:8443/\x1b[2J", "https://pay.example:8443/a b", ""}) {
    EXPECT_EQ(open(bad), KC_E_NO_PERMISSION) << bad;
    EXPECT_STREQ(why.code, "KC-SHELL-URL");
  }
  EXPECT_EQ(open("https://pay.example:8443/", "portal"), KC_E_NO_PERMISSION);
}

TEST_F(ShellService, TextsOfAPluginCannotTakeOverTheTerminal) {
  EXPECT_EQ(table->notify(table, borrow("通知\x1b[2J"), borrow("a\nb\x07\xE2\x80\xAE"), &why), KC_OK);
  EXPECT_EQ(printed, "通知[2J\na\nb\n");
}

TEST_F(ShellService, OneDialogAtATime) {
  std::int32_t yes = 0;
  EXPECT_EQ(table->confirm(table, with.abi(), borrow("t"), borrow("?"), &yes, &why), KC_OK);
  EXPECT_EQ(yes, 1);
  const std::lock_guard open_dialog(context.one_dialog);
  EXPECT_EQ(table->confirm(table, with.abi(), borrow("t"), borrow("?"), &yes, &why), KC_E_BUSY);
}

TEST_F(ShellService, SaysWhichClientThisIs) {
  std::string seen;
  const auto sink = [](void* to, const kc_client_info* client) {
    *static_cast<std::string*>(to) = std::string(text(client->version)) + "|" + std::string(text(client->channel)) +
                                     "|" + std::string(text(client->hotline)) + "|" +
                                     std::to_string(client->has_window);
  };
  EXPECT_EQ(table->client(table, sink, &seen, &why), KC_OK);
  EXPECT_EQ(seen, "4.8.2|cli|020-89524338|0");
  EXPECT_EQ(table->show_page(table, borrow("renewal"), &why), KC_E_UNSUPPORTED);
}

}  // namespace
}  // namespace keycare::services
