# nlohmann/json for a cross-compiler: the build machine's headers, which are the same everywhere, through a folder that holds
# nothing else. Its own package would put the whole of /usr/include, glibc and all, before the compiler's headers.
find_path(KEYCARE_JSON_FOLDER nlohmann/json.hpp PATHS /usr/include /usr/local/include NO_CMAKE_FIND_ROOT_PATH REQUIRED)
if(NOT TARGET nlohmann_json::nlohmann_json)
  set(folder ${CMAKE_BINARY_DIR}/portable-headers)
  file(MAKE_DIRECTORY ${folder})
  file(CREATE_LINK ${KEYCARE_JSON_FOLDER}/nlohmann ${folder}/nlohmann SYMBOLIC)
  add_library(nlohmann_json::nlohmann_json INTERFACE IMPORTED GLOBAL)
  target_include_directories(nlohmann_json::nlohmann_json INTERFACE ${folder})
endif()
set(nlohmann_json_FOUND TRUE)
