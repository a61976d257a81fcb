// cryptoki.hpp - the PKCS#11 2.40 declarations, under their own lower-case names.
#pragma once

#define CRYPTOKI_GNU 1
#include <p11-kit/pkcs11.h>
