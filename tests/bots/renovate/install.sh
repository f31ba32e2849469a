#!/usr/bin/env bash
# Installs Renovate and the Node.js that it needs outside the source tree and prints where. --where
# only prints. Fails if the npm registry cannot be reached.
set -euo pipefail

source_directory=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
digest=$(sha256sum "$source_directory/package-lock.json" | cut -c 1-16)
target=${XDG_CACHE_HOME:-$HOME/.cache}/buildable/renovate-$digest

if [ "${1:-}" != --where ] && [ ! -d "$target" ]; then
  mkdir -p "$(dirname "$target")"
  staging=$(mktemp -d "$target.XXXXXX")
  trap 'rm -rf "$staging"' EXIT
  cp "$source_directory/package.json" "$source_directory/package-lock.json" \
    "$source_directory/.npmrc" "$staging/"
  echo "installing Renovate into $target (500 MB)" >&2
  # npm itself may run on an older Node.js than Renovate's.
  (cd "$staging" && npm ci --ignore-scripts --loglevel error >&2)
  # One that finished first is as good.
  mv -T "$staging" "$target" 2>/dev/null || [ -d "$target" ]
fi
printf '%s\n' "$target"
