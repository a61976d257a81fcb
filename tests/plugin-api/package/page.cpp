// page.cpp - the smallest page of a plugin, for the test of keycare_add_plugin's UI_SOURCES.
#include "keycare/abi/page_qwidget.h"
#include "keycare/sdk/table.hpp"

#include <QLabel>

namespace {

kc_status create_page(kc_instance*, kc_str, void** qwidget, kc_error*) {
  *qwidget = static_cast<QWidget*>(new QLabel(QStringLiteral("Hello")));
  return KC_OK;
}
void destroy_page(kc_instance*, void* qwidget) {
  delete static_cast<QWidget*>(qwidget);
}
void set_language(kc_instance*, kc_str) {}

constexpr kc_page_qwidget_extension page{
    {sizeof(kc_page_qwidget_extension), 1, KC_PAGE_QWIDGET_MINOR}, create_page, destroy_page, set_language};

kc_status create(const kc_host*, kc_instance** out, kc_error*) {
  static int instance = 0;
  *out = reinterpret_cast<kc_instance*>(&instance);
  return KC_OK;
}
void destroy(kc_instance*) {}
kc_status extension(kc_instance*, const char* id, std::uint16_t, std::uint32_t, const kc_table** out, kc_error*) {
  const bool known = keycare::parse_table_id(id).name == keycare::parse_table_id(KC_PAGE_QWIDGET_EXTENSION).name;
  *out = known ? &page.table : nullptr;
  return known ? KC_OK : KC_E_UNKNOWN_SERVICE;
}

constexpr kc_plugin plugin{
    {sizeof(kc_plugin), KC_ABI_MAJOR, KC_ABI_MINOR}, {"template", 8}, {"1.0.0", 5}, create, destroy, extension};

}  // namespace

extern "C" KEYCARE_EXPORT kc_status keycare_plugin_entry(std::uint16_t, std::uint16_t, const kc_plugin** out) {
  *out = &plugin;
  return KC_OK;
}
