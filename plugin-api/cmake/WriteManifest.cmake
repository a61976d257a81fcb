# Writes OUTPUT: MANIFEST with "core" set to the name and SHA-256 of LIBRARY. Runs after each link of a plugin.
cmake_minimum_required(VERSION 3.23)
file(READ ${MANIFEST} manifest)
file(SHA256 ${LIBRARY} sha256)
get_filename_component(file ${LIBRARY} NAME)
string(JSON manifest SET "${manifest}" core "{\"file\": \"${file}\", \"sha256\": \"${sha256}\"}")
# Written whole under another name first: a host that starts meanwhile never reads half a manifest.
file(WRITE ${OUTPUT}.new "${manifest}\n")
file(RENAME ${OUTPUT}.new ${OUTPUT})
