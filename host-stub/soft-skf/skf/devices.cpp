// devices.cpp - SKF devices: enumerate, connect, describe, lock, authenticate.
#include "devices.hpp"
#include "../crypto.hpp"
#include "api.hpp"
#include "events.hpp"

using namespace keycare;
using namespace keycare::soft_skf;

namespace {

template <std::size_t N>
void put_text(CHAR (&field)[N], std::string_view text) {
  std::memcpy(field, text.data(), std::min(text.size(), N - 1));
}

}  // namespace

ULONG DEVAPI SKF_EnumDev(BOOL, LPSTR szNameList, ULONG* pulSize) {
  // Whether "present only" was asked makes no difference: a soft token that is not plugged is not known.
  return call("SKF_EnumDev", [&]() -> result<void> {
    const std::string folder = token_folder();
    watch_from_now(folder);
    std::vector<std::string> names = token_names(folder);
    std::erase_if(names, [&](const std::string& name) { return !read_token({folder, name}); });
    return answer_names(names, szNameList, pulSize);
  });
}

ULONG DEVAPI SKF_ConnectDev(LPSTR szName, DEVHANDLE* phDev) {
  return call("SKF_ConnectDev", [&]() -> result<void> {
    const auto name = name_argument(szName, max_token_name);
    if (!name) return name.error();
    if (phDev == nullptr) return sar(SAR_INVALIDPARAMERR);
    auto dev = std::make_shared<device>();
    dev->ref = {token_folder(), *name};
    const auto guard = token_guard::open(dev->ref, access::look, false);
    if (!guard) return guard.error();
    dev->epoch = guard->epoch();
    return hand_out(std::move(dev), phDev);
  });
}

ULONG DEVAPI SKF_DisConnectDev(DEVHANDLE hDev) {
  return call("SKF_DisConnectDev", [&]() -> result<void> {
    const auto dev = process::get().remove<device>(hDev);
    if (!dev) return sar(SAR_INVALIDHANDLEERR);
    dev->connected = false;
    const std::lock_guard lock(dev->mutex);
    if (dev->lock) process::get().hold(dev->ref, false);
    dev->lock = unique_fd();
    return {};
  });
}

ULONG DEVAPI SKF_GetDevState(LPSTR szDevName, ULONG* pulDevState) {
  return call("SKF_GetDevState", [&]() -> result<void> {
    const auto name = name_argument(szDevName, max_token_name);
    if (!name) return name.error();
    if (pulDevState == nullptr) return sar(SAR_INVALIDPARAMERR);
    const auto value = read_token({token_folder(), *name});
    if (value) {
      *pulDevState = DEV_PRESENT_STATE;
    } else {
      *pulDevState = value.error().native == SAR_DEVICE_REMOVED ? DEV_ABSENT_STATE : DEV_UNKNOW_STATE;
    }
    return {};
  });
}

ULONG DEVAPI SKF_SetLabel(DEVHANDLE hDev, LPSTR szLabel) {
  return call("SKF_SetLabel", [&]() -> result<void> {
    const auto label = name_argument(szLabel, max_label);
    if (!label) return label.error();
    auto op = begin_device(hDev, access::use);
    if (!op) return op.error();
    op->guard.state.label = *label;
    return op->guard.commit();
  });
}

ULONG DEVAPI SKF_GetDevInfo(DEVHANDLE hDev, DEVINFO* pDevInfo) {
  return call("SKF_GetDevInfo", [&]() -> result<void> {
    if (pDevInfo == nullptr) return sar(SAR_INVALIDPARAMERR);
    const auto op = begin_device(hDev, access::look);
    if (!op) return op.error();
    DEVINFO info{};
    info.Version = {1, 0};
    put_text(info.Manufacturer, "Keycare");
    put_text(info.Issuer, "软件令牌 SOFT TOKEN - NOT A DEVICE");
    put_text(info.Label, op->guard.state.label);
    put_text(info.SerialNumber, op->guard.state.serial);
    info.HWVersion = {0, 0};  // there is no hardware
    info.FirmwareVersion = {1, 0};
    info.AlgSymCap = SGD_SMS4_ECB | SGD_SMS4_CBC;
    info.AlgAsymCap = SGD_RSA;
    info.AlgHashCap = SGD_SM3 | SGD_SHA1 | SGD_SHA256;
    info.DevAuthAlgId = SGD_SMS4_ECB;
    info.TotalSpace = static_cast<ULONG>(max_token_file);
    info.FreeSpace = static_cast<ULONG>(max_token_file - op->guard.file_size());
    info.MaxECCBufferSize = 0;
    info.MaxBufferSize = static_cast<ULONG>(max_buffer);
    *pDevInfo = info;
    return {};
  });
}

