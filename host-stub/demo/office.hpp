// office.hpp - everything that the demo and the end-to-end tests play on: an RA, software tokens, a client's
// configuration.
#pragma once

#include "host-stub/demo/counter.hpp"
#include "host-stub/demo/ra_process.hpp"
#include "host-stub/services/config/config.hpp"

#include <memory>

namespace keycare::demo {

/// What was built, seen from the program that asks.
struct built_files {
  std::filesystem::path program;   ///< keycare-host
  std::filesystem::path soft_skf;  ///< libkeycare_softskf.so
  std::filesystem::path softhsm;   ///< SoftHSM 2's module; empty when it is not installed.
  std::filesystem::path plugins;   ///< The folder of the manifests.
};
[[nodiscard]] built_files find_built_files();

/// In a folder: ra/ (the RA's), tokens/ (plugged software tokens), client/ (the client's data), client.json (its
/// configuration: three plugins, the library of one kind of token, the endpoint "ra").
class office {
public:
  /// Starts the RA and writes client.json. Sets KEYCARE_SOFTSKF_DIR or SOFTHSM2_CONF for this process and its children:
  /// call it before another thread is there. KC-DEMO-FOLDER-USED when @p folder was used before; KC-DEMO-SOFTHSM when
  /// SoftHSM 2 is not installed. [main-thread]
  [[nodiscard]] static result<std::unique_ptr<office>> open(const std::filesystem::path& folder,
                                                            const std::string& language,
                                                            const std::vector<std::string>& ra_arguments,
                                                            token_kind kind = token_kind::skf);

  /// The same on a folder that open() made and its office has left: RA, tokens and client as they were, at the same
  /// address. KC-DEMO-RA when another program has that port now. [main-thread]
  [[nodiscard]] static result<std::unique_ptr<office>> reopen(const std::filesystem::path& folder,
                                                              const std::vector<std::string>& ra_arguments);

  /// Makes a token at the CA's counter; the PINs are those of cast.hpp. Its scrypt cost is the token's default.
  [[nodiscard]] result<handed_over> hand_over(const order_at_counter& order);
  /// An order for the demo's clerk: @p days until the certificate ends (negative: it has ended).
  [[nodiscard]] order_at_counter clerk_order(const std::string& name, int days) const;

  [[nodiscard]] ra_process& ra() noexcept { return *ra_; }
  /// Ends the RA, if it still runs, and starts it again on its folder and its port. [main-thread]
  [[nodiscard]] result<void> restart_ra();
  [[nodiscard]] const std::filesystem::path& folder() const noexcept { return folder_; }
  [[nodiscard]] std::filesystem::path config_file() const { return folder_ / config_name; }
  [[nodiscard]] const built_files& files() const noexcept { return files_; }

  static constexpr const char* config_name = "client.json";

private:
  office() = default;
  static std::unique_ptr<office> in(const std::filesystem::path& folder, token_kind kind);
  result<void> start_ra(const std::vector<std::string>& arguments);
  result<void> prepare_tokens() const;
  result<void> write_config(const std::string& language) const;
  token_kind kind_ = token_kind::skf;
  built_files files_;
  std::filesystem::path folder_;
  std::vector<std::string> ra_arguments_;
  std::unique_ptr<ra_process> ra_;
};

}  // namespace keycare::demo
