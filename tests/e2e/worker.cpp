// worker.cpp - a client in a process of its own that kills itself (SIGKILL) right after the n-th change of an order was
// stored.
//
//   e2e_worker CLIENT.JSON PLUGIN COMMAND KILL_AFTER     the input as JSON on standard input
//
// Prints the last reply as one line of JSON. Exit 0: a reply; 1: an error, printed as {"error": code}.
#include "host-stub/cli/conversation.hpp"
#include "host-stub/client/client.hpp"
#include "host-stub/demo/cast.hpp"
#include "host-stub/demo/narrator.hpp"
#include "host-stub/demo/scripted_prompt.hpp"
#include "host-stub/services/secure/secret.hpp"
#include "host-stub/services/shell/console.hpp"

#include <atomic>
#include <csignal>
#include <iostream>
#include <sstream>

int main(int argc, char** argv) {
  using namespace keycare;
  if (argc != 5) return 2;
  if (!services::harden_process()) return 2;
  std::ostringstream input;
  input << std::cin.rdbuf();

  const services::system_time time;
  demo::narrator nobody(false, true);
  demo::scripted_prompt clerk(nobody);
  clerk.will_type(demo::cast::pin, 50);
  services::console_options quiet;
  quiet.assume_yes = true;
  quiet.print = [](std::string_view) {};
  services::console shell(quiet, time);
  auto settings = services::read_config(argv[1]);
  if (!settings) return 2;
  auto client = host::client::open(*std::move(settings), {clerk, shell, time});
  if (!client) {
    std::cout << nlohmann::json{{"error", client.error().code}} << std::endl;
    return 1;
  }
  auto* session = (*client)->find(argv[2]);
  if (session == nullptr) return 2;
  std::atomic<int> left = std::stoi(argv[4]);
  session->subscribe([&left](std::string_view kind, std::string_view) {
    if (kind == "order-changed" && --left == 0) std::raise(SIGKILL);
  });
  const auto reply = cli::converse(*session, argv[3], nlohmann::json::parse(input.str()), "zh-CN", {});
  if (!reply) {
    std::cout << nlohmann::json{{"error", reply.error().code}} << std::endl;
    return 1;
  }
  std::cout << reply->dump() << std::endl;
  return 0;
}
