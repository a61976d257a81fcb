// renewal_bench.hpp - a token, an RA and a disk, and the renewal plugin's core over them, which can be restarted.
#pragma once

#include "fake_ra.hpp"
#include "plugins/renewal/core/core.hpp"
#include "plugins/renewal/core/order_record.hpp"

#include <gtest/gtest.h>

#include <memory>

namespace keycare::fakes {

struct bench {
  fakes::disk disk;
  fake_renewal_ra ra;
  fake_device device;
  std::unique_ptr<fake_token_host> host;
  std::unique_ptr<plugin_core> core;
  std::vector<std::string> opened;  ///< pages, in all lives

  bench() { start(); }

  /// A new process over the same disk, RA and token.
  void start() {
    core.reset();
    if (host) opened.insert(opened.end(), host->shell.opened.begin(), host->shell.opened.end());
    host = std::make_unique<fake_token_host>(disk, device);
    host->clock.wall = ra.now;
    host->http.on_send = [this](const http_request& request) { return ra.serve(request); };
    auto made = renewal::make_core(host_link(host.get()));
    if (!made) throw std::runtime_error(made.error().code);
    core = std::move(*made);
  }
  /// Another computer: another disk.
  void start_elsewhere() {
    core.reset();
    disk.clear();
    start();
  }

  result<json> run(std::string_view command, const json& input = json::object(), std::string_view language = "zh-CN") {
    host->tokens.list.clear();
    host->tokens.found.clear();
    if (device.plugged) {
      token_info token;
      token.token = device.ref;
      token.backend = "skf";
      host->tokens.list.push_back(token);
      for (const auto& [name, box] : device.boxes) {
        if (box.certificate.empty()) continue;
        auto one = parsed_certificate(box.certificate);
        one.usage = KC_USAGE_SIGN;
        one.private_key = KC_KEY_PRESENT;
        one.token = device.ref;
        one.application = "APP";
        one.container = name;
        pin_state pin;
        pin.max = 10;
        pin.remaining = device.remaining;
        pin.flags = device.locked ? KC_PIN_LOCKED : 0;
        one.pin = pin;
        host->tokens.found.push_back(one);
      }
    }
    return core->invoke(fake_call(language), command, input);
  }
  json must(std::string_view command, const json& input = json::object()) {
    auto got = run(command, input);
    if (!got) {
      ADD_FAILURE() << command << ": " << got.error().code << " " << got.error().args;
      return {{"data", {{"order", json::object()}}}, {"text", json::array()}};
    }
    return *got;
  }
  /// The support code of a command that has to fail.
  std::string code_of(std::string_view command, const json& input = json::object()) {
    const auto got = run(command, input);
    return got ? "succeeded" : got.error().code;
  }

  static json form() {
    return {{"id_type", "resident-id"},
            {"id_number", "11010519491231002x"},
            {"name", "张三"},
            {"phone", "138 0013 8000"},
            {"email", "zhangsan@example.com"}};
  }
  json application() {
    return {{"months", 12},
            {"form", form()},
            {"accept_agreement", fake_hash_hex(ra.text_of_agreement)},
            {"accept_personal_data", fake_hash_hex("个人信息")},
            {"acknowledge_bids", true}};
  }
  static json payment(const char* method = "wechat") {
    return {{"method", method},
            {"invoice", {{"kind", "personal"}, {"title", "张三"}, {"email", "zhangsan@example.com"}}}};
  }
  json applied() {
    must("agreement");
    return must("apply", application());
  }
  /// To the state in which the review has approved.
  void approved() {
    applied();
    must("pay", payment());
    ra.provider_says_paid();
    ra.only()->state = "approved";
  }
  [[nodiscard]] renewal::order_record record() {
    for (const auto& [key, stored] : disk)
      if (key.starts_with("order/")) return *renewal::read_record(key.substr(6), stored.data);
    return {};
  }

  /// What the world outside does between two steps: pays, reviews, closes payments, binds again.
  void world() {
    for (auto& [uuid, o] : ra.orders) {
      if (o.state == "awaiting-payment" && !o.payments.empty())
        provider(o);
      else if (o.state == "paid")
        o.state = "under-review";
      else if (o.state == "under-review")
        o.state = "approved";
      else if (o.state == "withdrawing")
        o.state = "withdrawn";
      else if (o.state == "confirmed")
        o.state = "rebinding";
      else if (o.state == "rebinding")
        o.state = "complete";
      else if (o.state == "rejected")
        o.state = "refunding";
      else if (o.state == "refunding")
        o.state = "refunded";
    }
  }
  void provider(fake_order& o) {
    o.payments.front()["state"] = "succeeded";
    o.state = "paid";
  }

  /// Plays the user until the order has ended; a dead process starts again. @return how the order ended, or why not.
  std::string play(int most_turns = 80) {
    for (int turn = 0; turn < most_turns; ++turn) {
      try {
        const auto listed = run("orders");
        if (!listed) return listed.error().code;
        const auto& orders = (*listed)["data"]["orders"];
        if (orders.empty()) {
          if (const auto shown = run("agreement"); !shown) return shown.error().code;
          if (const auto done = run("apply", application()); !done) return done.error().code;
          continue;
        }
        const auto order = orders.front();
        if (order["open"] == false) return order["state"];
        const json which = {{"order", order["uuid"]}};
        const auto next = order["next_step"].get<std::string>();
        const bool no_payment = !order.contains("payments") || order["payments"].empty();
        if (next == "fill-form") {
          if (const auto done = run("apply", application()); !done) return done.error().code;
        } else if (next == "pay" && no_payment) {
          if (const auto done = run("pay", payment()); !done && done.error().code != "KC-RA-ALREADY-PAID")
            return done.error().code;
        } else {
          if (next == "pay" || next.starts_with("wait")) world();
          if (const auto done = run("continue", which); !done) return done.error().code;
        }
      } catch (const crash&) {
        start();
      }
    }
    return "did not end";
  }
};

/// What a reply says to people, or the support code of the error.
inline std::string said(const result<json>& reply) {
  return reply ? joined(*reply) : reply.error().code;
}

}  // namespace keycare::fakes
