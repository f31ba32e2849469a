#!/usr/bin/env bash
# `check` of one repository and of 10,000 generated ones, beside the floor: `rg --files` over the
# same tree and reading the files that check reads, on as many threads. Beside Renovate's own
# extraction, if BUILDABLE_RENOVATE is its command.
set -euo pipefail
here=$(dirname "$(realpath "$0")")
build=$(realpath "$1")
count=${2:-10000}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
program=$build/buildable
reader=$build/bench/read_files

node "$here/repositories.js" "$work/many" "$count"
node "$here/repositories.js" "$work/one" 1
one=$(cat "$work/one.list")
cp "$work/one.read" "$work/one.files"
listing="rg --files --hidden --no-require-git"

measure() { # name, runs, then "label" "command" ...
  local name=$1 runs=$2
  shift 2
  local arguments=()
  while [ $# -gt 0 ]; do
    arguments+=(--command-name "$1" "$2")
    shift 2
  done
  hyperfine --shell=none --ignore-failure --warmup 3 --runs "$runs" --export-json "$work/$name.json" \
    "${arguments[@]}" >/dev/null 2>&1
}

report() { # name, label of the floor
  node -e '
    const results = JSON.parse(require("fs").readFileSync(process.argv[1])).results;
    const floors = results.filter((r) => r.command.startsWith("floor"));
    const floor = floors.reduce((sum, r) => sum + r.median, 0);
    for (const r of results)
      console.log(`${r.command.padEnd(34)} ${(r.median * 1e3).toFixed(2).padStart(10)} ms  ${(r.median / floor).toFixed(2).padStart(8)} x the floor`);
  ' "$work/$1.json"
}

renovate=()
if [ -n "${BUILDABLE_RENOVATE:-}" ]; then
  git -C "$one" init --quiet
  git -C "$one" add --all
  renovate=("Renovate's extraction" "sh -c 'cd $one && LOG_LEVEL=fatal $BUILDABLE_RENOVATE --platform=local --dry-run=extract'")
fi

measure one 100 \
  "buildable check, one repository" "$program check $one --at 2026-06-01" \
  "floor: rg --files" "$listing $one" \
  "floor: reading the same files" "$reader $work/one.files"
[ ${#renovate[@]} -eq 0 ] || measure renovate 3 "${renovate[@]}"
measure many 5 \
  "buildable check, $count repositories" "$program check --paths-from $work/many.list --format json --at 2026-06-01" \
  "floor: rg --files" "$listing $work/many" \
  "floor: reading the same files" "$reader $work/many.read"

echo "check: $(find "$work/many" -type f | wc -l) files in $count repositories, $(wc -l <"$work/many.read") of them read; medians"
report one
[ ${#renovate[@]} -eq 0 ] || report renovate
report many
