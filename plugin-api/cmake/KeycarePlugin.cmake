# keycare_add_plugin(): a plugin's library and the manifest beside it. Works in this tree and from an installed package.
#
#   keycare_add_plugin(<name> MANIFEST manifest.json.in SOURCES a.cpp ... [LIBRARIES ...]
#                      [UI_SOURCES page.cpp ... [UI_LIBRARIES ...] [UI_TRANSLATIONS a.ts ...]] [OUTPUT_DIRECTORY dir])
#
# makes the target <name> and, in the output directory (default: <build>/plugins), <name>.so and <name>.json. @VARIABLES@
# in the manifest are filled in when CMake configures; "core" is written after each link, with the SHA-256 of the library.
# UI_SOURCES make a second library, <name>_ui, with the plugin's pages: it is linked to Qt6::Widgets, which must be
# installed, and the manifest's "ui" names it, its SHA-256 and the Qt that it was built with. UI_TRANSLATIONS (Qt Linguist)
# become resources of it: ":/i18n/a.qm".
include_guard(GLOBAL)

# Hidden symbols, one export, nothing unresolved, everything bound at load time, no search path of its own.
function(keycare_plugin_link_rules target)
  set_target_properties(${target} PROPERTIES
    C_VISIBILITY_PRESET hidden CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON
    POSITION_INDEPENDENT_CODE ON PREFIX "" SKIP_BUILD_RPATH ON BUILD_WITH_INSTALL_RPATH ON INSTALL_RPATH "")
  if(CMAKE_SYSTEM_NAME STREQUAL "Linux")
    set(map ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/keycare-plugin.map)
    target_link_options(${target} PRIVATE LINKER:--version-script=${map} LINKER:-z,now LINKER:-z,relro
                                          LINKER:-z,noexecstack LINKER:--as-needed)
    set_property(TARGET ${target} APPEND PROPERTY LINK_DEPENDS ${map})
    if(KEYCARE_SANITIZE)
      # The sanitizer's run time is in the program that loads the plugin. A library that is loaded from sealed memory has no
      # name by which a report could find its lines; without them it stays below the loader's bound.
      target_link_options(${target} PRIVATE LINKER:--strip-debug)
    else()
      target_link_options(${target} PRIVATE LINKER:-z,defs)
    endif()
  elseif(APPLE)
    target_link_options(${target} PRIVATE LINKER:-exported_symbol,_keycare_plugin_entry)
  elseif(MINGW)
    # The compiler's own libraries are linked in: a client's folder has none of them. And the same sources give the same
    # octets, hash and all, whatever the time is.
    target_link_options(${target} PRIVATE -static LINKER:--exclude-all-symbols LINKER:--no-insert-timestamp)
  endif()  # On Windows nothing is exported but what says __declspec(dllexport), which is the entry.
endfunction()

# One place and one name, whatever the generator and the configuration are: the manifest names the file.
function(keycare_plugin_output target folder)
  set_target_properties(${target} PROPERTIES OUTPUT_NAME ${target} LIBRARY_OUTPUT_DIRECTORY $<1:${folder}>)
endfunction()

# keycare_add_translations(<target> a.ts ...): compiled, as resources ":/i18n/a.qm" of the target. Needs Qt's lrelease.
function(keycare_add_translations target)
  find_program(KEYCARE_LRELEASE NAMES lrelease lrelease-qt6 HINTS /usr/lib/qt6/bin REQUIRED)
  set(compiled)
  foreach(source ${ARGN})
    get_filename_component(language ${source} NAME_WE)
    get_filename_component(source ${source} ABSOLUTE)
    set(qm ${CMAKE_CURRENT_BINARY_DIR}/i18n/${language}.qm)
    add_custom_command(OUTPUT ${qm} COMMAND ${KEYCARE_LRELEASE} -silent ${source} -qm ${qm} DEPENDS ${source} VERBATIM)
    list(APPEND compiled ${qm})
  endforeach()
  file(MAKE_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR}/i18n)
  qt_add_resources(${target} ${target}_i18n PREFIX /i18n BASE ${CMAKE_CURRENT_BINARY_DIR}/i18n FILES ${compiled})
