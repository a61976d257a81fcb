/* page_qwidget.h - keycare.page.qwidget/1, an extension of a UI library: pages for the client's slots.
 *
 * This header knows no Qt: a page crosses as an opaque pointer to a QWidget. The host checked the Qt build tag of the
 * manifest before it loaded the library. */
#ifndef KEYCARE_ABI_PAGE_QWIDGET_H
#define KEYCARE_ABI_PAGE_QWIDGET_H

#include "keycare/abi/entry.h"

#ifdef __cplusplus
extern "C" {
#endif

#define KC_PAGE_QWIDGET_EXTENSION \
  "keycare.page.qwidget/1"      /**< What a host asks kc_plugin::extension of a UI library for. */
#define KC_PAGE_QWIDGET_MINOR 0 /**< The minor version that this header describes. */

/** The table of keycare.page.qwidget/1. */
typedef struct kc_page_qwidget_extension {
  kc_table table; /**< Size and version; see kc_table. */
  /** Makes the page for @p slot ("home", "my-certificates", "renewal", "unlock") without a parent. KC_E_NOT_FOUND for a
   *  slot that the plugin does not fill. [main-thread] */
  kc_status (*create_page)(kc_instance* instance, kc_str slot, void** qwidget, kc_error* error);
  /** Destroys a page that this plugin made; the host does not delete it itself. [main-thread] */
  void (*destroy_page)(kc_instance* instance, void* qwidget);
  /** The user chose another language (BCP 47); every open page shows it at once. [main-thread] */
  void (*set_language)(kc_instance* instance, kc_str language);
} kc_page_qwidget_extension;

KC_STATIC_ASSERT(sizeof(kc_page_qwidget_extension) == 32, "kc_page_qwidget_extension");

#ifdef __cplusplus
}
#endif
#endif
