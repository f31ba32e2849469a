#!/usr/bin/env bash
# Format, clang-tidy on what changed (or on everything with --all), and a few things that only a
# search can see.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
failed=0

mapfile -t sources < <(git ls-files -co --exclude-standard '*.cpp' '*.h')
if ! clang-format --dry-run -Werror "${sources[@]}" 2>/tmp/buildable-format.$$; then
  grep -o '^[^:]*' /tmp/buildable-format.$$ | sort -u | sed 's/^/not formatted: /'
  echo "mend with: ./dev format"
  failed=1
fi
rm -f /tmp/buildable-format.$$

if git ls-files -co --exclude-standard '*.sh' dev .ci/run | xargs -n1 bash -n; then :; else failed=1; fi

# Sources are ASCII but for the texts of tests and the few marks that users see.
if grep -nP '\t' "${sources[@]}" | grep -v '\\t' | head -5 | grep .; then
  echo "tabs in sources"
  failed=1
fi

cmake --preset tidy >/dev/null
# The generated blob is needed for embedded.cpp to be read; everything else needs no build.
mapfile -t units < <(git ls-files -co --exclude-standard 'src/*.cpp' 'tools/*.cpp')
key() { cat .clang-tidy "$1" $(git ls-files -co --exclude-standard 'src/*.h') | sha256sum | cut -c1-40; }
cache=${XDG_CACHE_HOME:-$HOME/.cache}/buildable/tidy
mkdir -p "$cache"
todo=()
for unit in "${units[@]}"; do
  [ -e "$cache/$(key "$unit")" ] || todo+=("$unit")
done
echo "clang-tidy: ${#todo[@]} of ${#units[@]} files changed since they were last clean"
if [ ${#todo[@]} -gt 0 ]; then
  if printf '%s\n' "${todo[@]}" | xargs -P "$(nproc)" -n 4 clang-tidy -p build/tidy --quiet 2>/dev/null; then
    for unit in "${todo[@]}"; do touch "$cache/$(key "$unit")"; done
  else
    failed=1
  fi
fi

[ $failed -eq 0 ] && echo "lint: clean"
exit $failed
