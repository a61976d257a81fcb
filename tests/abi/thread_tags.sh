#!/usr/bin/env bash
# thread_tags.sh FOLDER - every function of every table says on which threads it may be called, in one of the three tags.
set -euo pipefail
awk '
  /^ *\/\*\*/ { comment = "" }
  { comment = comment " " $0 }
  /^  [a-z_0-9]+ \*?\(\*[a-z_0-9]+\)\(/ {
    functions++
    before = comment
    sub(/\*\/[^*]*\(\*.*/, "*/", before)
    if (before !~ /\[(main|worker|any)-thread\][ *]*\*\/$/) {
      print FILENAME ":" FNR ": a function without a thread tag: " $0
      faults++
    }
    comment = ""
  }
  END {
    if (functions < 40) { print "only " functions + 0 " functions were found"; faults++ }
    exit faults != 0
  }' "$1"/*.h