endfunction()

function(keycare_add_plugin name)
  cmake_parse_arguments(ARG "" "MANIFEST;OUTPUT_DIRECTORY" "SOURCES;LIBRARIES;UI_SOURCES;UI_LIBRARIES;UI_TRANSLATIONS" ${ARGN})
  if(NOT ARG_MANIFEST OR NOT ARG_SOURCES OR ARG_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "keycare_add_plugin(${name}): MANIFEST and SOURCES are needed; not understood: "
                        "'${ARG_UNPARSED_ARGUMENTS}'")
  endif()
  if(NOT ARG_OUTPUT_DIRECTORY)
    set(ARG_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/plugins)
  endif()
  if(TARGET keycare_sdk)
    set(sdk keycare_sdk)
  else()
    set(sdk keycare::sdk)
  endif()

  set(manifest_in ${CMAKE_CURRENT_BINARY_DIR}/${name}.manifest.json)
  configure_file(${ARG_MANIFEST} ${manifest_in} @ONLY)
  # The whole manifest, after either library was linked: it never names a library that is no longer there.
  set(core_file ${ARG_OUTPUT_DIRECTORY}/${name}${CMAKE_SHARED_MODULE_SUFFIX})
  set(write_manifest ${CMAKE_COMMAND} -D CORE=${core_file} -D MANIFEST=${manifest_in}
                     -D OUTPUT=${ARG_OUTPUT_DIRECTORY}/${name}.json)
  set(script ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/WriteManifest.cmake)

  add_library(${name} MODULE ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE ${ARG_LIBRARIES} ${sdk})
  keycare_plugin_link_rules(${name})
  keycare_plugin_output(${name} ${ARG_OUTPUT_DIRECTORY})
  set_property(TARGET ${name} APPEND PROPERTY LINK_DEPENDS ${manifest_in})
  if(ARG_UI_SOURCES)
    find_package(Qt6 REQUIRED COMPONENTS Widgets)
    add_library(${name}_ui MODULE ${ARG_UI_SOURCES})
    target_link_libraries(${name}_ui PRIVATE ${ARG_UI_LIBRARIES} ${sdk} Qt6::Widgets)
    keycare_plugin_link_rules(${name}_ui)
    keycare_plugin_output(${name}_ui ${ARG_OUTPUT_DIRECTORY})
    target_compile_definitions(${name}_ui PRIVATE QT_NO_KEYWORDS)  # the contract has words such as "slots" of its own
    set_target_properties(${name}_ui PROPERTIES AUTOMOC ON)
    if(ARG_UI_TRANSLATIONS)
      keycare_add_translations(${name}_ui ${ARG_UI_TRANSLATIONS})
    endif()
    if(CMAKE_SYSTEM_NAME STREQUAL "Linux")
      target_link_options(${name}_ui PRIVATE LINKER:-z,nodelete)  # a widget that outlived its library would crash
    endif()
    # Qt has a debug build of its own on Windows; elsewhere there is one Qt, whatever the plugin's build is.
    set(kind release)
    if(WIN32)
      set(kind $<IF:$<CONFIG:Debug>,debug,release>)
    endif()
    list(APPEND write_manifest -D UI=${ARG_OUTPUT_DIRECTORY}/${name}_ui${CMAKE_SHARED_MODULE_SUFFIX}
                               -D QT=${Qt6_VERSION}-${kind})
    add_dependencies(${name} ${name}_ui)
    add_custom_command(TARGET ${name}_ui POST_BUILD COMMAND ${write_manifest} -P ${script} VERBATIM)
  endif()
  add_custom_command(TARGET ${name} POST_BUILD COMMAND ${write_manifest} -P ${script}
                     BYPRODUCTS ${ARG_OUTPUT_DIRECTORY}/${name}.json VERBATIM)
endfunction()
