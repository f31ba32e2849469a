#!/usr/bin/env bash
# Makes dist/: the program alone, a tar archive of everything, the Debian package, the source, the bill of
# materials, SHA256SUMS. Two runs on one state of the source and of Debian's packages give the same bytes.
# BUILDABLE_HOME and BUILDABLE_CONTACT name the project's address and the packager, if they are set. With
# --draft the changelog may have entries that are not released yet: to try dist/ between releases.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
umask 022
export LC_ALL=C TZ=UTC

version=$(sed -n 's/^project(buildable VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt)
day=$(bash tools/release/changelog.sh "$version" "$@")

# The time of everything: that of the commit, in a clone or in an export of one.
read -r commit epoch <cmake/commit.txt
if [[ ! $epoch =~ ^[0-9]+$ ]]; then
  commit=$(git rev-parse HEAD 2>/dev/null || true)
  epoch=$(git log -1 --format=%ct 2>/dev/null || date -u -d "$day" +%s)
fi
if git rev-parse HEAD >/dev/null 2>&1 && [ -n "$(git status --porcelain --untracked-files=no)" ]; then
  echo "warning: files differ from the commit that the programs will name" >&2
fi
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$epoch}

bash tools/release/libraries.sh
options=(-DBUILDABLE_COMMIT="$commit" -DBUILDABLE_DATE="$(date -u -d "@$SOURCE_DATE_EPOCH" +%F)")
[ -z "${BUILDABLE_HOME:-}" ] || options+=(-DBUILDABLE_HOME="$BUILDABLE_HOME")
[ -z "${BUILDABLE_CONTACT:-}" ] || options+=(-DBUILDABLE_CONTACT="$BUILDABLE_CONTACT")
cmake --preset package "${options[@]}" >build/configure-package.log 2>&1 || { cat build/configure-package.log; exit 1; }
# The linker warns of functions that load modules of the C library; none of them is called.
cmake --build --preset package >build/package.log 2>&1 || { tail -50 build/package.log; exit 1; }

dist=$PWD/dist
name=buildable-$version-linux-$(uname -m)
stage=build/stage
rm -rf "$dist" "$stage"
mkdir -p "$dist" "$stage"
# The archive is unpacked into /usr/local: docs/installing.md.
BUILDABLE_PREFIX=/usr/local cmake --install build/package --strip --prefix "$PWD/$stage/$name" >build/install.log
cp "$stage/$name/bin/buildable" "$dist/$name"
touch -d "@$SOURCE_DATE_EPOCH" "$dist/$name"
archive() { # file, folder, what
  tar --sort=name --format=gnu --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" \
    --mode=go=rX,u+rw -C "$2" -cf - "$3" | gzip -9n >"$1"
}
archive "$dist/$name.tar.gz" "$stage" "$name"

cpack --config build/package/CPackConfig.cmake -G DEB -B "$PWD/build/cpack" >build/cpack.log 2>&1 ||
  { cat build/cpack.log; exit 1; }
mv build/cpack/*.deb "$dist/"

if git rev-parse HEAD >/dev/null 2>&1; then
  git archive --format=tar --prefix="buildable-$version/" HEAD | gzip -9n >"$dist/buildable-$version.tar.gz"
fi
bash tools/release/bill_of_materials.sh build/package "$version" "$dist/$name" >"$dist/$name.spdx.json"
(cd "$dist" && sha256sum -- * >SHA256SUMS)
cat "$dist/SHA256SUMS"
