#!/usr/bin/env bash
# Whole processes side by side, in one run: buildable, the floor (a C++ program that only writes the
# same bytes, linked the same way), and an empty Node.js, which is what a script would start with.
set -euo pipefail
build=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
program=$build/buildable
floor=$build/bench/floor

"$program" generate --quiet --out "$work/tree"
(cd "$work/tree" && find . -type f | sed 's|^\./||' | LC_ALL=C sort) | while read -r path; do
  printf '%s %s\n' "$(stat -c %s "$work/tree/$path")" "$path"
  cat "$work/tree/$path"
done >"$work/pack"
"$program" explain python 3.14.0 --at 2026-05-20 >"$work/explained"

measure() { # name, then commands: "label" "command" …
  local name=$1
  shift
  local arguments=()
  while [ $# -gt 0 ]; do
    arguments+=(--command-name "$1" "$2")
    shift 2
  done
  hyperfine -N --warmup 20 --runs 200 --prepare "rm -rf $work/out" --export-json "$work/$name.json" \
    "${arguments[@]}" >/dev/null 2>&1
}

measure generate \
  "buildable generate" "$program generate --quiet --out $work/out" \
  "floor: the same files" "$floor $work/pack $work/out" \
  "node -e 0" "node -e 0"
measure explain \
  "buildable explain" "$program explain python 3.14.0 --at 2026-05-20" \
  "floor: the same text" "$floor $work/explained" \
  "node -e 0" "node -e 0"

echo "$(find "$work/tree" -type f | wc -l) files, $(du -sb "$work/tree" | cut -f1) bytes; medians of 200 runs"
for name in generate explain; do
  node -e '
    const results = JSON.parse(require("fs").readFileSync(process.argv[1])).results;
    const floor = results[1].median;
    for (const r of results)
      console.log(`${r.command.padEnd(24)} ${(r.median * 1e3).toFixed(2).padStart(8)} ms  ${(r.median / floor).toFixed(2).padStart(6)} x the floor`);
  ' "$work/$name.json"
done

bash "$(dirname "$(realpath "$0")")/check.sh" "$build"
