/* skf_constants.h - what GM/T 0016-2012 (SKF) fixes without ULONG: status codes, algorithm ids, rights, bounds. */
#ifndef GMT0016_SKF_CONSTANTS_H
#define GMT0016_SKF_CONSTANTS_H

#include <stdint.h>

#ifndef DEVAPI
#ifdef _WIN32
#define DEVAPI __stdcall
#else
#define DEVAPI
#endif
#endif

#ifndef TRUE
#define TRUE 0x00000001
#endif
#ifndef FALSE
#define FALSE 0x00000000
#endif

/* Bounds of the blobs (section 6.4). The standard's RSA blobs end at 2048 bits. */
#define MAX_RSA_MODULUS_LEN 256
#define MAX_RSA_EXPONENT_LEN 4
#define ECC_MAX_XCOORDINATE_BITS_LEN 512
#define ECC_MAX_YCOORDINATE_BITS_LEN 512
#define ECC_MAX_MODULUS_BITS_LEN 512
#define MAX_IV_LEN 32
#define MAX_FILE_NAME_LEN 32
#define MAX_CONTAINER_NAME_LEN 64

/* Device states and events. */
#define DEV_ABSENT_STATE 0x00000000
#define DEV_PRESENT_STATE 0x00000001
#define DEV_UNKNOW_STATE 0x00000002
#define SKF_EVENT_INSERTED 0x00000001
#define SKF_EVENT_REMOVED 0x00000002

/* PIN types and rights. */
#define ADMIN_TYPE 0
#define USER_TYPE 1
#define SECURE_NEVER_ACCOUNT 0x00000000
#define SECURE_ADM_ACCOUNT 0x00000001
#define SECURE_USER_ACCOUNT 0x00000010
#define SECURE_ANYONE_ACCOUNT 0x000000FF

/* Container types, as SKF_GetContainerType answers. */
#define SKF_CONTAINER_NONE 0
#define SKF_CONTAINER_RSA 1
#define SKF_CONTAINER_ECC 2

/* Algorithm ids (GM/T 0006). */
#define SGD_SM1_ECB 0x00000101
#define SGD_SM1_CBC 0x00000102
#define SGD_SSF33_ECB 0x00000201
#define SGD_SSF33_CBC 0x00000202
#define SGD_SMS4_ECB 0x00000401
#define SGD_SMS4_CBC 0x00000402
#define SGD_SMS4_CFB 0x00000404
#define SGD_SMS4_OFB 0x00000408
#define SGD_SMS4_MAC 0x00000410
#define SGD_RSA 0x00010000
#define SGD_SM2_1 0x00020100 /* signature */
#define SGD_SM2_2 0x00020200 /* key agreement */
#define SGD_SM2_3 0x00020400 /* encryption */
#define SGD_SM3 0x00000001
#define SGD_SHA1 0x00000002
#define SGD_SHA256 0x00000004

/* BLOCKCIPHERPARAM.PaddingType */
#define SKF_PADDING_NONE 0
#define SKF_PADDING_PKCS5 1

/* SKF_LockDev waits for ever with this time-out (milliseconds). */
#define SKF_INFINITE 0xFFFFFFFFu

/* Status codes (annex A). X(name, value) */
#define SKF_STATUS_CODES(X)                   \
  X(SAR_OK, 0x00000000)                       \
  X(SAR_FAIL, 0x0A000001)                     \
  X(SAR_UNKNOWNERR, 0x0A000002)               \
  X(SAR_NOTSUPPORTYETERR, 0x0A000003)         \
  X(SAR_FILEERR, 0x0A000004)                  \
  X(SAR_INVALIDHANDLEERR, 0x0A000005)         \
  X(SAR_INVALIDPARAMERR, 0x0A000006)          \
  X(SAR_READFILEERR, 0x0A000007)              \
  X(SAR_WRITEFILEERR, 0x0A000008)             \
  X(SAR_NAMELENERR, 0x0A000009)               \
  X(SAR_KEYUSAGEERR, 0x0A00000A)              \
  X(SAR_MODULUSLENERR, 0x0A00000B)            \
  X(SAR_NOTINITIALIZEERR, 0x0A00000C)         \
  X(SAR_OBJERR, 0x0A00000D)                   \
  X(SAR_MEMORYERR, 0x0A00000E)                \
  X(SAR_TIMEOUTERR, 0x0A00000F)               \
  X(SAR_INDATALENERR, 0x0A000010)             \
  X(SAR_INDATAERR, 0x0A000011)                \
  X(SAR_GENRANDERR, 0x0A000012)               \
  X(SAR_HASHOBJERR, 0x0A000013)               \
  X(SAR_HASHERR, 0x0A000014)                  \
  X(SAR_GENRSAKEYERR, 0x0A000015)             \
  X(SAR_RSAMODULUSLENERR, 0x0A000016)         \
  X(SAR_CSPIMPRTPUBKEYERR, 0x0A000017)        \
  X(SAR_RSAENCERR, 0x0A000018)                \
  X(SAR_RSADECERR, 0x0A000019)                \
  X(SAR_HASHNOTEQUALERR, 0x0A00001A)          \
  X(SAR_KEYNOTFOUNTERR, 0x0A00001B)           \
  X(SAR_CERTNOTFOUNTERR, 0x0A00001C)          \
  X(SAR_NOTEXPORTERR, 0x0A00001D)             \
  X(SAR_DECRYPTPADERR, 0x0A00001E)            \
  X(SAR_MACLENERR, 0x0A00001F)                \
  X(SAR_BUFFER_TOO_SMALL, 0x0A000020)         \
  X(SAR_KEYINFOTYPEERR, 0x0A000021)           \
  X(SAR_NOT_EVENTERR, 0x0A000022)             \
  X(SAR_DEVICE_REMOVED, 0x0A000023)           \
  X(SAR_PIN_INCORRECT, 0x0A000024)            \
  X(SAR_PIN_LOCKED, 0x0A000025)               \
  X(SAR_PIN_INVALID, 0x0A000026)              \
  X(SAR_PIN_LEN_RANGE, 0x0A000027)            \
  X(SAR_USER_ALREADY_LOGGED_IN, 0x0A000028)   \
  X(SAR_USER_PIN_NOT_INITIALIZED, 0x0A000029) \
  X(SAR_USER_TYPE_INVALID, 0x0A00002A)        \
  X(SAR_APPLICATION_NAME_INVALID, 0x0A00002B) \
  X(SAR_APPLICATION_EXISTS, 0x0A00002C)       \
  X(SAR_USER_NOT_LOGGED_IN, 0x0A00002D)       \
  X(SAR_APPLICATION_NOT_EXISTS, 0x0A00002E)   \
  X(SAR_FILE_ALREADY_EXIST, 0x0A00002F)       \
  X(SAR_NO_ROOM, 0x0A000030)                  \
  X(SAR_FILE_NOT_EXIST, 0x0A000031)           \
  X(SAR_REACH_MAX_CONTAINER_COUNT, 0x0A000032)

/* An enumeration, not macros: the codes then have a type, and a debugger a name for them. */
enum skf_status {
#define SKF_ENUMERATOR(name, value) name = value,
  SKF_STATUS_CODES(SKF_ENUMERATOR)
#undef SKF_ENUMERATOR
};

#endif
