#!/usr/bin/env bash
# self_test.sh - proves that check.sh can fail: one small tree for each broken rule, and a good one that passes.
set -euo pipefail
house=$(cd "$(dirname "$(readlink -f "$0")")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
faults=0

expect() { # expect <pass|fail> <file of the tree> <include>
  local tree=$work/tree outcome=pass
  rm -rf "$tree"
  mkdir -p "$tree/$(dirname "$2")"
  printf '// a file\n#include %s\n' "$3" >"$tree/$2"
  "$house/check.sh" --includes "$tree" >/dev/null 2>"$work/said" || outcome=fail
  [ "$outcome" = "$1" ] || { echo "$2 with $3: expected $1, got $outcome: $(cat "$work/said")" >&2; faults=$((faults + 1)); }
  if [ "$1" = fail ] && ! grep -q "^$2:2: " "$work/said"; then
    echo "$2 with $3: the place is not named" >&2
    faults=$((faults + 1))
  fi
}

expect fail plugin-api/include/keycare/sdk/a.hpp '"host-stub/services/a.hpp"'
expect fail plugin-api/include/keycare/abi/a.h '"keycare/sdk/a.hpp"'
expect fail plugin-api/include/keycare/abi/a.h '<string>'
expect fail plugins/renewal/core/a.cpp '"host-stub/services/a.hpp"'
expect fail plugins/renewal/core/a.cpp '"plugins/unlock/core/a.hpp"'
expect fail plugins/common/a.cpp '"plugins/unlock/core/a.hpp"'
expect fail host-stub/cli/a.cpp '"plugins/renewal/core/a.hpp"'
expect fail plugins/renewal/core/a.cpp '<QString>'
expect fail host-stub/cli/a.cpp '<QtCore>'
expect fail plugins/common/a.cpp '<openssl/evp.h>'
expect fail host-stub/loader/a.cpp '<openssl/evp.h>'
expect fail host-stub/services/http/a.cpp '<sqlite3.h>'
expect fail host-stub/services/signing/a.cpp '"gmt0016/skf.h"'
expect fail host-stub/cli/a.cpp '<p11-kit/pkcs11.h>'
expect fail host-stub/services/token/a.cpp '<boost/dll/shared_library.hpp>'
expect fail host-stub/loader/a.cpp '"host-stub/services/a.hpp"'
expect fail host-stub/services/a.cpp '"host-stub/cli/a.hpp"'
expect fail host-stub/soft-skf/a.cpp '"host-stub/services/a.hpp"'
expect fail host-stub/dev-ra/a.cpp '"host-stub/services/a.hpp"'
expect fail plugins/validity/core/a.cpp '<sys/stat.h>'
expect fail plugins/common/a.cpp '<thread>'
expect pass plugin-api/include/keycare/abi/a.h '<stdint.h>'
expect pass plugins/renewal/core/a.cpp '"plugins/common/a.hpp"'
expect pass plugins/renewal/core/a.cpp '"plugins/renewal/core/a.hpp"'
expect pass plugins/renewal/ui/a.cpp '<QWidget>'
expect pass host-stub/services/store/a.cpp '<sqlite3.h>'
expect pass host-stub/services/token/skf/a.cpp '"gmt0016/skf.h"'
expect pass host-stub/services/token/pkcs11/a.cpp '<p11-kit/pkcs11.h>'
expect pass host-stub/services/token/a.cpp '"host-stub/services/token/pkcs11/a.hpp"'
expect pass host-stub/cli/a.cpp '"host-stub/loader/loader.hpp"'

# Built libraries: the loader's corpus has one that exports too much, and one with a foreign library.
corpus=${1:-}
if [ -n "$corpus" ]; then
  for bad in exports-too-much foreign-library search-path; do
    rm -rf "$work/build"
    mkdir -p "$work/build/plugins"
    cp "$corpus/$bad.so" "$work/build/plugins/"
    touch "$work/build/plugins/$bad.json"
    if "$house/check.sh" --links "$work/build" 2>/dev/null; then
      echo "$bad.so: expected fail, got pass" >&2
      faults=$((faults + 1))
    fi
  done
  cp "$corpus/good-table.so" "$work/build/plugins/$bad.so"
  "$house/check.sh" --links "$work/build" || faults=$((faults + 1))
fi
[ $faults -eq 0 ]
