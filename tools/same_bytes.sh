#!/usr/bin/env bash
# Same snapshot, same bytes: the tree from the g++ build and from the clang build must be equal. The
# clang build is the sanitized one, which the tests need anyway.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for preset in release asan; do
  cmake --preset "$preset" >/dev/null
  cmake --build --preset "$preset" --target buildable
  "build/$preset/buildable" generate --quiet --at 2026-06-01 --out "$work/$preset"
done
diff -r "$work/release" "$work/asan"
echo "same bytes from g++ and clang: $(find "$work/asan" -type f | wc -l) files"
