#!/bin/sh
# The page in a real browser: Debian's chromium, driven by playwright-core. Arguments: the program
# buildable, and the directory for screenshots. Exits 77 (skipped) where either is missing, unless
# BUILDABLE_REQUIRE_ORACLES is set.
set -eu

source_directory=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
missing() {
  echo "browser test skipped: $1" >&2
  [ -z "${BUILDABLE_REQUIRE_ORACLES:-}" ] || exit 1
  exit 77
}

browser=$(command -v chromium) || missing "no chromium (Debian's package of that name)"
digest=$(sha256sum "$source_directory/package-lock.json" | cut -c 1-16)
target=${XDG_CACHE_HOME:-$HOME/.cache}/buildable/browser-$digest
if [ ! -d "$target" ]; then
  mkdir -p "$(dirname -- "$target")"
  staging=$(mktemp -d "$target.XXXXXX")
  trap 'rm -rf "$staging"' EXIT
  cp "$source_directory/package.json" "$source_directory/package-lock.json" \
    "$source_directory/.npmrc" "$staging/"
  (cd "$staging" && npm ci --silent >&2) || missing "playwright-core cannot be installed"
  # One that finished first is as good.
  mv -T "$staging" "$target" 2>/dev/null || [ -d "$target" ]
fi
NODE_PATH=$target/node_modules exec node --test-reporter=spec \
  "$source_directory/page_test.cjs" "$(realpath "$1")" "$(realpath -m "$2")" "$browser"
