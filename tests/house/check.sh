#!/usr/bin/env bash
# check.sh - the house's rules: formatting, who may include what, what the built libraries need and export, static analysis.
#
#   check.sh BUILD             everything, for the tree that this script lies in and its build
#   check.sh --includes TREE   only the include rules, of any tree
#   check.sh --links BUILD     only the rules for what was built
set -euo pipefail
house=$(cd "$(dirname "$(readlink -f "$0")")" && pwd)
root=$(cd "$house/../.." && pwd)
faults=0

complain() { # complain <where> <sentence>
  echo "$1: $2" >&2
  faults=$((faults + 1))
}

# folders @ but not in (- for none) @ forbidden include @ why. All but the last are regular expressions.
include_rules=$(cat <<'TABLE'
^plugin-api/@-@"(host-stub|plugins)/@the contract depends on no other folder
^plugin-api/include/keycare/abi/@-@"keycare/sdk/|<[a-z_]*>|<[^>]*hpp>@the ABI is C11, and knows nothing of the SDK
^plugins/@-@host-stub/@a plugin knows its host only through the contract
^host-stub/@-@"plugins/@a host knows a plugin only through the contract
^(plugin-api|plugins|host-stub)/@^(plugins/[^/]+/ui|host-stub/shell)/@<Q[A-Zt]@Qt belongs to the windows
^plugins/[^/]+/ui/@^plugins/common/ui/@"plugins/(common/[a-z_]+\.hpp|[a-z]+/core/)@a page drives its core through commands, and includes nothing of it
^(plugin-api|plugins|host-stub)/@^host-stub/(services|soft-skf|dev-ra)/@<openssl/@only services, soft-skf and dev-ra know OpenSSL
^(plugin-api|plugins|host-stub)/@^host-stub/(services/store|dev-ra)/@<sqlite3@SQLite belongs to the store and the development RA
^(plugin-api|plugins|host-stub)/@^host-stub/(services/token/skf|soft-skf)/@gmt0016/@the SKF interface belongs to its back end
^(plugin-api|plugins|host-stub)/@^host-stub/services/token/pkcs11/@p11-kit/|<pkcs11@the PKCS#11 interface belongs to its back end
^(plugin-api|plugins|host-stub)/@^host-stub/loader/@boost/dll@only the loader loads plugins
^host-stub/loader/@-@host-stub/(services|client|dev-ra|cli|demo|shell)/@the loader stands beside the services
^host-stub/services/@-@host-stub/(loader|client|dev-ra|cli|demo|shell)/@no arrow goes back up
^host-stub/soft-skf/@-@host-stub/(services|loader|client|dev-ra|cli|demo|shell)/@the software token is a library like a maker's
^host-stub/dev-ra/@-@host-stub/(services|loader|client|cli|demo|shell)/@the development RA stands alone, as a real one does
^host-stub/client/@-@host-stub/(dev-ra|cli|demo|shell)/@a client knows no surface
^host-stub/shell/@-@host-stub/(dev-ra|cli|demo)/@the window stands beside the command line
^plugins/(common|[^/]+/core)/@-@<(unistd\.h|dlfcn\.h|windows\.h|fcntl\.h|sys/)@a core is portable
^plugins/(common|[^/]+/core)/@-@<(thread|mutex|future|condition_variable|pthread\.h)>@the host owns every thread
TABLE
)

