/* skf.h - the smart-token cryptography interface of GM/T 0016-2012 for a C program that links to one library of one
 * width.
 *
 * Define SKF_ULONG before the include where ULONG is not 32 bits. A program that loads libraries of both widths at run
 * time includes skf_width.inc instead, once per width. The functions' contract is in skf_functions.h.
 */
#ifndef GMT0016_SKF_H
#define GMT0016_SKF_H

/* Order matters: the functions' types come last. */
#include "gmt0016/skf_constants.h"
#include "gmt0016/skf_functions.h"

#ifdef __cplusplus
extern "C" {
#endif

#include "gmt0016/skf_width.inc"

#define SKF_PROTOTYPE(name, parameters) ULONG DEVAPI SKF_##name parameters;
SKF_FUNCTIONS(SKF_PROTOTYPE)
#undef SKF_PROTOTYPE

#ifdef __cplusplus
}
#endif

#endif
