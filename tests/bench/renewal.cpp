// renewal.cpp - a whole renewal of our client against OpenSSL's CMP key update.
//
// Both generate RSA-2048, both sign with it and with the old key, both get and check a certificate. The RA's and the
// CMP server's own times are taken out, as is the network. Ours keeps its journal, its audit log and the token's file
// on the disk, verifies PINs, and speaks to people in between; the peer has its key in memory and writes nothing.
#include "renewal_client.hpp"
#include "suites.hpp"

#include "host-stub/demo/cast.hpp"
#include "host-stub/services/threads.hpp"
#include "host-stub/soft-skf/softskf_admin.hpp"
#include "tests/host-stub/services/scratch_folder.hpp"

namespace keycare::bench {

namespace {

/// One customer at a time: the token of the last one is pulled out.
class customers {
public:
  explicit customers(demo::office& office) : office_(office) {}
  demo::handed_over next() {
    const services::thread_role_scope role(services::thread_role::worker);
    if (number_ > 0) (void)soft_skf::unplug(office_.folder() / "tokens", name());
    ++number_;
    auto order = office_.clerk_order(name(), 25);
    order.account = account();
    order.scrypt_log2_n = 4;  // The PIN's hash is the token's business, and no real token has one.
    auto made = office_.hand_over(order);
    if (!made) throw cannot_measure("no token is handed over: " + made.error().code + " " + made.error().args);
    return *std::move(made);
  }
  [[nodiscard]] std::string account() const { return "bench-" + std::to_string(number_); }

private:
  [[nodiscard]] std::string name() const { return "customer-" + std::to_string(number_); }
  demo::office& office_;
  int number_ = 0;
};

}  // namespace

void measure_renewal(report& to, const effort& how) {
  const scratch_folder folder;
  auto office = demo::office::open(folder.path() / "office", "zh-CN",
                                   {"--review-by-hand", "--step-delay", "0", "--provider-delay", "0"});
  if (!office) throw cannot_measure("no office: " + office.error().code + " " + office.error().args);
  customers queue(**office);
  renewal_client client(**office);
  cmp_peer peer;
  duel whole, without_key;
  for (int round = 0; round < how.rounds(15, 2); ++round) {
    const auto token = queue.next();
    const auto ours = client.renew(**office, token, queue.account());
    const auto theirs = peer.renew();
    whole.ours.push_back(ours.whole);
    whole.theirs.push_back(theirs.whole);
    without_key.ours.push_back(ours.whole - ours.key);
    without_key.theirs.push_back(theirs.whole - theirs.key);
  }
  to.compare("a whole renewal, the client's time (soft-skf, RSA-2048)", "OpenSSL CMP key update", whole, 2);
  to.compare("the same without generating the key", "likewise", without_key, std::nullopt);
}

}  // namespace keycare::bench
