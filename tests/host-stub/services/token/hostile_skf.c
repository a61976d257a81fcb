/* hostile_skf.c - a token maker's library that lies, crashes and hangs, as KEYCARE_HOSTILE asks. ULONG has 32 bits. */
#include "gmt0016/skf.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define EXPORT __attribute__((visibility("default")))

static int is(const char* mode) {
  const char* asked = getenv("KEYCARE_HOSTILE");
  return asked != NULL && strcmp(asked, mode) == 0;
}

__attribute__((constructor)) static void start(void) {
  if (is("crash-in-start")) abort();
  if (is("exit-in-start")) _exit(0);
}

EXPORT ULONG SKF_EnumDev(BOOL bPresent, LPSTR szNameList, ULONG* pulSize) {
  (void)bPresent;
  if (is("crash")) abort();
  if (is("hang")) pause();
  if (is("endless-list")) {
    if (szNameList == NULL) {
      *pulSize = 8;
      return SAR_OK;
    }
    memset(szNameList, 'x', 8); /* No zero anywhere. */
    return SAR_OK;
  }
  if (is("grows")) {
    *pulSize = szNameList == NULL ? 8 : *pulSize + 100000;
    return szNameList == NULL ? SAR_OK : SAR_BUFFER_TOO_SMALL;
  }
  if (is("huge")) {
    *pulSize = 0xFFFFFFF0u;
    return SAR_OK;
  }
  if (is("lies-about-length")) {
    *pulSize = szNameList == NULL ? 8 : 4000;
    return SAR_OK;
  }
  if (is("writes-too-far") && szNameList != NULL) memset(szNameList, 'x', 40); /* Into the room behind. */
  if (szNameList != NULL && !is("writes-too-far")) memcpy(szNameList, "dev\0\0", 5);
  *pulSize = 5;
  return SAR_OK;
}
EXPORT ULONG SKF_ConnectDev(LPSTR szName, DEVHANDLE* phDev) {
  (void)szName;
  *phDev = is("null-handle") ? NULL : (DEVHANDLE)1;
  return SAR_OK;
}
EXPORT ULONG SKF_DisConnectDev(DEVHANDLE hDev) {
  (void)hDev;
  return SAR_OK;
}
EXPORT ULONG SKF_GetDevInfo(DEVHANDLE hDev, DEVINFO* pDevInfo) {
  (void)hDev;
  memset(pDevInfo, 'M', sizeof *pDevInfo); /* No text ends. */
  return SAR_OK;
}
EXPORT ULONG SKF_EnumApplication(DEVHANDLE hDev, LPSTR szAppName, ULONG* pulSize) {
  (void)hDev;
  if (szAppName != NULL) memcpy(szAppName, "app\0\0", 5);
  *pulSize = 5;
  return SAR_OK;
}
EXPORT ULONG SKF_OpenApplication(DEVHANDLE hDev, LPSTR szAppName, HAPPLICATION* phApplication) {
  (void)hDev;
  (void)szAppName;
  *phApplication = (HAPPLICATION)2;
  return SAR_OK;
}
EXPORT ULONG SKF_CloseApplication(HAPPLICATION hApplication) {
  (void)hApplication;
  return SAR_OK;
}
EXPORT ULONG SKF_GetPINInfo(HAPPLICATION hApplication, ULONG ulPINType, ULONG* pulMaxRetryCount,
                            ULONG* pulRemainRetryCount, BOOL* pbDefaultPin) {
  (void)hApplication;
  (void)ulPINType;
  *pulMaxRetryCount = 6;
  *pulRemainRetryCount = 4000000000u; /* More left than there ever were. */
  *pbDefaultPin = FALSE;
  return SAR_OK;
}
EXPORT ULONG SKF_VerifyPIN(HAPPLICATION hApplication, ULONG ulPINType, LPSTR szPIN, ULONG* pulRetryCount) {
  (void)hApplication;
  (void)ulPINType;
  (void)szPIN;
  (void)pulRetryCount;
  return SAR_FAIL;
}
EXPORT ULONG SKF_ClearSecureState(HAPPLICATION hApplication) {
  (void)hApplication;
  return SAR_OK;
}
EXPORT ULONG SKF_EnumContainer(HAPPLICATION hApplication, LPSTR szContainerName, ULONG* pulSize) {
  (void)hApplication;
  if (szContainerName != NULL) memcpy(szContainerName, "con\0\0", 5);
  *pulSize = 5;
  return SAR_OK;
}
EXPORT ULONG SKF_OpenContainer(HAPPLICATION hApplication, LPSTR szContainerName, HCONTAINER* phContainer) {
  (void)hApplication;
  (void)szContainerName;
  *phContainer = (HCONTAINER)3;
  return SAR_OK;
}
EXPORT ULONG SKF_CloseContainer(HCONTAINER hContainer) {
  (void)hContainer;
  return SAR_OK;
}
EXPORT ULONG SKF_ExportCertificate(HCONTAINER hContainer, BOOL bSignFlag, BYTE* pbCert, ULONG* pulCertLen) {
  (void)hContainer;
  if (bSignFlag == FALSE) return SAR_CERTNOTFOUNTERR;
  if (pbCert != NULL) memset(pbCert, 0x30, 64); /* No certificate. */
  *pulCertLen = 64;
  return SAR_OK;
}
EXPORT ULONG SKF_ExportPublicKey(HCONTAINER hContainer, BOOL bSignFlag, BYTE* pbBlob, ULONG* pulBlobLen) {
  (void)hContainer;
  (void)bSignFlag;
  memset(pbBlob, 0xFF, *pulBlobLen);
  *pulBlobLen = 0xFFFFFFFFu;
  return SAR_OK;
}
