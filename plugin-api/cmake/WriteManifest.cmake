# Writes OUTPUT: MANIFEST with "core" set to the name and SHA-256 of CORE, and "ui" to those of UI, when there is one, and to
# QT, the Qt that it was built with. Runs after each link of a plugin's libraries.
cmake_minimum_required(VERSION 3.23)
if(NOT EXISTS ${CORE})
  return()  # the UI is linked first; the manifest is written when there is all that it names
endif()
file(READ ${MANIFEST} manifest)
file(SHA256 ${CORE} sha256)
get_filename_component(file ${CORE} NAME)
string(JSON manifest SET "${manifest}" core "{\"file\": \"${file}\", \"sha256\": \"${sha256}\"}")
if(UI)
  file(SHA256 ${UI} sha256)
  get_filename_component(file ${UI} NAME)
  string(JSON manifest SET "${manifest}" ui "{\"file\": \"${file}\", \"sha256\": \"${sha256}\", \"qt\": \"${QT}\"}")
endif()
# Written whole under another name first: a host that starts meanwhile never reads half a manifest.
file(WRITE ${OUTPUT}.new "${manifest}\n")
file(RENAME ${OUTPUT}.new ${OUTPUT})
