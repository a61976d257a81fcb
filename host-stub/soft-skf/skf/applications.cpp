// applications.cpp - SKF applications: create, enumerate, open, close, delete.
#include "api.hpp"

using namespace keycare;
using namespace keycare::soft_skf;

namespace {

result<std::uint32_t> tries_argument(ULONG tries) {
  if (tries == 0 || tries > max_tries) return sar(SAR_INVALIDPARAMERR);
  return static_cast<std::uint32_t>(tries);
}

result<std::string> application_argument(const char* text) {
  return name_argument(text, max_application_name, SAR_APPLICATION_NAME_INVALID);
}

}  // namespace

ULONG DEVAPI SKF_CreateApplication(DEVHANDLE hDev, LPSTR szAppName, LPSTR szAdminPin, ULONG ulAdminPinRetryCount,
                                   LPSTR szUserPin, ULONG ulUserPinRetryCount, ULONG ulCreateFileRights,
                                   HAPPLICATION* phApplication) {
  return call("SKF_CreateApplication", [&]() -> result<void> {
    const auto name = application_argument(szAppName);
    const auto admin_pin = pin_argument(szAdminPin);
    const auto user_pin = pin_argument(szUserPin);
    const auto admin_tries = tries_argument(ulAdminPinRetryCount);
    const auto user_tries = tries_argument(ulUserPinRetryCount);
    if (!name) return name.error();
    if (!admin_pin || !user_pin || !admin_tries || !user_tries || phApplication == nullptr) {
      return sar(SAR_INVALIDPARAMERR);
    }
    auto op = begin_device(hDev, access::use);
    if (!op) return op.error();
    if (!process::get().device_authenticated(op->dev->ref, op->dev->epoch)) return sar(SAR_USER_NOT_LOGGED_IN);
    token& state = op->guard.state;
    if (find_named(state.applications, *name)) return sar(SAR_APPLICATION_EXISTS);
    if (state.applications.size() >= max_applications) return sar(SAR_NO_ROOM);
    auto app = make_application(state.serial, *name, {*user_pin, *user_tries}, {*admin_pin, *admin_tries},
                                default_scrypt_log2_n);
    if (!app) return app.error();
    app->create_file_rights = static_cast<std::uint32_t>(ulCreateFileRights);
    state.applications.push_back(std::move(*app));
    if (auto done = op->guard.commit(); !done) return done;
    process::get().log_out(op->dev->ref, *name, std::nullopt);  // of an application of that name that was deleted
    return hand_out(std::make_shared<application_handle>(application_handle{op->dev, *name}), phApplication);
  });
}

ULONG DEVAPI SKF_EnumApplication(DEVHANDLE hDev, LPSTR szAppName, ULONG* pulSize) {
  return call("SKF_EnumApplication", [&]() -> result<void> {
    const auto op = begin_device(hDev, access::look);
    if (!op) return op.error();
    return answer_names(names_of(op->guard.state.applications), szAppName, pulSize);
  });
}

ULONG DEVAPI SKF_DeleteApplication(DEVHANDLE hDev, LPSTR szAppName) {
  return call("SKF_DeleteApplication", [&]() -> result<void> {
    const auto name = application_argument(szAppName);
    if (!name) return name.error();
    auto op = begin_device(hDev, access::use);
    if (!op) return op.error();
    if (!process::get().device_authenticated(op->dev->ref, op->dev->epoch)) return sar(SAR_USER_NOT_LOGGED_IN);
    const auto removed =
        std::erase_if(op->guard.state.applications, [&](const application& app) { return app.name == *name; });
    if (removed == 0) return sar(SAR_APPLICATION_NOT_EXISTS);
    process::get().log_out(op->dev->ref, *name, std::nullopt);
    return op->guard.commit();
  });
}

ULONG DEVAPI SKF_OpenApplication(DEVHANDLE hDev, LPSTR szAppName, HAPPLICATION* phApplication) {
  return call("SKF_OpenApplication", [&]() -> result<void> {
    const auto name = application_argument(szAppName);
    if (!name) return name.error();
    if (phApplication == nullptr) return sar(SAR_INVALIDPARAMERR);
    const auto op = begin_named(process::get().find<device>(hDev), *name, access::look);
    if (!op) return op.error();
    return hand_out(std::make_shared<application_handle>(application_handle{op->dev, *name}), phApplication);
  });
}

ULONG DEVAPI SKF_CloseApplication(HAPPLICATION hApplication) {
  // The rights stay, as on real tokens: SKF_ClearSecureState drops them.
  return call("SKF_CloseApplication", [&]() -> result<void> {
    if (!process::get().remove<application_handle>(hApplication)) return sar(SAR_INVALIDHANDLEERR);
    return {};
  });
}
