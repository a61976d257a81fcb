// stand.hpp - one real token library made ready in private folders, with a fresh token in it, and taken down again.
#pragma once

#include "host-stub/services/config/config.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace keycare::test {

/// PINs of eight octets: opencryptoki takes no longer ones.
namespace pins {
inline constexpr std::string_view user = "Test1357";
inline constexpr std::string_view admin = "Admin246";
}  // namespace pins

/// A token maker's library. Its daemons, where it has any, are private to it and end with this value.
class stand {
public:
  virtual ~stand() = default;
  /// Names the library in @p into.
  virtual void configure(services::config& into) const = 0;
  /// The application that the token's keys are in.
  [[nodiscard]] virtual std::string application() const { return "PKCS11"; }

  /// Whether the token can be taken out and put back.
  [[nodiscard]] virtual bool can_unplug() const { return false; }
  virtual void unplug() {}
  virtual void plug() {}
  /// Has the library forget everything that it knows of its token, as the end of the client does.
  virtual void forget() {}
};

/// A stand, or one sentence that says why it cannot be there.
struct made_stand {
  std::unique_ptr<stand> it;
  std::string why_not;
};

[[nodiscard]] made_stand make_soft_skf(const std::filesystem::path& folder);
[[nodiscard]] made_stand make_softhsm(const std::filesystem::path& folder);
/// Moves this process into a mount and an IPC namespace of its own, where the daemon's folders are private.
[[nodiscard]] made_stand make_opencryptoki(const std::filesystem::path& folder);
[[nodiscard]] made_stand make_tpm2(const std::filesystem::path& folder);
[[nodiscard]] made_stand make_nss(const std::filesystem::path& folder);

}  // namespace keycare::test
