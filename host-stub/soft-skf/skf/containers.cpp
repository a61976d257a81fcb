// containers.cpp - SKF containers and the certificates in them.
#include "api.hpp"

using namespace keycare;
using namespace keycare::soft_skf;

ULONG DEVAPI SKF_CreateContainer(HAPPLICATION hApplication, LPSTR szContainerName, HCONTAINER* phContainer) {
  return call("SKF_CreateContainer", [&]() -> result<void> {
    const auto name = name_argument(szContainerName, MAX_CONTAINER_NAME_LEN);
    if (!name) return name.error();
    if (phContainer == nullptr) return sar(SAR_INVALIDPARAMERR);
    auto op = begin_application(hApplication, access::use);
    if (!op) return op.error();
    if (auto key = op->key_of(role::user); !key) return key.error();
    if (find_named(op->app->containers, *name)) return sar(SAR_OBJERR);
    if (op->app->containers.size() >= op->guard.state.max_containers) return sar(SAR_REACH_MAX_CONTAINER_COUNT);
    op->app->containers.push_back({*name, {}, {}});
    if (auto done = op->guard.commit(); !done) return done;
    return hand_out(std::make_shared<container_handle>(container_handle{op->dev, op->name, *name}), phContainer);
  });
}

ULONG DEVAPI SKF_DeleteContainer(HAPPLICATION hApplication, LPSTR szContainerName) {
  // Takes both pairs and both certificates with it.
  return call("SKF_DeleteContainer", [&]() -> result<void> {
    const auto name = name_argument(szContainerName, MAX_CONTAINER_NAME_LEN);
    if (!name) return name.error();
    auto op = begin_application(hApplication, access::use);
    if (!op) return op.error();
    if (auto key = op->key_of(role::user); !key) return key.error();
    if (std::erase_if(op->app->containers, [&](const container& item) { return item.name == *name; }) == 0) {
      return sar(SAR_OBJERR);
    }
    return op->guard.commit();
  });
}

ULONG DEVAPI SKF_EnumContainer(HAPPLICATION hApplication, LPSTR szContainerName, ULONG* pulSize) {
  return call("SKF_EnumContainer", [&]() -> result<void> {
    const auto op = begin_application(hApplication, access::look);
    if (!op) return op.error();
    return answer_names(names_of(op->app->containers), szContainerName, pulSize);
  });
}

ULONG DEVAPI SKF_OpenContainer(HAPPLICATION hApplication, LPSTR szContainerName, HCONTAINER* phContainer) {
  return call("SKF_OpenContainer", [&]() -> result<void> {
    const auto name = name_argument(szContainerName, MAX_CONTAINER_NAME_LEN);
    if (!name) return name.error();
    if (phContainer == nullptr) return sar(SAR_INVALIDPARAMERR);
    const auto op = begin_application(hApplication, access::look);
    if (!op) return op.error();
    if (!find_named(op->app->containers, *name)) return sar(SAR_OBJERR);
    return hand_out(std::make_shared<container_handle>(container_handle{op->dev, op->name, *name}), phContainer);
  });
}

ULONG DEVAPI SKF_CloseContainer(HCONTAINER hContainer) {
  return call("SKF_CloseContainer", [&]() -> result<void> {
    if (!process::get().remove<container_handle>(hContainer)) return sar(SAR_INVALIDHANDLEERR);
    return {};
  });
}

ULONG DEVAPI SKF_GetContainerType(HCONTAINER hContainer, ULONG* pulContainerType) {
  return call("SKF_GetContainerType", [&]() -> result<void> {
    if (pulContainerType == nullptr) return sar(SAR_INVALIDPARAMERR);
    const auto op = begin_container(hContainer, access::look);
    if (!op) return op.error();
    *pulContainerType = op->box->sign.pair || op->box->exchange.pair ? SKF_CONTAINER_RSA : SKF_CONTAINER_NONE;
    return {};
  });
}

ULONG DEVAPI SKF_ImportCertificate(HCONTAINER hContainer, BOOL bSignFlag, BYTE* pbCert, ULONG ulCertLen) {
  // Like real tokens, it looks neither into the certificate nor at the key: the client proves that they belong
  // together.
  return call("SKF_ImportCertificate", [&]() -> result<void> {
    const auto cert = bytes_argument(pbCert, ulCertLen, max_certificate);
    if (!cert) return cert.error();
    if (cert->empty()) return sar(SAR_INDATALENERR);
    auto op = begin_container(hContainer, access::use);
    if (!op) return op.error();
    if (auto key = op->key_of(role::user); !key) return key.error();
    op->box->slot(bSignFlag != FALSE).certificate.assign(cert->begin(), cert->end());
    return op->guard.commit();
  });
}

ULONG DEVAPI SKF_ExportCertificate(HCONTAINER hContainer, BOOL bSignFlag, BYTE* pbCert, ULONG* pulCertLen) {
  return call("SKF_ExportCertificate", [&]() -> result<void> {
    if (pulCertLen == nullptr) return sar(SAR_INVALIDPARAMERR);
    const auto op = begin_container(hContainer, access::look);
    if (!op) return op.error();
    const bytes& cert = op->box->slot(bSignFlag != FALSE).certificate;
    if (cert.empty()) return sar(SAR_CERTNOTFOUNTERR);
    return answer(cert, pbCert, pulCertLen);
  });
}
