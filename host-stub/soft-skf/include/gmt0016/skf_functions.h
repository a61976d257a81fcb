/* skf_functions.h - every SKF function once, as X(name without "SKF_", parameters); all of them return ULONG.
 *
 * SKF_CLIENT_FUNCTIONS are those that a client of this project calls, SKF_OTHER_FUNCTIONS the rest of what soft-skf
 * offers; a vendor's library may lack some of either. The parameters' types come from skf_width.inc, at the place of
 * expansion. All are [worker-thread]: a device may hold a call for ever. Lists of names are NUL after NUL, and one more
 * NUL at the end. Where a size is in and out: a NULL buffer asks for the size, a small one gets SAR_BUFFER_TOO_SMALL
 * and the size.
 */
#ifndef GMT0016_SKF_FUNCTIONS_H
#define GMT0016_SKF_FUNCTIONS_H

#define SKF_CLIENT_FUNCTIONS(X)                                                                                       \
  /* 7.1 devices */                                                                                                   \
  X(WaitForDevEvent, (LPSTR szDevName, ULONG * pulDevNameLen, ULONG * pulEvent))                                      \
  X(CancelWaitForDevEvent, (void))                                                                                    \
  X(EnumDev, (BOOL bPresent, LPSTR szNameList, ULONG * pulSize))                                                      \
  X(ConnectDev, (LPSTR szName, DEVHANDLE * phDev))                                                                    \
  X(DisConnectDev, (DEVHANDLE hDev))                                                                                  \
  X(GetDevState, (LPSTR szDevName, ULONG * pulDevState))                                                              \
  X(GetDevInfo, (DEVHANDLE hDev, DEVINFO * pDevInfo))                                                                 \
  X(LockDev, (DEVHANDLE hDev, ULONG ulTimeOut))                                                                       \
  X(UnlockDev, (DEVHANDLE hDev))                                                                                      \
  /* 7.2 access */                                                                                                    \
  X(DevAuth, (DEVHANDLE hDev, BYTE * pbAuthData, ULONG ulLen))                                                        \
  X(ChangePIN, (HAPPLICATION hApplication, ULONG ulPINType, LPSTR szOldPin, LPSTR szNewPin, ULONG * pulRetryCount))   \
  X(GetPINInfo, (HAPPLICATION hApplication, ULONG ulPINType, ULONG * pulMaxRetryCount, ULONG * pulRemainRetryCount,   \
                 BOOL * pbDefaultPin))                                                                                \
  X(VerifyPIN, (HAPPLICATION hApplication, ULONG ulPINType, LPSTR szPIN, ULONG * pulRetryCount))                      \
  X(UnblockPIN, (HAPPLICATION hApplication, LPSTR szAdminPIN, LPSTR szNewUserPIN, ULONG * pulRetryCount))             \
  X(ClearSecureState, (HAPPLICATION hApplication))                                                                    \
  /* 7.3 applications */                                                                                              \
  X(CreateApplication,                                                                                                \
    (DEVHANDLE hDev, LPSTR szAppName, LPSTR szAdminPin, ULONG ulAdminPinRetryCount, LPSTR szUserPin,                  \
     ULONG ulUserPinRetryCount, ULONG ulCreateFileRights, HAPPLICATION * phApplication))                              \
  X(EnumApplication, (DEVHANDLE hDev, LPSTR szAppName, ULONG * pulSize))                                              \
  X(OpenApplication, (DEVHANDLE hDev, LPSTR szAppName, HAPPLICATION * phApplication))                                 \
  X(CloseApplication, (HAPPLICATION hApplication))                                                                    \
  /* 7.4 files */                                                                                                     \
  X(EnumFiles, (HAPPLICATION hApplication, LPSTR szFileList, ULONG * pulSize))                                        \
  X(GetFileInfo, (HAPPLICATION hApplication, LPSTR szFileName, FILEATTRIBUTE * pFileInfo))                            \
  X(ReadFile,                                                                                                         \
    (HAPPLICATION hApplication, LPSTR szFileName, ULONG ulOffset, ULONG ulSize, BYTE * pbOutData, ULONG * pulOutLen)) \
  /* 7.5 containers */                                                                                                \
  X(CreateContainer, (HAPPLICATION hApplication, LPSTR szContainerName, HCONTAINER * phContainer))                    \
  X(DeleteContainer, (HAPPLICATION hApplication, LPSTR szContainerName))                                              \
  X(OpenContainer, (HAPPLICATION hApplication, LPSTR szContainerName, HCONTAINER * phContainer))                      \
  X(CloseContainer, (HCONTAINER hContainer))                                                                          \
  X(EnumContainer, (HAPPLICATION hApplication, LPSTR szContainerName, ULONG * pulSize))                               \
  X(GetContainerType, (HCONTAINER hContainer, ULONG * pulContainerType))                                              \
  X(ImportCertificate, (HCONTAINER hContainer, BOOL bSignFlag, BYTE * pbCert, ULONG ulCertLen))                       \
  X(ExportCertificate, (HCONTAINER hContainer, BOOL bSignFlag, BYTE * pbCert, ULONG * pulCertLen))                    \
  /* 7.6 cryptography */                                                                                              \
  X(GenRandom, (DEVHANDLE hDev, BYTE * pbRandom, ULONG ulRandomLen))                                                  \
  X(GenRSAKeyPair, (HCONTAINER hContainer, ULONG ulBitsLen, RSAPUBLICKEYBLOB * pBlob))                                \
  X(ImportRSAKeyPair, (HCONTAINER hContainer, ULONG ulSymAlgId, BYTE * pbWrappedKey, ULONG ulWrappedKeyLen,           \
                       BYTE * pbEncryptedData, ULONG ulEncryptedDataLen))                                             \
  X(RSASignData, (HCONTAINER hContainer, BYTE * pbData, ULONG ulDataLen, BYTE * pbSignature, ULONG * pulSignLen))     \
  X(GenECCKeyPair, (HCONTAINER hContainer, ULONG ulAlgId, ECCPUBLICKEYBLOB * pBlob))                                  \
  X(ImportECCKeyPair, (HCONTAINER hContainer, ENVELOPEDKEYBLOB * pEnvelopedKeyBlob))                                  \
  X(ECCSignData, (HCONTAINER hContainer, BYTE * pbData, ULONG ulDataLen, ECCSIGNATUREBLOB * pSignature))              \
  X(ExportPublicKey, (HCONTAINER hContainer, BOOL bSignFlag, BYTE * pbBlob, ULONG * pulBlobLen))                      \
  X(ImportSessionKey,                                                                                                 \
    (HCONTAINER hContainer, ULONG ulAlgId, BYTE * pbWrappedData, ULONG ulWrappedLen, HANDLE * phKey))                 \
  X(DecryptInit, (HANDLE hKey, BLOCKCIPHERPARAM DecryptParam))                                                        \
  X(Decrypt, (HANDLE hKey, BYTE * pbEncryptedData, ULONG ulEncryptedLen, BYTE * pbData, ULONG * pulDataLen))          \
  X(DigestInit,                                                                                                       \
    (DEVHANDLE hDev, ULONG ulAlgID, ECCPUBLICKEYBLOB * pPubKey, BYTE * pucID, ULONG ulIDLen, HANDLE * phHash))        \
  X(Digest, (HANDLE hHash, BYTE * pbData, ULONG ulDataLen, BYTE * pbHashData, ULONG * pulHashLen))                    \
  X(DigestUpdate, (HANDLE hHash, BYTE * pbData, ULONG ulDataLen))                                                     \
  X(DigestFinal, (HANDLE hHash, BYTE * pbHashData, ULONG * pulHashLen))                                               \
  X(CloseHandle, (HANDLE hHandle))

