#!/usr/bin/env bash
# Every fuzzer for some seconds each, two at a time; what they found grows the corpus in the cache.
# Stops with the input that crashed in build/fuzz/crashes.
set -euo pipefail
build=$(realpath "$1")
seconds=${2:-60}
corpus=${XDG_CACHE_HOME:-$HOME/.cache}/buildable/corpus
mkdir -p "$build/crashes"

one() { # fuzzer
  local name
  name=$(basename "$1")
  mkdir -p "$corpus/$name"
  if "$1" "$corpus/$name" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 \
    -artifact_prefix="$build/crashes/$name-" -print_final_stats=1 >"$build/$name.log" 2>&1; then
    echo "$name: $(grep -o 'number_of_executed_units: *[0-9]*' "$build/$name.log" | grep -o '[0-9]*$') runs, nothing found"
  else
    tail -30 "$build/$name.log"
    echo "$name: FAILED, input in $build/crashes"
    return 1
  fi
}
export -f one
export build seconds corpus
find "$build/fuzz" -maxdepth 1 -type f -name 'fuzz_*' -perm -u+x | sort | xargs -P "$(nproc)" -I{} bash -c 'one {}'
