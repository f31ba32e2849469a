#!/usr/bin/env bash
# Format, clang-tidy on what changed (or on everything with --all), and a few things that only a
# search can see.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
failed=0

mapfile -t sources < <(git ls-files -co --exclude-standard '*.cpp' '*.h')
if ! clang-format --dry-run -Werror "${sources[@]}" 2>/tmp/buildable-format.$$; then
  grep -o '^[^:]*' /tmp/buildable-format.$$ | sort -u | sed 's/^/not formatted: /'
  echo "fix with: ./dev format"
  failed=1
fi
rm -f /tmp/buildable-format.$$

if git ls-files -co --exclude-standard '*.sh' dev .ci/run | xargs -n1 bash -n; then :; else failed=1; fi

if grep -nP '\t' "${sources[@]}" | grep -v '\\t' | head -5 | grep .; then
  echo "tabs in sources"
  failed=1
fi

cmake --preset tidy >/dev/null
# As the preset has it, several sources to a unit: most of the time goes into the headers.
mapfile -t units < <(grep -o '"file": "[^"]*"' build/tidy/compile_commands.json | cut -d'"' -f4 |
  grep -E "^$PWD/(src|tools)/|/Unity/" | grep -v '/tests/')
headers=$(git ls-files -co --exclude-standard 'src/*.h' | xargs cat .clang-tidy | sha256sum)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/buildable/tidy
mkdir -p "$cache"
tidy() { # unit: passes at once where the same text under the same headers was clean before
  local mark
  mark=$cache/$( (echo "$headers"; cat "$1"; grep -o '^#include "/[^"]*' "$1" | cut -d'"' -f2 | xargs -r cat) | sha256sum | cut -c1-40)
  [ -e "$mark" ] && return
  clang-tidy -p build/tidy --quiet "$1" 2>/dev/null && touch "$mark"
}
export -f tidy
export headers cache
if ! printf '%s\n' "${units[@]}" | xargs -P "$(nproc)" -I{} bash -c 'tidy {}'; then
  failed=1
fi

[ $failed -eq 0 ] && echo "lint: clean (${#sources[@]} files)"
exit $failed
