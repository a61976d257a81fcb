// files.cpp - SKF files: what a client reads (an electronic seal), and how it gets there.
#include "../crypto.hpp"
#include "api.hpp"

using namespace keycare;
using namespace keycare::soft_skf;

namespace {

bool allowed(const application_operation& op, std::uint32_t rights) {
  if (rights == SECURE_ANYONE_ACCOUNT) return true;
  if ((rights & SECURE_USER_ACCOUNT) != 0 && op.key_of(role::user)) return true;
  return (rights & SECURE_ADM_ACCOUNT) != 0 && op.key_of(role::admin);
}

/// Anybody's login opens the application's master key; who may read what is decided by allowed().
result<secret> any_key(const application_operation& op) {
  auto key = op.key_of(role::user);
  return key ? std::move(key) : op.key_of(role::admin);
}

bool is_public(const token_file& file) {
  return file.read_rights == SECURE_ANYONE_ACCOUNT;
}

result<secret> content_of(const application_operation& op, const token_file& file) {
  if (is_public(file)) return secret(file.data.begin(), file.data.end());
  const auto key = any_key(op);
  if (!key) return key.error();
  return crypto::open(*key, file_association(op.guard.state.serial, op.name, file), file.private_data);
}

result<void> set_content(const application_operation& op, token_file& file, byte_view content) {
  if (is_public(file)) {
    file.data.assign(content.begin(), content.end());
    return {};
  }
  const auto key = any_key(op);
  if (!key) return key.error();
  auto sealed = crypto::seal(*key, file_association(op.guard.state.serial, op.name, file), content);
  if (!sealed) return sealed.error();
  file.private_data = std::move(*sealed);
  return {};
}

result<token_file*> find_file(application_operation& op, const std::string& name) {
  token_file* file = find_named(op.app->files, name);
  if (file == nullptr) return sar(SAR_FILE_NOT_EXIST);
  return file;
}

}  // namespace

ULONG DEVAPI SKF_CreateFile(HAPPLICATION hApplication, LPSTR szFileName, ULONG ulFileSize, ULONG ulReadRights,
                            ULONG ulWriteRights) {
  return call("SKF_CreateFile", [&]() -> result<void> {
    const auto name = name_argument(szFileName, MAX_FILE_NAME_LEN);
    if (!name) return name.error();
    if (ulFileSize == 0 || ulReadRights > 0xFF || ulWriteRights > 0xFF) return sar(SAR_INVALIDPARAMERR);
    if (ulFileSize > max_file_size) return sar(SAR_NO_ROOM);
    auto op = begin_application(hApplication, access::use);
    if (!op) return op.error();
    if (!allowed(*op, op->app->create_file_rights)) return sar(SAR_USER_NOT_LOGGED_IN);
    if (find_named(op->app->files, *name)) return sar(SAR_FILE_ALREADY_EXIST);
    if (op->app->files.size() >= max_files) return sar(SAR_NO_ROOM);
    token_file file{*name,
                    static_cast<std::uint32_t>(ulFileSize),
                    static_cast<std::uint32_t>(ulReadRights),
                    static_cast<std::uint32_t>(ulWriteRights),
                    {},
                    {}};
    if (auto set = set_content(*op, file, bytes(file.size)); !set) return set;
    op->app->files.push_back(std::move(file));
    return op->guard.commit();
  });
}

ULONG DEVAPI SKF_DeleteFile(HAPPLICATION hApplication, LPSTR szFileName) {
  return call("SKF_DeleteFile", [&]() -> result<void> {
    const auto name = name_argument(szFileName, MAX_FILE_NAME_LEN);
    if (!name) return name.error();
    auto op = begin_application(hApplication, access::use);
    if (!op) return op.error();
    const auto file = find_file(*op, *name);
    if (!file) return file.error();
    if (!allowed(*op, (*file)->write_rights)) return sar(SAR_USER_NOT_LOGGED_IN);
    std::erase_if(op->app->files, [&](const token_file& item) { return item.name == *name; });
    return op->guard.commit();
  });
}

