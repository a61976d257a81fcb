#!/usr/bin/env bash
# run.sh - runs the fuzz targets that were built, two at a time, and prints a table: ./dev fuzz [seconds] [target].
# Ends non-zero after a crash, a time-out or too much memory; the input that caused it lies in build/fuzz/findings/.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
out=build/fuzz

one() {
  local seconds=$1 target=$2 max_len=$3
  mkdir -p "$out/corpus/$target" "$out/log" "$out/findings"
  rm -f "$out/findings/$target"-*
  # What a run has found stays in build/fuzz/corpus and is where the next one starts.
  "$out/bin/${target}_fuzz" -max_total_time="$seconds" -timeout=5 -rss_limit_mb=1024 -max_len="$max_len" \
    -print_final_stats=1 -artifact_prefix="$out/findings/$target-" \
    "$out/corpus/$target" "tests/fuzz/corpus/$target" >"$out/log/$target.log" 2>&1 || true
}

stat() { sed -n "s/^stat::$2: *//p" "$out/log/$1.log" | tail -1; }

if [ "${1:-}" = --one ]; then
  shift
  one "$@"
  exit
fi

seconds=${1:-60}
chosen=${2:-}
[[ $seconds =~ ^[1-9][0-9]*$ ]] || { echo "How many seconds a target? '$seconds' is no number." >&2; exit 2; }
list=$(awk -v chosen="$chosen" 'chosen == "" || $1 == chosen' "$out/fuzzers.txt")
[ -n "$list" ] || { echo "There is no fuzz target '$chosen'. There are: $(cut -d' ' -f1 "$out/fuzzers.txt" | xargs)" >&2; exit 2; }

xargs -P 2 -L 1 tests/fuzz/run.sh --one "$seconds" <<<"$list"

row='%-16s %12s %10s %8s %10s %9s\n'
# shellcheck disable=SC2059
printf "$row" target executions 'exec/s' edges 'new corpus' findings
failed=0
while read -r target _; do
  log=$out/log/$target.log
  findings=$(find "$out/findings" -name "$target-*" | wc -l)
  edges=$(sed -n 's/.* cov: \([0-9]*\).*/\1/p' "$log" | tail -1)
  # shellcheck disable=SC2059
  printf "$row" "$target" "$(stat "$target" number_of_executed_units)" "$(stat "$target" average_exec_per_sec)" \
    "$edges" "$(stat "$target" new_units_added)" "$findings"
  # No figures: the target did not come to its end, whatever it left behind.
  if [ "$findings" -ne 0 ] || ! grep -q '^Done ' "$log"; then
    failed=1
    grep -m 3 -E '^==|SUMMARY|broken promise|ERROR' "$log" | sed 's/^/    /' || true
    echo "    the whole report: $log"
  fi
done <<<"$list"
exit $failed
