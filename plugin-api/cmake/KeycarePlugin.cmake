# keycare_add_plugin(): a plugin's library and the manifest beside it. Works in this tree and from an installed package.
#
#   keycare_add_plugin(<name> MANIFEST manifest.json.in SOURCES a.cpp ... [LIBRARIES ...] [OUTPUT_DIRECTORY dir])
#
# makes the target <name> and, in the output directory (default: <build>/plugins), <name>.so and <name>.json. @VARIABLES@
# in the manifest are filled in when CMake configures; "core" is written after each link, with the SHA-256 of the library.
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
  endif()  # Windows exports nothing but what says __declspec(dllexport).
endfunction()

function(keycare_add_plugin name)
  cmake_parse_arguments(ARG "" "MANIFEST;OUTPUT_DIRECTORY" "SOURCES;LIBRARIES" ${ARGN})
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

  add_library(${name} MODULE ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE ${ARG_LIBRARIES} ${sdk})
  keycare_plugin_link_rules(${name})
  set(manifest_in ${CMAKE_CURRENT_BINARY_DIR}/${name}.manifest.json)
  configure_file(${ARG_MANIFEST} ${manifest_in} @ONLY)
  set_target_properties(${name} PROPERTIES OUTPUT_NAME ${name} LIBRARY_OUTPUT_DIRECTORY ${ARG_OUTPUT_DIRECTORY})
  set_property(TARGET ${name} APPEND PROPERTY LINK_DEPENDS ${manifest_in})
  add_custom_command(TARGET ${name} POST_BUILD
    COMMAND ${CMAKE_COMMAND} -D LIBRARY=$<TARGET_FILE:${name}> -D MANIFEST=${manifest_in}
            -D OUTPUT=${ARG_OUTPUT_DIRECTORY}/${name}.json -P ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/WriteManifest.cmake
    BYPRODUCTS ${ARG_OUTPUT_DIRECTORY}/${name}.json
    VERBATIM)
endfunction()