#define SKF_OTHER_FUNCTIONS(X)                                                                                         \
  X(SetLabel, (DEVHANDLE hDev, LPSTR szLabel))                                                                         \
  X(DeleteApplication, (DEVHANDLE hDev, LPSTR szAppName))                                                              \
  X(CreateFile,                                                                                                        \
    (HAPPLICATION hApplication, LPSTR szFileName, ULONG ulFileSize, ULONG ulReadRights, ULONG ulWriteRights))          \
  X(DeleteFile, (HAPPLICATION hApplication, LPSTR szFileName))                                                         \
  X(WriteFile, (HAPPLICATION hApplication, LPSTR szFileName, ULONG ulOffset, BYTE * pbData, ULONG ulSize))             \
  X(RSAVerify, (DEVHANDLE hDev, RSAPUBLICKEYBLOB * pRSAPubKeyBlob, BYTE * pbData, ULONG ulDataLen, BYTE * pbSignature, \
                ULONG ulSignLen))                                                                                      \
  X(RSAExportSessionKey, (HCONTAINER hContainer, ULONG ulAlgId, RSAPUBLICKEYBLOB * pPubKey, BYTE * pbData,             \
                          ULONG * pulDataLen, HANDLE * phSessionKey))                                                  \
  X(ECCVerify, (DEVHANDLE hDev, ECCPUBLICKEYBLOB * pECCPubKeyBlob, BYTE * pbData, ULONG ulDataLen,                     \
                ECCSIGNATUREBLOB * pSignature))                                                                        \
  X(EncryptInit, (HANDLE hKey, BLOCKCIPHERPARAM EncryptParam))                                                         \
  X(Encrypt, (HANDLE hKey, BYTE * pbData, ULONG ulDataLen, BYTE * pbEncryptedData, ULONG * pulEncryptedLen))

#define SKF_FUNCTIONS(X)  \
  SKF_CLIENT_FUNCTIONS(X) \
  SKF_OTHER_FUNCTIONS(X)

#endif
