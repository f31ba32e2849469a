#!/usr/bin/env bash
# Same snapshot, same bytes: the tree from the g++ build and from the clang build must be equal.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for preset in release clang; do
  cmake --preset "$preset" >/dev/null
  cmake --build --preset "$preset" --target buildable
  "build/$preset/buildable" generate --quiet --at 2026-06-01 --out "$work/$preset"
done
diff -r "$work/release" "$work/clang"
echo "same bytes from g++ and clang: $(find "$work/clang" -type f | wc -l) files"
