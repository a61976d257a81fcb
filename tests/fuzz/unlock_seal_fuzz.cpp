// unlock_seal_fuzz.cpp - what an unlock reads: authorisation, admin PINs, the host's request, the journal's note.
#include "host-stub/services/pin/unlock_journal.hpp"
#include "host-stub/services/pin/unlock_seal.hpp"
#include "keycare/sdk/statement.hpp"
#include "plugins/unlock/core/redemption.hpp"
#include "promises.hpp"

using namespace keycare;
using namespace keycare::services;

namespace {

void authorise(std::string_view text) {
  const auto said = statement::read(text);
  if (!fuzz::good(said) || said->at("type") != "unlock-authorisation") return;
  static const auto own = *make_ephemeral_key();
  // Ask for whatever the statement says, so that the later checks are reached, too.
  unlock_expectation asked;
  asked.unlock_id = said->at("unlock");
  asked.redeem_id = said->at("redemption");
  asked.method = said->at("method");
  asked.token = {said->at("token").at("manufacturer"), said->at("token").at("serial")};
  asked.application = said->at("application");
  asked.nonce.assign(32, 7);
  asked.public_key = own.public_key;
  (void)fuzz::good(check_authorisation(*said, asked));
  fuzz::must(!open_admin_pins(*said, asked, own.key.get()).ok(), "nobody else can seal admin PINs for this key");
}

}  // namespace

FUZZ(unlock_seal) {
  const auto text = text_of(data);
  authorise(text);
  if (const auto pins = read_admin_pins(secret(text)); fuzz::good(pins))
    for (const auto& pin : {pins->current.text(), pins->next.text()})
      fuzz::must(pin.size() >= 6 && pin.size() <= 16 && statement::is_plain_text(pin), "an admin PIN fits a token");
  if (const auto request = unlock::read_host_request(data); fuzz::good(request))
    (void)unlock::redemption_body(*request, {}, "123456");
  if (const auto note = read_note(text); fuzz::good(note))
    fuzz::must(read_note(write_note(*note)).ok(), "a note is written as it was read");
}