ULONG DEVAPI SKF_LockDev(DEVHANDLE hDev, ULONG ulTimeOut) {
  return call("SKF_LockDev", [&]() -> result<void> {
    const auto dev = process::get().find<device>(hDev);
    if (!dev || !dev->connected) return sar(SAR_INVALIDHANDLEERR);
    {
      const std::lock_guard lock(dev->mutex);
      if (dev->lock) return {};  // held by this handle already
    }
    if (auto present = begin(dev, access::look); !present) return present.error();
    const lock_wait wait =
        (ulTimeOut & 0xFFFFFFFFu) == SKF_INFINITE
            ? lock_wait()
            : lock_wait(std::chrono::milliseconds(static_cast<std::int64_t>(ulTimeOut & 0xFFFFFFFFu)));
    auto locked = lock_device(dev->ref, wait);
    if (!locked) return locked.error();
    const std::lock_guard lock(dev->mutex);
    if (!dev->connected) return sar(SAR_INVALIDHANDLEERR);
    dev->lock = std::move(*locked);
    process::get().hold(dev->ref, true);
    return {};
  });
}

ULONG DEVAPI SKF_UnlockDev(DEVHANDLE hDev) {
  return call("SKF_UnlockDev", [&]() -> result<void> {
    const auto dev = process::get().find<device>(hDev);
    if (!dev || !dev->connected) return sar(SAR_INVALIDHANDLEERR);
    const std::lock_guard lock(dev->mutex);
    if (!dev->lock) return sar(SAR_NOTINITIALIZEERR);
    process::get().hold(dev->ref, false);
    dev->lock = unique_fd();
    return {};
  });
}

ULONG DEVAPI SKF_GenRandom(DEVHANDLE hDev, BYTE* pbRandom, ULONG ulRandomLen) {
  return call("SKF_GenRandom", [&]() -> result<void> {
    if (pbRandom == nullptr || ulRandomLen == 0) return sar(SAR_INVALIDPARAMERR);
    if (ulRandomLen > max_buffer) return sar(SAR_INDATALENERR);
    auto op = begin_device(hDev, access::look);
    if (!op) return op.error();
    if (auto filled = crypto::random({pbRandom, static_cast<std::size_t>(ulRandomLen)}); !filled) return filled;
    const std::lock_guard lock(op->dev->mutex);
    op->dev->challenge.reset();
    if (ulRandomLen >= 8) std::memcpy(op->dev->challenge.emplace().data(), pbRandom, 8);
    return {};
  });
}

ULONG DEVAPI SKF_DevAuth(DEVHANDLE hDev, BYTE* pbAuthData, ULONG ulLen) {
  // GM/T 0016 section 8.2.2: eight random octets of the device, padded with zeros to a block, encrypted with the device
  // key.
  return call("SKF_DevAuth", [&]() -> result<void> {
    const auto given = bytes_argument(pbAuthData, ulLen);
    if (!given) return given.error();
    auto op = begin_device(hDev, access::use);
    if (!op) return op.error();
    std::array<std::uint8_t, 16> block{};
    {
      const std::lock_guard lock(op->dev->mutex);
      if (!op->dev->challenge) return sar(SAR_NOTINITIALIZEERR);
      std::memcpy(block.data(), op->dev->challenge->data(), 8);
      op->dev->challenge.reset();
    }
    const auto expected = crypto::sm4(true, view_of(device_key), {}, false, block);
    if (!expected) return expected.error();
    if (given->size() != expected->size() || CRYPTO_memcmp(given->data(), expected->data(), expected->size()) != 0) {
      return sar(SAR_FAIL);
    }
    process::get().authenticate_device(op->dev->ref, op->dev->epoch);
    return {};
  });
}