ULONG DEVAPI SKF_EnumFiles(HAPPLICATION hApplication, LPSTR szFileList, ULONG* pulSize) {
  return call("SKF_EnumFiles", [&]() -> result<void> {
    const auto op = begin_application(hApplication, access::look);
    if (!op) return op.error();
    return answer_names(names_of(op->app->files), szFileList, pulSize);
  });
}

ULONG DEVAPI SKF_GetFileInfo(HAPPLICATION hApplication, LPSTR szFileName, FILEATTRIBUTE* pFileInfo) {
  return call("SKF_GetFileInfo", [&]() -> result<void> {
    const auto name = name_argument(szFileName, MAX_FILE_NAME_LEN);
    if (!name) return name.error();
    if (pFileInfo == nullptr) return sar(SAR_INVALIDPARAMERR);
    auto op = begin_application(hApplication, access::look);
    if (!op) return op.error();
    const auto file = find_file(*op, *name);
    if (!file) return file.error();
    FILEATTRIBUTE info{};
    std::memcpy(info.FileName, name->data(), name->size());  // 32 octets have no NUL, as in the standard
    info.FileSize = (*file)->size;
    info.ReadRights = (*file)->read_rights;
    info.WriteRights = (*file)->write_rights;
    *pFileInfo = info;
    return {};
  });
}

ULONG DEVAPI SKF_ReadFile(HAPPLICATION hApplication, LPSTR szFileName, ULONG ulOffset, ULONG ulSize, BYTE* pbOutData,
                          ULONG* pulOutLen) {
  return call("SKF_ReadFile", [&]() -> result<void> {
    const auto name = name_argument(szFileName, MAX_FILE_NAME_LEN);
    if (!name) return name.error();
    if (pulOutLen == nullptr) return sar(SAR_INVALIDPARAMERR);
    auto op = begin_application(hApplication, access::look);
    if (!op) return op.error();
    const auto file = find_file(*op, *name);
    if (!file) return file.error();
    if (!allowed(*op, (*file)->read_rights)) return sar(SAR_USER_NOT_LOGGED_IN);
    if (ulOffset > (*file)->size) return sar(SAR_INVALIDPARAMERR);
    const auto content = content_of(*op, **file);
    if (!content) return content.error();
    const std::size_t offset = static_cast<std::size_t>(ulOffset);
    const std::size_t size = std::min(static_cast<std::size_t>(ulSize), content->size() - offset);
    return answer(byte_view(*content).subspan(offset, size), pbOutData, pulOutLen);
  });
}

ULONG DEVAPI SKF_WriteFile(HAPPLICATION hApplication, LPSTR szFileName, ULONG ulOffset, BYTE* pbData, ULONG ulSize) {
  return call("SKF_WriteFile", [&]() -> result<void> {
    const auto name = name_argument(szFileName, MAX_FILE_NAME_LEN);
    if (!name) return name.error();
    const auto data = bytes_argument(pbData, ulSize);
    if (!data) return data.error();
    auto op = begin_application(hApplication, access::use);
    if (!op) return op.error();
    const auto file = find_file(*op, *name);
    if (!file) return file.error();
    if (!allowed(*op, (*file)->write_rights)) return sar(SAR_USER_NOT_LOGGED_IN);
    auto content = content_of(*op, **file);
    if (!content) return content.error();
    if (ulOffset > content->size() || data->size() > content->size() - static_cast<std::size_t>(ulOffset)) {
      return sar(SAR_INDATALENERR);
    }
    std::copy(data->begin(), data->end(), content->begin() + static_cast<std::ptrdiff_t>(ulOffset));
    if (auto set = set_content(*op, **file, *content); !set) return set;
    return op->guard.commit();
  });
}
