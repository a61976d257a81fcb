/* all.h - the whole contract in one include, for a reader in a hurry. */
#ifndef KEYCARE_ABI_ALL_H
#define KEYCARE_ABI_ALL_H

#include "keycare/abi/clock.h"
#include "keycare/abi/command.h"
#include "keycare/abi/commands.h"
#include "keycare/abi/crypto.h"
#include "keycare/abi/entry.h"
#include "keycare/abi/http.h"
#include "keycare/abi/keys.h"
#include "keycare/abi/log.h"
#include "keycare/abi/page_qwidget.h"
#include "keycare/abi/pin.h"
#include "keycare/abi/shell.h"
#include "keycare/abi/signing.h"
#include "keycare/abi/store.h"
#include "keycare/abi/token.h"

#endif
