# What every target of this tree is built with: language, warnings, sanitizers, precompiled headers, test registration.
include(CTest)

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_C_STANDARD 11)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
set(CMAKE_LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/lib)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()

set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")
set(CMAKE_C_FLAGS_RELEASE "-O2 -DNDEBUG")

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  # Without this sloppiness ccache does not keep what was compiled with a precompiled header; with the other two, clones share it.
  set(CMAKE_C_COMPILER_LAUNCHER env CCACHE_SLOPPINESS=pch_defines,time_macros CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1
    ${CCACHE_PROGRAM})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_C_COMPILER_LAUNCHER})
endif()

add_compile_options(-Wall -Wextra -Wpedantic -Wconversion -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # GCC 12 sees overlaps and overruns inside std::string's and std::vector's own copies (its bugs 105651, 105329); 13 does not.
  add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-Wno-restrict> $<$<COMPILE_LANGUAGE:CXX>:-Wno-array-bounds>
    $<$<COMPILE_LANGUAGE:CXX>:-Wno-stringop-overflow>)
endif()
if(CMAKE_UNITY_BUILD)
  # A file of a batch is included by another, so g++ takes its unnamed namespace for a header's.
  add_compile_options($<$<COMPILE_LANG_AND_ID:CXX,GNU>:-Wno-subobject-linkage>)
endif()
set(KEYCARE_SANITIZE "" CACHE STRING "Sanitizers to build with, for example address,undefined")
if(KEYCARE_SANITIZE)
  # clang keeps the sanitizer's run time in the program, so that an instrumented plugin needs no library that the loader
  # refuses; and it compiles them in half of g++'s time.
  if(NOT CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    message(FATAL_ERROR "KEYCARE_SANITIZE is for clang: use the presets asan and tsan.")
  endif()
  # Line numbers are what a report needs of the debug information; the rest of it is most of the build's time.
  # "function" is left out: it compares a C function's type with the pointer's by C++ name, and every table here is C.
  add_compile_options(-fsanitize=${KEYCARE_SANITIZE} -fno-sanitize=function -fno-sanitize-recover=all -fno-omit-frame-pointer -g1)
  # The run time is linked into a hundred programs; lld does that in a third of ld's time.
  add_link_options(-fsanitize=${KEYCARE_SANITIZE} -fuse-ld=lld)
  add_compile_definitions(KEYCARE_SANITIZED)
endif()

# Precompiled headers: one for the static libraries, one for the tests (programs are compiled with -fPIE). Plugins and other
# shared libraries have none, because they hide their symbols.
set(KEYCARE_COMMON_HEADERS <nlohmann/json.hpp> <algorithm> <array> <chrono> <condition_variable> <filesystem> <functional>
  <map> <memory> <mutex> <optional> <set> <span> <string> <string_view> <thread> <variant> <vector>)
# What is tested is optimised; the tests themselves compile in half of the time when they are not.
set(KEYCARE_TEST_OPTIONS $<$<CONFIG:Release>:-O0>)
function(keycare_make_precompiled_headers)
  set(empty ${CMAKE_BINARY_DIR}/precompiled.cpp)
  file(GENERATE OUTPUT ${empty} CONTENT "int main() {}\n")
  add_library(keycare_precompiled STATIC ${empty})
  target_link_libraries(keycare_precompiled PRIVATE nlohmann_json::nlohmann_json)
  target_precompile_headers(keycare_precompiled PRIVATE ${KEYCARE_COMMON_HEADERS})
  if(BUILD_TESTING)
    add_executable(keycare_precompiled_tests ${empty})
    target_link_libraries(keycare_precompiled_tests PRIVATE nlohmann_json::nlohmann_json GTest::gtest GTest::gmock)
    target_compile_options(keycare_precompiled_tests PRIVATE ${KEYCARE_TEST_OPTIONS})
    target_precompile_headers(keycare_precompiled_tests PRIVATE ${KEYCARE_COMMON_HEADERS} <gtest/gtest.h> <gmock/gmock.h>)
  endif()
endfunction()

# keycare_precompile(TARGET ...): static libraries that use the common headers.
function(keycare_precompile)
  foreach(target ${ARGN})
    target_precompile_headers(${target} REUSE_FROM keycare_precompiled)
  endforeach()
endfunction()

# keycare_add_kit(NAME SOURCE ...): what tests share; not optimised, as they are not.
function(keycare_add_kit name)
  add_library(${name} STATIC ${ARGN})
  target_compile_options(${name} PRIVATE ${KEYCARE_TEST_OPTIONS})
endfunction()

# keycare_add_test(NAME SOURCES ... LIBRARIES ... [LABELS ...] [TIMEOUT seconds])
# One GoogleTest program, registered test by test, so that ctest names the sentence that failed.
function(keycare_add_test name)
  cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;LIBRARIES;LABELS;DEFINITIONS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE ${ARG_LIBRARIES} GTest::gtest_main GTest::gmock)
  target_compile_definitions(${name} PRIVATE ${ARG_DEFINITIONS})
  target_compile_options(${name} PRIVATE ${KEYCARE_TEST_OPTIONS})
  target_precompile_headers(${name} REUSE_FROM keycare_precompiled_tests)
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 60)
  endif()
  if(KEYCARE_SANITIZE)
    math(EXPR ARG_TIMEOUT "4 * ${ARG_TIMEOUT}")  # ThreadSanitizer's factor, on a machine that does something else besides
  endif()
  include(GoogleTest)
  gtest_discover_tests(${name} DISCOVERY_TIMEOUT 60 DISCOVERY_MODE PRE_TEST
    PROPERTIES TIMEOUT ${ARG_TIMEOUT} LABELS "${ARG_LABELS}")
endfunction()
