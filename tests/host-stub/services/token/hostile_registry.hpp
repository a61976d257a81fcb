// hostile_registry.hpp - what a registry does with a hostile library, whichever interface the library has.
#pragma once

#include "host-stub/services/token/registry.hpp"
#include "keycare/sdk/host_side.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <memory>

namespace keycare::services {

/// @p module shows a certificate that is none.
inline void expect_rubbish_left_out(std::shared_ptr<token_module> module, const std::filesystem::path& locks) {
  const system_time time;
  memory_log log(time);
  token_registry registry(time, log, locks);
  registry.add(std::move(module));
  const auto certificates = registry.certificates(nullptr, {});
  ASSERT_TRUE(certificates.ok());
  EXPECT_TRUE(certificates->empty());
  EXPECT_TRUE(log.contains("KC-CERTIFICATE-DAMAGED"));
}

/// @p module has one token, and hangs in every call after @p hang.
inline void expect_set_aside(std::shared_ptr<token_module> module, const std::filesystem::path& locks,
                             const std::function<void()>& hang) {
  const system_time time;
  memory_log log(time);
  token_registry registry(time, log, locks);
  registry.add(std::move(module));
  ASSERT_EQ(registry.tokens(nullptr)->size(), 1u);
  hang();
  const auto soon = [&time] { return call("zh-CN", time.monotonic_ns() + 200'000'000); };
  const auto tokens = registry.tokens(soon().abi());
  ASSERT_TRUE(tokens.ok());
  ASSERT_EQ(tokens->size(), 1u);
  EXPECT_NE(tokens->front().flags & KC_TOKEN_BUSY, 0u);
  EXPECT_EQ(registry.open(soon().abi(), tokens->front().token).error().code, "KC-TOKEN-BUSY");
  EXPECT_EQ(registry.certificates(soon().abi(), {}).error().code, "KC-TOKEN-BUSY") << "no list, and no empty one";
}

}  // namespace keycare::services
