# Writes openapi.json into a C++ file, so that dev-ra holds bodies against it wherever it runs. cmake -DIN= -DOUT= -P openapi.cmake
file(READ ${IN} octets HEX)
string(REGEX REPLACE "(................................)" "\\1\n" octets "${octets}")
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," octets "${octets}")
file(WRITE ${OUT} "// Made from openapi.json.\n#include <cstddef>\nnamespace keycare::dev_ra {\n\
extern const unsigned char openapi_text[];\nextern const std::size_t openapi_size;\n\
const unsigned char openapi_text[] = {\n${octets}};\nconst std::size_t openapi_size = sizeof openapi_text;\n}\n")
