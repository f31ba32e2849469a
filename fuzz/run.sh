#!/usr/bin/env bash
# Every fuzzer for some seconds each, two at a time; what they found grows the corpus in the cache.
# An input that ends a fuzzer lies in BUILD/fuzz/crashes afterwards: fix the fault, and keep the
# input as a case in tests/data/fuzz/FUZZER, which the ordinary tests replay.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
build=$(realpath "$1")/fuzz
seconds=${2:-60}
program=$build/buildable_fuzz
corpus=${XDG_CACHE_HOME:-$HOME/.cache}/buildable/corpus
mkdir -p "$build/crashes" "$build/dictionaries"
bash fuzz/seeds.sh "$build/seeds"
export ASAN_OPTIONS=allocator_may_return_null=1:detect_leaks=1 UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1

one() { # name dictionaries
  local name=$1 dictionary=$build/dictionaries/$1.dict kept=tests/data/fuzz/$1 each
  shift
  : >"$dictionary"
  for each in "$@"; do cat "fuzz/dictionaries/$each.dict" >>"$dictionary"; done
  mkdir -p "$corpus/$name"
  [ -d "$kept" ] || kept=
  # shellcheck disable=SC2086
  if BUILDABLE_FUZZER=$name "$program" "$corpus/$name" "$build/seeds" $kept -dict="$dictionary" -max_len=1048576 \
    -max_total_time="$seconds" -timeout=60 -rss_limit_mb=3072 \
    -artifact_prefix="$build/crashes/$name-" -print_final_stats=1 >"$build/$name.log" 2>&1; then
    echo "$name: $(grep -o 'number_of_executed_units: *[0-9]*' "$build/$name.log" | grep -o '[0-9]*$') runs, nothing found"
  else
    tail -40 "$build/$name.log"
    echo "$name: FAILED, input in $build/crashes"
    return 1
  fi
}
export -f one
export build seconds program corpus
BUILDABLE_FUZZER=list "$program" | sort | xargs -P "$(nproc)" -I{} bash -c 'one {}'
