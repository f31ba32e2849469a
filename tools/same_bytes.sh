#!/usr/bin/env bash
# Same snapshot, same bytes: the trees that two builds generate must be equal. Arguments: the folders
# of the builds.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$1/buildable" generate --quiet --at 2026-06-01 --out "$work/one"
"$2/buildable" generate --quiet --at 2026-06-01 --out "$work/other"
diff -r "$work/one" "$work/other"
echo "same bytes from $1 and $2: $(find "$work/one" -type f | wc -l) files"
