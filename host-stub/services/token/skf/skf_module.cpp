// skf_module.cpp - lists of tokens, certificates and files by SKF, and which device is the token that was named.
#include "host-stub/services/token/skf/skf_module.hpp"

#include "host-stub/services/token/skf/names.hpp"
#include "host-stub/services/token/skf/skf_session.hpp"
#include "keycare/sdk/json.hpp"

#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

namespace keycare::services::skf {

namespace {

constexpr std::uint64_t max_file = 1024 * 1024;
// Of all applications together: each list is bounded, but a library may answer each container with as many again.
constexpr std::size_t most_listed = 1024;

template <class T>
bool is_too_long(const listing<T>& list) {
  return list.items.size() + list.left_out.size() > most_listed;
}

/// A token and why something of it could not be read: for the log.
error about(const error& why, const token_ref& token, const std::string& what) {
  return fail_with(why.status, why.code, {{"serial", token.serial}, {"what", what}}, why.native);
}

bool gone(const error& why) {
  return why.status == KC_E_TOKEN_REMOVED;
}

class module final : public token_module {
public:
  module(std::string name, std::shared_ptr<port> calls) :name_(std::move(name)), calls_(std::move(calls)) {}

  const std::string& name() const noexcept override { return name_; }

  result<listing<token_info>> tokens() override {
    listing<token_info> out;
    const auto devices = calls_->devices();
    if (!devices) return devices.error();
    for (const auto& device : *devices) {
      auto token = describe(device);
      if (token)
        out.items.push_back(std::move(*token));
      else
        out.left_out.push_back(about(token.error(), {}, readable(device)));
    }
    return out;
  }

  result<std::vector<std::string>> applications(const token_ref& token) override {
    const auto device = find(token);
    if (!device) return device.error();
    auto names = calls_->applications(device->get());
    if (!names) return names.error();
    for (auto& name : *names) name = readable(name);
    return names;
  }

  result<listing<found_certificate>> certificates(const token_ref& token) override {
    const auto device = find(token);
    if (!device) return device.error();
    const auto names = calls_->applications(device->get());
    if (!names) return names.error();
    listing<found_certificate> out;
    for (const auto& name : *names) {
      const auto application = open_application(*calls_, device->get(), name);
      const auto containers =
          application ? calls_->containers(application->get()) : result<std::vector<std::string>>(application.error());
      if (!containers) {
        if (gone(containers.error())) return containers.error();
        out.left_out.push_back(about(containers.error(), token, readable(name)));
        continue;
      }
      const auto pin = read_pin(*calls_, application->get(), false);
      for (const auto& container : *containers) {
        read_container(out, token, application->get(), readable(name), container, pin);
        if (is_too_long(out)) return fail(KC_E_DAMAGED, "KC-TOKEN-DAMAGED");
      }
    }
    return out;
  }

  result<listing<found_file>> files(const token_ref& token) override {
    const auto device = find(token);
    if (!device) return device.error();
    const auto names = calls_->applications(device->get());
    if (!names) return names.error();
    listing<found_file> out;
    for (const auto& name : *names) {
      const auto application = open_application(*calls_, device->get(), name);
      if (!application) return application.error();
      const auto files = calls_->files(application->get());
      if (!files) return files.error();
      for (const auto& file : *files) {
        const auto info = calls_->file(application->get(), file);
        if (info && info->octets <= max_file)
          out.items.push_back({readable(name), readable(file), static_cast<std::uint32_t>(info->octets)});
        else
          out.left_out.push_back(
              about(info ? fail(KC_E_TOO_LARGE, "KC-TOKEN-FILE-TOO-LARGE") : info.error(), token, readable(file)));
        if (is_too_long(out)) return fail(KC_E_DAMAGED, "KC-TOKEN-DAMAGED");
      }
    }
    return out;
  }

  result<octets> read_file(const token_ref& token, const std::string& application, const std::string& name) override {
    const auto device = find(token);
    if (!device) return device.error();
    const auto opened = open_application(*calls_, device->get(), original(application));
    if (!opened) return opened.error();
    const auto info = calls_->file(opened->get(), original(name));
    if (!info) return info.error();
    if (info->octets > max_file) return fail(KC_E_TOO_LARGE, "KC-TOKEN-FILE-TOO-LARGE");
    return calls_->read_file(opened->get(), original(name), info->octets);
  }

  result<std::unique_ptr<token_session>> open(const token_ref& token) override {
    auto device = find(token);
    if (!device) return device.error();
    return make_session(calls_, std::move(*device));
  }

  result<void> wait_event() override { return calls_->wait_event(); }
  void cancel_wait() noexcept override { calls_->cancel_wait(); }

private:
  result<token_info> describe(const std::string& name) {
    const auto device = connect(*calls_, name);
    if (!device) return device.error();
    const auto info = calls_->info(device->get());
    if (!info) return info.error();
    token_info out;
    out.token = ref_of(*info);
    out.label = info->label;
    out.model = info->manufacturer;
    out.backend = "skf";
    out.module = name_;
    out.flags = KC_TOKEN_CAN_UNLOCK | KC_TOKEN_CAN_EVENTS;
    // soft-skf's own name as a maker: no device has it.
    if (info->manufacturer == "Keycare") out.flags |= KC_TOKEN_SOFTWARE;
    out.pin.source = "none";
    const auto applications = calls_->applications(device->get());
    if (applications && !applications->empty()) {
      const auto first = open_application(*calls_, device->get(), applications->front());
      if (first) out.pin = read_pin(*calls_, first->get(), false);
    }
    return out;
  }

  /// Connects to the one device that calls itself @p token.
  result<owned_handle> find(const token_ref& token) {
    const auto devices = calls_->devices();
    if (!devices) return devices.error();
    std::optional<owned_handle> found;
    for (const auto& name : *devices) {
      auto device = connect(*calls_, name);
      if (!device) continue;
      const auto info = calls_->info(device->get());
      if (!info || ref_of(*info) != token) continue;
      if (found) return about(fail(KC_E_CONFLICT, "KC-TOKEN-AMBIGUOUS"), token, "two devices");
      found.emplace(std::move(*device));
    }
    if (!found) return fail(KC_E_NOT_FOUND, "KC-TOKEN-NOT-FOUND");
    return std::move(*found);
  }

  void read_container(listing<found_certificate>& out, const token_ref& token, handle application,
                      const std::string& application_name, const std::string& name, const pin_state& pin) {
    const auto container = open_container(*calls_, application, name);
    if (!container) {
      out.left_out.push_back(about(container.error(), token, readable(name)));
      return;
    }
    for (const auto usage : {key_usage::sign, key_usage::exchange}) {
      auto der = calls_->export_certificate(container->get(), usage == key_usage::sign);
      if (!der) {
        if (der.error().status != KC_E_NOT_FOUND) out.left_out.push_back(about(der.error(), token, readable(name)));
        continue;
      }
      auto key = read_public(*calls_, container->get(), usage == key_usage::sign);
      out.items.push_back({{application_name, readable(name), usage},
                           std::move(*der),
                           key ? std::move(*key) : octets{},
                           key.ok(),
                           pin});
    }
  }

  std::string name_;
  std::shared_ptr<port> calls_;
};

}  // namespace

std::shared_ptr<token_module> make_module(std::string name, std::shared_ptr<port> calls) {
  return std::make_shared<module>(std::move(name), std::move(calls));
}

}  // namespace keycare::services::skf
