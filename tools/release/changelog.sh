#!/usr/bin/env bash
# Whether CHANGELOG.md is that of a release: it has an entry of the version with its day, and nothing is left
# under [Unreleased]. Prints the day.
#   tools/release/changelog.sh VERSION [--draft] [FILE]
# --draft: for a release that is only tried; what is not released yet may be there.
set -euo pipefail
version=$1
shift
draft=false
if [ "${1:-}" = --draft ]; then
  draft=true
  shift
fi
file=${1:-CHANGELOG.md}

day=$(sed -n "s/^## \[${version//./\\.}\] - \([0-9]\{4\}-[0-9][0-9]-[0-9][0-9]\)$/\1/p" "$file")
if [ -z "$day" ]; then
  echo "error: $file has no entry for $version" >&2
  echo "help: CMakeLists.txt names the version; write \"## [$version] - DATE\"" >&2
  exit 2
fi
# From the heading to the next of its kind; headings below it and empty lines are no entries.
left=$(sed -n '/^## \[Unreleased\]/,/^## \[[^U]/p' "$file" | grep -v '^#' | grep -c '[^[:space:]]' || true)
if [ "$left" -gt 0 ] && ! $draft; then
  echo "error: $file has entries under [Unreleased], which this program holds" >&2
  echo "help: move them below \"## [$version]\", or raise the version in CMakeLists.txt; --draft makes dist/ all the same" >&2
  exit 2
fi
echo "$day"
