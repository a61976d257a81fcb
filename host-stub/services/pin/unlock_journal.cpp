// unlock_journal.cpp - the journal as small durable files.
#include "host-stub/services/pin/unlock_journal.hpp"

#include "host-stub/services/crypto/public_key.hpp"
#include "host-stub/services/secure/durable_file.hpp"
#include "keycare/sdk/json.hpp"

#include <nlohmann/json.hpp>

namespace keycare::services {

namespace {

constexpr std::size_t max_note = 1024;

error unusable(const error& why) {
  return fail(KC_E_FAILED, "KC-UNLOCK-JOURNAL", why.native);
}

class file_journal final : public unlock_journal {
public:
  explicit file_journal(std::filesystem::path folder) : folder_(std::move(folder)) {}

  result<void> remember(const token_ref& token, const unlock_note& note) override {
    if (auto ok = make_private_folder(folder_); !ok) return unusable(ok.error());
    if (auto ok = write_durably(file(token), bytes_of(write_note(note))); !ok) return unusable(ok.error());
    return {};
  }

  result<std::optional<unlock_note>> recall(const token_ref& token) override {
    const auto content = read_private_file(file(token), max_note);
    if (!content && content.error().status == KC_E_NOT_FOUND) return std::optional<unlock_note>{};
    if (!content) return unusable(content.error());
    auto note = read_note(content->text());
    if (!note) return note.error();
    return std::optional(*std::move(note));
  }

  result<void> forget(const token_ref& token) override {
    std::error_code why;
    std::filesystem::remove(file(token), why);
    if (why) return fail(KC_E_FAILED, "KC-UNLOCK-JOURNAL", why.value());
    return {};
  }

private:
  /// A hash, because a serial number may hold anything.
  std::filesystem::path file(const token_ref& token) const {
    return folder_ / ("unlock-" + hex(sha256(bytes_of(token.manufacturer + '\n' + token.serial))) + ".json");
  }
  std::filesystem::path folder_;
};

}  // namespace

std::string write_note(const unlock_note& note) {
  return json_text({{"unlock", note.unlock_id}, {"redemption", note.redeem_id}, {"done", note.done}});
}

result<unlock_note> read_note(std::string_view text) {
  const auto doc = nlohmann::json::parse(text, nullptr, false);
  const auto is = [&](const char* name, nlohmann::json::value_t type) {
    return doc.is_object() && doc.contains(name) && doc.at(name).type() == type;
  };
  if (!is("unlock", nlohmann::json::value_t::string) || !is("redemption", nlohmann::json::value_t::string) ||
      !is("done", nlohmann::json::value_t::boolean))
    return fail(KC_E_DAMAGED, "KC-UNLOCK-JOURNAL");
  return unlock_note{doc.at("unlock"), doc.at("redemption"), doc.at("done")};
}

std::unique_ptr<unlock_journal> make_file_journal(std::filesystem::path folder) {
  return std::make_unique<file_journal>(std::move(folder));
}

}  // namespace keycare::services