check_includes() {
  local tree=$1 all where except forbidden why hits line
  all=$(cd "$tree" && grep -rnE '^[[:space:]]*#[[:space:]]*include' --include='*.[ch]' --include='*.[ch]pp' \
          plugin-api plugins host-stub 2>/dev/null || true)
  while IFS='@' read -r where except forbidden why; do
    hits=$(where=$where except=$except forbidden=$forbidden awk -F: '
      $1 ~ ENVIRON["where"] && (ENVIRON["except"] == "-" || $1 !~ ENVIRON["except"]) {
        include = $0; sub(/^[^#]*#[ \t]*include[ \t]*/, "", include)
        if (include ~ ENVIRON["forbidden"]) print $1 ":" $2 ": " include
      }' <<<"$all")
    while read -r line; do
      [ -z "$line" ] || complain "$line" "$why"
    done <<<"$hits"
  done <<<"$include_rules"
  # One plugin and another: plugins/<a> includes plugins/<a> and plugins/common.
  while read -r line; do
    [ -z "$line" ] || complain "$line" "a plugin knows no other plugin; what two need is in plugins/common"
  done < <(awk -F: '$1 ~ /^plugins\// {
      split($1, path, "/"); include = $0; sub(/^[^"<]*["<]/, "", include)
      if (split(include, to, "/") > 2 && to[1] == "plugins" && to[2] != path[2] && to[2] != "common")
        print $1 ":" $2 ": " include
    }' <<<"$all")
}

check_links() {
  local build=$1 library needed name exported found=0
  for library in "$build"/plugins/*.so; do
    [ -e "$library" ] || continue
    found=1
    needed=$(readelf -dW "$library")
    while read -r name; do
      case $name in
        '' | libc.so.* | libm.so.* | libstdc++.so.* | libgcc_s.so.* | ld-linux*) ;;
        libQt6*.so.* | libGL.so.* | libEGL.so.* | libGLX.so.* | libOpenGL.so.* | libqrencode.so.*)
          case $library in
            *_ui.so) ;;
            *) complain "$library" "needs $name, which belongs to pages" ;;
          esac ;;
        *) complain "$library" "needs $name, which a plugin may not use" ;;
      esac
    done < <(sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' <<<"$needed")
    if grep -qE '\((RPATH|RUNPATH)\)' <<<"$needed"; then complain "$library" "has a search path of its own"; fi
    exported=$(readelf --dyn-syms -W "$library" |
      awk '$7 != "UND" && ($5 == "GLOBAL" || $5 == "WEAK" || $5 == "UNIQUE") && $8 != "" { print $8 }')
    [ "$exported" = keycare_plugin_entry ] ||
      complain "$library" "exports $(wc -w <<<"$exported") symbols and not keycare_plugin_entry alone"
    [ -e "${library%.so}.json" ] || [ -e "${library%_ui.so}.json" ] || complain "$library" "has no manifest beside it"
  done
  [ $found -eq 1 ] || complain "$build/plugins" "there are no plugins"
  for library in "$build"/bin/keycare-host "$build"/bin/keycare-probe; do
    if [ -e "$library" ] && readelf -dW "$library" | grep -q 'NEEDED.*libQt'; then
      complain "$library" "needs Qt: a command line must not pay for it"
    fi
  done
}

check_format() {
  local files
  mapfile -t files < <(cd "$root" && find plugin-api plugins host-stub tests -name '*.[ch]' -o -name '*.[ch]pp' | sort)
  (cd "$root" && clang-format --dry-run -Werror "${files[@]}") || complain format "run clang-format -i on the files above"
}

# Where it is worth its time: what reads hostile input or decides, and is plain enough to be analysed in seconds.
check_tidy() {
  local files commands
  # Configured anew, because clang can read neither the batches nor the precompiled headers of the build.
  commands=$(mktemp -d)
  cmake -S "$root" -B "$commands" -G Ninja -DCMAKE_EXPORT_COMPILE_COMMANDS=ON -DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON >/dev/null
  mapfile -t files < <(cd "$root" && ls host-stub/loader/{elf_scan,file,sealed_copy,probe,version}.cpp plugins/common/*.cpp \
                         plugins/*/core/next_step.cpp plugins/validity/core/period.cpp 2>/dev/null)
  (cd "$root" && printf '%s\0' "${files[@]}" |
    xargs -0 -n 1 -P "$(nproc)" clang-tidy -p "$commands" --quiet --warnings-as-errors='*' --extra-arg=-Wno-unknown-warning-option \
      --checks='-*,clang-analyzer-*,bugprone-*,-bugprone-easily-swappable-parameters' 2>/dev/null) ||
    complain clang-tidy "its findings stand above"
  rm -r "$commands"
}

case ${1:-} in
  --includes) check_includes "${2:?a tree}" ;;
  --links) check_links "${2:?a build folder}" ;;
  '' | -*) sed -n '2,6s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
  *)
    build=$(cd "$1" && pwd)
    check_includes "$root"
    check_links "$build"
    check_format
    check_tidy
    ;;
esac
if [ $faults -ne 0 ]; then
  echo "$faults of the house's rules are broken." >&2
  exit 1
fi
