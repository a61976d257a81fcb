// habits.cpp - see habits.hpp.
#include "tests/sim/habits.hpp"

#include "plugins/common/encoding.hpp"

#include <algorithm>

namespace keycare::sim {

namespace {

/// A right core's services, unchanged. Habits override what they do wrong.
class upright : public services {
public:
  upright(process& of, world& in) : of_(of), in_(in) {}

  std::int64_t now() override { return of_.now(); }
  std::int64_t monotonic() override { return of_.monotonic(); }
  result<std::vector<token_info>> tokens() override { return of_.tokens(); }
  result<std::vector<certificate_info>> certificates(const token_ref* t) override { return of_.certificates(t); }
  result<record> get(const std::string& key) override { return of_.get(key); }
  result<std::uint64_t> put_if(const std::string& key, std::uint64_t version, octets data) override {
    return of_.put_if(key, version, std::move(data));
  }
  result<void> remove_if(const std::string& key, std::uint64_t v) override { return of_.remove_if(key, v); }
  result<std::vector<std::pair<std::string, std::uint64_t>>> list(const std::string& p) override { return of_.list(p); }
  result<kc_lock> lock(const std::string& name) override { return of_.lock(name); }
  void unlock(kc_lock l) override { of_.unlock(l); }
  result<http_response> send(const http_request& r) override { return of_.send(r); }
  result<std::int64_t> signed_time() override { return of_.signed_time(); }
  digest sha256(octets_view d) override { return of_.sha256(d); }
  std::uint8_t random() override { return of_.random(); }
  result<certificate_info> parse_certificate(octets_view d) override { return of_.parse_certificate(d); }
  result<void> verify_certificate(octets_view d) override { return of_.verify_certificate(d); }
  result<octets> verify_signed(const std::string& r, octets_view c) override { return of_.verify_signed(r, c); }
  octets seal(octets_view d) override { return of_.seal(d); }
  result<kc_grant> prepare(const grant_ask& a) override { return of_.prepare(a); }
  result<void> add(kc_grant g, const std::string& k, const std::string& o) override { return of_.add(g, k, o); }
  result<void> open(kc_grant g) override { return of_.open(g); }
  result<octets> sign(kc_grant g, const std::string& c, octets_view s) override { return of_.sign(g, c, s); }
  void close(kc_grant g) override { of_.close(g); }
  result<container_state> inspect(const token_ref& t, const std::string& c) override { return of_.inspect(t, c); }
  result<void> create(kc_grant g, const std::string& c) override { return of_.create(g, c); }
  result<octets> generate(kc_grant g, const std::string& c) override { return of_.generate(g, c); }
  result<octets> request(kc_grant g, const std::string& c) override { return of_.request(g, c); }
  result<void> install(kc_grant g, const std::string& c, const octets& d) override { return of_.install(g, c, d); }
  result<void> prove(kc_grant g, const std::string& c, const octets& d) override { return of_.prove(g, c, d); }
  result<void> reap(kc_grant g, const std::string& c) override { return of_.reap(g, c); }
  result<pin_state> pin(const token_ref& t) override { return of_.pin(t); }
  result<std::pair<kc_unlock, std::string>> unlock_begin(const token_ref& t, const digest& c) override {
    return of_.unlock_begin(t, c);
  }
  result<octets> unlock_finish(kc_unlock u, octets_view a) override { return of_.unlock_finish(u, a); }
  void unlock_end(kc_unlock u) override { of_.unlock_end(u); }
  void open_url(const std::string& url) override { of_.open_url(url); }

protected:
  process& of_;
  world& in_;
};

std::string fresh_uuid(process& of) {
  octets id(16);
  for (auto& octet : id) octet = of.random();
  return common::to_uuid(id);
}

bool is_payment(const http_request& r) {
  return r.method == "PUT" && r.path.find("/payments/") != std::string::npos;
}
bool is_application(const http_request& r) {
  return r.method == "PUT" && r.path.starts_with("/v1/renewals/") && r.path.size() == 49;
}

/// Says that a record is stored and keeps it until the next one of the kind that @p early names has to be right.
class forgetful : public upright {
public:
  using upright::upright;
  result<record> get(const std::string& key) override {
    if (const auto it = late_.find(key); it != late_.end()) return record{it->second.first + 1, it->second.second};
    return of_.get(key);
  }
  result<std::uint64_t> put_if(const std::string& key, std::uint64_t version, octets data) override {
    if (auto late = late_.extract(key)) {
      const auto stored = of_.put_if(key, late.mapped().first, std::move(late.mapped().second));
      if (!stored) return stored;
    }
    if (!forgets(key, text_of(data))) return of_.put_if(key, version, std::move(data));
    late_[key] = {version, std::move(data)};
    return version + 1;
  }

protected:
  virtual bool forgets(const std::string& key, std::string_view text) const = 0;
  static bool has(std::string_view text, std::string_view what) { return text.find(what) != std::string_view::npos; }

private:
  std::map<std::string, std::pair<std::uint64_t, octets>> late_;
};

struct forgets_application final : forgetful {
  using forgetful::forgetful;
  bool forgets(const std::string& key, std::string_view text) const override {
    return key.starts_with("order/") && has(text, "\"stage\":\"signed\"");
  }
};
struct forgets_payment final : forgetful {
  using forgetful::forgetful;
  bool forgets(const std::string& key, std::string_view text) const override {
    return key.starts_with("order/") && has(text, "\"kind\":\"payment\"");
  }
};
struct forgets_key_intent final : forgetful {
  using forgetful::forgetful;
  bool forgets(const std::string& key, std::string_view text) const override {
    return key.starts_with("order/") && has(text, "\"stage\":\"key-intent\"");
  }
};
struct forgets_install_intent final : forgetful {
  using forgetful::forgetful;
  bool forgets(const std::string& key, std::string_view text) const override {
    return key.starts_with("order/") && has(text, "\"stage\":\"install-intent\"");
  }
};
struct forgets_proof final : forgetful {
  using forgetful::forgetful;
  bool forgets(const std::string& key, std::string_view text) const override {
    return key.starts_with("unlock/") && has(text, "\"stage\":\"proved\"");
  }
};

/// Pays again under another id when the answer does not come.
struct pays_twice final : upright {
  using upright::upright;
  result<http_response> send(const http_request& r) override {
    auto first = of_.send(r);
    if (!is_payment(r) || first) return first;
    auto again = r;
    again.path = r.path.substr(0, r.path.size() - 36) + fresh_uuid(of_);
    return of_.send(again);
  }
};

/// Applies again under another uuid when the answer does not come.
struct applies_twice final : upright {
  using upright::upright;
  result<http_response> send(const http_request& r) override {
    auto first = of_.send(r);
    if (!is_application(r) || first) return first;
    auto again = r;
    again.path = "/v1/renewals/" + fresh_uuid(of_);
    return of_.send(again);
  }
};

/// Sends something a little different each time.
struct changes_bytes final : upright {
  using upright::upright;
  result<http_response> send(const http_request& r) override {
    if (!is_payment(r)) return of_.send(r);
    auto changed = r;
    changed.body.insert(changed.body.end() - 1, static_cast<std::size_t>(1 + of_.random() % 5), std::uint8_t{' '});
    return of_.send(changed);
  }
};

/// Takes the click on 支付成功 for the payment.
struct trusts_the_click final : upright {
  using upright::upright;
  bool clicked = false;
  void open_url(const std::string& url) override {
    clicked = true;
    of_.open_url(url);
  }
  result<http_response> send(const http_request& r) override {
    auto answer = of_.send(r);
    if (!clicked || !answer || r.method != "GET") return answer;
    std::string text(text_of(answer->body));
    const std::string_view unpaid = R"("state":"awaiting-payment")";
    const auto at = text.find(unpaid);
    if (at == std::string::npos) return answer;
    text.replace(at, unpaid.size(), R"("state":"paid")");
    answer->body.assign(text.begin(), text.end());
    return answer;
  }
};

/// Tidies the old container away as soon as there is a new key.
struct deletes_old_early final : upright {
  using upright::upright;
  result<octets> generate(kc_grant g, const std::string& c) override {
    auto made = of_.generate(g, c);
    if (made) {
      (void)of_.add(g, KC_OP_REAP, std::string(old_container));
      (void)of_.reap(g, std::string(old_container));
    }
    return made;
  }
};

/// Tidies a container away whose order is still under way.
struct reaps_early final : upright {
  using upright::upright;
  result<void> create(kc_grant g, const std::string& c) override {
    auto made = of_.create(g, c);
    if (made) last = c;
    return made;
  }
  result<octets> generate(kc_grant g, const std::string& c) override {
    (void)of_.add(g, KC_OP_REAP, c);
    (void)of_.reap(g, c);
    return of_.generate(g, c);
  }
  std::string last;
};

/// Takes whatever token is there.
struct takes_any_token final : upright {
  using upright::upright;
  result<kc_grant> prepare(const grant_ask& a) override {
    auto other = a;
    if (in_.other.place == of_.at) other.token = in_.foreign;
    return of_.prepare(other);
  }
  result<std::vector<token_info>> tokens() override { return as_ours(of_.tokens()); }
  result<std::vector<certificate_info>> certificates(const token_ref* t) override {
    if (in_.other.place != of_.at) return of_.certificates(t);
    auto all = of_.certificates(nullptr);
    if (!all) return all;
    for (auto& one : *all) {
      one.token = in_.ours;
      one = renamed(std::move(one));
    }
    return all;
  }
  result<container_state> inspect(const token_ref& t, const std::string& c) override {
    return of_.inspect(in_.other.place == of_.at ? in_.foreign : t, c);
  }

private:
  result<std::vector<token_info>> as_ours(result<std::vector<token_info>> all) const {
    if (all)
      for (auto& one : *all) one.token = in_.ours;
    return all;
  }
  certificate_info renamed(certificate_info one) {
    auto old = *in_.documents.parse(bytes_of(in_.ra.old().der()));
    old.token = one.token;
    old.application = one.application;
    old.container = one.container;
    old.usage = one.usage;
    old.private_key = one.private_key;
    old.pin = one.pin;
    return old;
  }
};

/// Asks for the PIN again when the user has pressed 取消 or has locked it.
struct asks_again final : upright {
  using upright::upright;
  result<void> open(kc_grant g) override {
    auto first = of_.open(g);
    if (first || first.error().status != KC_E_CANCELLED) return first;
    return of_.open(g);
  }
};

/// Looks into the container, sees nothing, and makes another key although the RA has the first one.
struct forgets_its_key final : upright {
  using upright::upright;
  result<container_state> inspect(const token_ref& t, const std::string& c) override {
    auto found = of_.inspect(t, c);
    if (found && found->state >= KC_CONTAINER_PAIR) *found = {};
    return found;
  }
};

/// Believes every certificate, as long as the key is ours.
struct believes_certificates final : upright {
  using upright::upright;
  result<void> verify_certificate(octets_view) override { return {}; }
};

/// Overwrites what another process has written meanwhile.
struct overwrites final : upright {
  using upright::upright;
  result<kc_lock> lock(const std::string& name) override {
    auto held = of_.lock(name);
    return held ? held : result<kc_lock>(kc_lock{0});
  }
  result<std::uint64_t> put_if(const std::string& key, std::uint64_t version, octets data) override {
    auto stored = of_.put_if(key, version, data);
    if (stored || stored.error().status != KC_E_CONFLICT) return stored;
    const auto all = of_.list(key);
    if (!all || all->empty()) return stored;
    return of_.put_if(key, all->front().second, std::move(data));
  }
};

/// Confirms without having installed.
struct confirms_unseen final : upright {
  using upright::upright;
  result<void> install(kc_grant g, const std::string& c, const octets& d) override {
    if (of_.random() % 2 == 0) return of_.install(g, c, d);
    return {};
  }
  result<void> prove(kc_grant, const std::string&, const octets&) override { return {}; }
};

/// Asks for an unlock again under another redemption when the answer does not come.
struct redeems_twice final : upright {
  using upright::upright;
  result<http_response> send(const http_request& r) override {
    auto first = of_.send(r);
    if (r.path.find("/redemptions/") == std::string::npos || first) return first;
    auto again = r;
    const auto slash = r.path.rfind('/') + 1;
    again.path = r.path.substr(0, slash) + fresh_uuid(of_);
    return of_.send(again);
  }
};

/// Gives up: it forgets an order as soon as the RA does not answer.
struct gives_up final : upright {
  using upright::upright;
  result<http_response> send(const http_request& r) override {
    auto answer = of_.send(r);
    if (answer || !is_application(r)) return answer;
    http_response refused{410, {}, {}, "application/problem+json", {}};
    const std::string text = R"({"code":"quote-expired","title":""})";
    refused.body.assign(text.begin(), text.end());
    return refused;
  }
};

template <class Habit>
std::unique_ptr<services> make(process& of, world& in) {
  return std::make_unique<Habit>(of, in);
}

constexpr auto all = std::to_array<habit>({
    {"pays-twice", "a payment without an answer is sent again under another id", rule::stored_first, make<pays_twice>},
    {"applies-twice", "an application without an answer is sent again under another uuid", rule::stored_first,
     make<applies_twice>},
    {"changes-bytes", "a repetition is not what was sent first", rule::stored_first, make<changes_bytes>},
    {"trusts-the-click", "the click on 支付成功 counts as the payment", rule::truth, make<trusts_the_click>},
    {"deletes-old-early", "the old container is deleted once there is a new key", rule::old_untouched,
     make<deletes_old_early>},
    {"reaps-early", "a container is deleted whose order is under way", rule::elsewhere, make<reaps_early>},
    {"takes-any-token", "whatever token is there is written", rule::right_token, make<takes_any_token>},
    {"asks-again", "the PIN is asked for again after 取消", rule::one_verification, make<asks_again>},
    {"forgets-its-key", "another key is made although the RA has the first", rule::key_kept, make<forgets_its_key>},
    {"believes-certificates", "a certificate of somebody else's CA is installed", rule::truth,
     make<believes_certificates>},
    {"confirms-unseen", "a certificate is confirmed that is not on the token", rule::truth, make<confirms_unseen>},
    {"overwrites", "what another process wrote meanwhile is overwritten", rule::no_lost_update, make<overwrites>},
    {"gives-up", "an application without an answer is forgotten", rule::one_order, make<gives_up>},
    {"forgets-application", "an application is sent before it is stored", rule::stored_first,
     make<forgets_application>},
    {"forgets-payment", "a payment is sent before it is stored", rule::stored_first, make<forgets_payment>},
    {"forgets-key-intent", "a key is made before its container's name is stored", rule::stored_first,
     make<forgets_key_intent>},
    {"forgets-install-intent", "a certificate is written before that is stored", rule::stored_first,
     make<forgets_install_intent>},
    {"forgets-proof", "an unlock's proof is sent before it is stored", rule::stored_first, make<forgets_proof>},
    {"redeems-twice", "a redemption without an answer is asked for under another id", rule::nothing_spent,
     make<redeems_twice>},
});

}  // namespace

std::span<const habit> habits() {
  return all;
}

const habit* habit_named(std::string_view name) {
  const auto it = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.name == name; });
  return it != all.end() ? &*it : nullptr;
}

}  // namespace keycare::sim
