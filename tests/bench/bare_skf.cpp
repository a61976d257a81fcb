// bare_skf.cpp - see bare_tokens.hpp.
#include "bare_tokens.hpp"

#include "gmt0016/skf_constants.h"
#include "gmt0016/skf_functions.h"

#include <dlfcn.h>

namespace keycare::bench {

namespace {

namespace skf {
#define SKF_ULONG uint32_t
#include "gmt0016/skf_width.inc"
}  // namespace skf

void need(skf::ULONG code, const char* call) {
  if (code != SAR_OK) throw cannot_measure(std::string(call) + " failed");
}
/// The standard's strings are not const; nothing is written to them.
char* text(const char* constant) {
  return const_cast<char*>(constant);
}

class skf_signer final : public bare_signer {
public:
  explicit skf_signer(const std::string& path) {
    void* library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) throw cannot_measure("soft-skf does not load");
#define SKF_LOOK_UP(name, parameters) \
  calls_.name = reinterpret_cast<decltype(calls_.name)>(dlsym(library, "SKF_" #name));
    SKF_FUNCTIONS(SKF_LOOK_UP)
#undef SKF_LOOK_UP
    std::string names(4096, '\0');
    skf::ULONG size = 4096;
    need(calls_.EnumDev(TRUE, names.data(), &size), "SKF_EnumDev");
    need(calls_.ConnectDev(names.data(), &device_), "SKF_ConnectDev");
    need(calls_.OpenApplication(device_, text("KEYCARE"), &application_), "SKF_OpenApplication");
    need(calls_.OpenContainer(application_, text("OLD"), &container_), "SKF_OpenContainer");
  }
  ~skf_signer() override {
    calls_.CloseContainer(container_);
    calls_.CloseApplication(application_);
    calls_.DisConnectDev(device_);
  }
  skf_signer(const skf_signer&) = delete;
  skf_signer& operator=(const skf_signer&) = delete;

  octets sign(octets_view digest_info) override {
    octets input(digest_info.begin(), digest_info.end());
    octets out(512);
    auto size = static_cast<skf::ULONG>(out.size());
    need(calls_.RSASignData(container_, input.data(), static_cast<skf::ULONG>(input.size()), out.data(), &size),
         "SKF_RSASignData");
    out.resize(size);
    return out;
  }

private:
  skf::skf_functions calls_{};
  skf::DEVHANDLE device_{};
  skf::HAPPLICATION application_{};
  skf::HCONTAINER container_{};
};

}  // namespace

std::unique_ptr<bare_signer> bare_skf(const std::string& library) {
  return std::make_unique<skf_signer>(library);
}

}  // namespace keycare::bench
