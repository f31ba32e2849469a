#!/bin/sh
# Installs the oracles' packages outside the source tree and prints where. --where only prints.
set -eu

source_directory=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
digest=$(sha256sum "$source_directory/package-lock.json" | cut -c 1-16)
target=${XDG_CACHE_HOME:-$HOME/.cache}/buildable/oracles-$digest

if [ "${1:-}" != --where ] && [ ! -d "$target" ]; then
  mkdir -p "$(dirname -- "$target")"
  staging=$(mktemp -d "$target.XXXXXX")
  trap 'rm -rf "$staging"' EXIT
  cp "$source_directory/package.json" "$source_directory/package-lock.json" \
    "$source_directory/.npmrc" "$staging/"
  (cd "$staging" && npm ci --silent >&2)
  # One that finished first is as good.
  mv -T "$staging" "$target" 2>/dev/null || [ -d "$target" ]
fi
printf '%s\n' "$target"
