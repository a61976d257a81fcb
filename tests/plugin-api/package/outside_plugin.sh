#!/usr/bin/env bash
# outside_plugin.sh - what a developer outside the house does: installs the kit, copies the template out of it, builds it in a
# folder of their own, and loads and runs it with the real host; and reads a sentence for each mistake.
#
#   outside_plugin.sh CMAKE COMPILER TREE BUILD
set -euo pipefail
cmake=$1 compiler=$2 tree=$3 build=$4
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
  echo "$1" >&2
  [ $# -lt 2 ] || cat "$2" >&2
  exit 1
}

# Nothing of the environment helps along, and the host's data stays here.
outside() { (cd "$work" && env -i PATH="$PATH" HOME="$work/home" XDG_DATA_HOME="$work/data" LC_ALL=C.UTF-8 "$@"); }
quietly() { outside "$@" >"$work/log" 2>&1 || fail "failed: $*" "$work/log"; }
make_plugin() {
  quietly "$cmake" -S "$work/mine" -B "$work/mine-build" -G Ninja -D CMAKE_PREFIX_PATH="$work/kit" \
    -D CMAKE_CXX_COMPILER="$compiler" -D CMAKE_FIND_USE_PACKAGE_REGISTRY=OFF
  quietly "$cmake" --build "$work/mine-build"
}
manifest=$work/mine-build/plugins/template.json
expect() { # expect <exit code of the list of plugins> <what it says>
  local code=0
  outside "$build/bin/keycare-host" plugins --lang en --manifest "$manifest" >"$work/said" 2>&1 || code=$?
  [ "$code" -eq "$1" ] || fail "plugins ended with $code" "$work/said"
  grep -qF -- "$2" "$work/said" || fail "expected '$2', but the host said:" "$work/said"
}

# The kit has no path of the machine that made it, and works where it was moved to.
quietly "$cmake" --install "$build" --component keycare-plugin-api --prefix "$work/made"
mv "$work/made" "$work/kit"
for part in include/keycare/abi/all.h include/keycare/sdk/plugin_side.hpp share/keycare/manifest.schema.json \
  share/keycare/template/CMakeLists.txt; do
  [ -f "$work/kit/$part" ] || fail "the kit has no $part"
done
[ -z "$(find "$work/kit" -type l)" ] || fail "the kit has links out of it: $(find "$work/kit" -type l)"
for path in "$tree" "$build" "$work" "${HOME:-/root}/"; do
  if grep -rlF -- "$path" "$work/kit"; then fail "the files above name $path, a path of the machine that made the kit"; fi
done

# A copy of the installed template builds in a folder of its own, and read nothing of this tree.
cp -r "$work/kit/share/keycare/template" "$work/mine"
make_plugin
[ "$(outside ninja -C "$work/mine-build" -t deps | grep -c '/keycare/sdk/plugin_side.hpp$')" -ge 2 ] || fail "no dependencies to look at"
if { outside ninja -C "$work/mine-build" -t deps; cat "$work/mine-build/CMakeCache.txt"; } | grep -F -- "$tree/"; then
  fail "the build outside read the lines above from the tree"
fi

# The real host loads it and runs it.
expect 0 '✓ template 1.0.0  Template'
outside "$build/bin/keycare-host" run template hello --name Li --lang en --manifest "$manifest" >"$work/said"
[ "$(cat "$work/said")" = 'Hello, Li!' ] || fail "hello said something else:" "$work/said"

# A service that its manifest does not ask for: refused, by name; asked for, it loads.
sed -i 's/  auto clock = host/  if (const auto tokens = host.get<token_client>(); !tokens) return tokens.error();\n&/' "$work/mine/core.cpp"
make_plugin
expect 5 'Plugin "template" did not ask for the permission to use keycare.token/1.  [KC-PLUGIN-NO-PERMISSION]'
sed -i 's/"permissions": \[\]/"permissions": ["token.read"]/' "$work/mine/manifest.json.in"
make_plugin
expect 0 '✓ template 1.0.0  Template'

# A permission that no host knows, and a library that is not the one that was built.
cp "$manifest" "$work/good.json"
sed -i 's/"token.read"/"token.eat"/' "$manifest"
expect 5 '[KC-PLUGIN-PERMISSION-UNKNOWN]'
cp "$work/good.json" "$manifest"
printf 'x' >>"$work/mine-build/plugins/template.so"
expect 5 '[KC-PLUGIN-HASH-MISMATCH]'
