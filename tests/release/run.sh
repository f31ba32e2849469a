#!/usr/bin/env bash
# A release, tried as strangers use it: two runs give the same bytes, the package in a bare Debian, the
# action's and the component's steps as they stand, the image through a registry, Toolforge's skeleton as
# its build step makes it, manual pages, completions. `./dev release-test [STEP…]` runs it; without names
# every step but `export` (the README's commands on an exported tree, some minutes where ccache knows nothing).
# dist/ is made unless it is there.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
here=$PWD
work=$(mktemp -d /tmp/buildable-release.XXXXXX)
pids=()
end() {
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  # What is mounted there must not be walked into.
  if mountpoint -q "$work/bundle/rootfs/proc"; then umount "$work/bundle/rootfs/proc"; fi
  rm -rf --one-file-system "$work"
}
trap end EXIT
. tests/release/support.sh

# shellcheck disable=SC2206
steps=(${*:-changelog archives manuals shells settings action component building image toolforge jobs package})
[ -e dist/SHA256SUMS ] || bash tools/release/release.sh --draft >/dev/null
version=$(sed -n 's/^project(buildable VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt)
name=buildable-$version-linux-$(uname -m)
archive_sha=$(sha256sum <"dist/$name.tar.gz" | cut -d' ' -f1)
mkdir -p "$work/release"
tar -C "$work/release" --strip-components=1 -xzf "dist/$name.tar.gz"

for step in "${steps[@]}"; do
  begin=$SECONDS
  . "tests/release/$step.sh"
  printf '%5d s  %s\n' $((SECONDS - begin)) "$step"
done
echo "release: all well"
