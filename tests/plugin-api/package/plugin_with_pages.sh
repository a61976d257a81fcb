#!/usr/bin/env bash
# plugin_with_pages.sh - UI_SOURCES makes a second library, and the manifest names it, its hash and its Qt, always the latest.
#
#   plugin_with_pages.sh CMAKE COMPILER TREE BUILD
set -euo pipefail
cmake=$1 compiler=$2 tree=$3 build=$4
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
  echo "$1" >&2
  [ $# -lt 2 ] || cat "$2" >&2
  exit 1
}
quietly() { "$@" >"$work/log" 2>&1 || fail "failed: $*" "$work/log"; }
plugins=$work/mine-build/plugins
make_and_look() {
  quietly "$cmake" --build "$work/mine-build"
  grep -qF "\"sha256\" : \"$(sha256sum "$plugins/template.so" | cut -d' ' -f1)\"" "$plugins/template.json" ||
    fail "the manifest does not have the core's hash:" "$plugins/template.json"
  grep -qF "\"sha256\" : \"$(sha256sum "$plugins/template_ui.so" | cut -d' ' -f1)\"" "$plugins/template.json" ||
    fail "the manifest does not have the hash of the pages' library:" "$plugins/template.json"
}

quietly "$cmake" --install "$build" --component keycare-plugin-api --prefix "$work/kit"
cp -r "$work/kit/share/keycare/template" "$work/mine"
cp "$tree/tests/plugin-api/package/page.cpp" "$work/mine/"
sed -i 's/^keycare_add_plugin(.*core.cpp/& UI_SOURCES page.cpp/' "$work/mine/CMakeLists.txt"
quietly "$cmake" -S "$work/mine" -B "$work/mine-build" -G Ninja -D CMAKE_PREFIX_PATH="$work/kit" -D CMAKE_CXX_COMPILER="$compiler"
make_and_look
grep -qE '"qt" : "6[.][0-9]+[.][0-9]+-release"' "$plugins/template.json" || fail "no Qt tag:" "$plugins/template.json"

# The pages' library keeps to a plugin's rules, and the core does not pay for Qt.
exported=$(readelf --dyn-syms -W "$plugins/template_ui.so" |
  awk '$7 != "UND" && ($5 == "GLOBAL" || $5 == "WEAK" || $5 == "UNIQUE") && $8 != "" { print $8 }')
[ "$exported" = keycare_plugin_entry ] || fail "the pages' library exports: $exported"
readelf -dW "$plugins/template_ui.so" >"$work/dynamic"
if grep -qE '\((RPATH|RUNPATH)\)' "$work/dynamic"; then fail "it has a search path of its own"; fi
grep -q 'NODELETE' "$work/dynamic" || fail "it can be unloaded under its widgets"
grep -q 'NEEDED.*libQt6Widgets' "$work/dynamic" || fail "it does not need Qt"
if readelf -dW "$plugins/template.so" | grep -q libQt; then fail "the core needs Qt"; fi

# The host takes such a manifest, and a change of either library alone is in it after the build.
XDG_DATA_HOME=$work/data "$build/bin/keycare-host" plugins --lang en --manifest "$plugins/template.json" >"$work/said"
grep -qF '✓ template 1.0.0  Template' "$work/said" || fail "the host said:" "$work/said"
sed -i 's/"Hello"/"Good day"/' "$work/mine/page.cpp"
make_and_look
sed -i 's/"Hello"/"Good day"/' "$work/mine/core.cpp"
make_and_look
