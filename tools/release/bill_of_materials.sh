#!/usr/bin/env bash
# The bill of materials of a package build, SPDX 2.3: every archive that the linker was given and every
# header library, as Debian's packages with their versions; libcurl and libmicrohttpd as the sources they
# were built from. Arguments: build folder, version, the program.
set -euo pipefail
export LC_ALL=C
build=$1 version=$2 program=$3
source_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
home=$(sed -n 's/^BUILDABLE_HOME:STRING=//p' "$build/CMakeCache.txt")
headers=(nlohmann-json3-dev libtomlplusplus-dev libexpected-dev libcli11-dev libvalijson-dev libspdlog-dev libfmt-dev)

# "package version source" of each, sorted. What gcc adds by itself is asked of gcc.
linked() {
  {
    ninja -C "$build" -t commands buildable buildable-network | grep -oE '/[^ ]+\.a' | sort -u | grep -v "/build/" || true
    for archive in libc.a libstdc++.a libgcc.a; do realpath "$(g++ -print-file-name="$archive")"; done
  } | while read -r archive; do dpkg -S "$(realpath "$archive")"; done | cut -d: -f1
}
packages=$({ linked; printf '%s\n' "${headers[@]}"; } | sort -u)

id() { tr -c 'a-zA-Z0-9.\n' '-' <<<"$1"; }
created=$(date -u -d "@$SOURCE_DATE_EPOCH" +%FT%TZ)
digest=$(sha256sum <"$program" | cut -d' ' -f1)

entries=() relations=()
add() { # id, name, version, purl, download
  entries+=("$(printf '{"SPDXID":"SPDXRef-%s","name":"%s","versionInfo":"%s","downloadLocation":"%s","filesAnalyzed":false,"licenseConcluded":"NOASSERTION","licenseDeclared":"NOASSERTION","copyrightText":"NOASSERTION","externalRefs":[{"referenceCategory":"PACKAGE-MANAGER","referenceType":"purl","referenceLocator":"%s"}]}' "$1" "$2" "$3" "$5" "$4")")
  relations+=("$(printf '{"spdxElementId":"SPDXRef-buildable","relationshipType":"STATIC_LINK","relatedSpdxElement":"SPDXRef-%s"}' "$1")")
}
for package in $packages; do
  read -r number architecture <<<"$(dpkg-query -W -f='${Version} ${Architecture}\n' "$package" | head -1)"
  add "$(id "$package")" "$package" "$number" "pkg:deb/debian/$package@${number//+/%2B}?arch=$architecture" NOASSERTION
done
while read -r name number _; do
  add "$(id "$name-source")" "$name" "$number" "pkg:deb/debian/$name@${number//+/%2B}?arch=source" NOASSERTION
done <"$source_dir/build/libraries/sources"

join() { local IFS=,; echo "$*"; }
cat <<JSON
{"spdxVersion":"SPDX-2.3","dataLicense":"CC0-1.0","SPDXID":"SPDXRef-DOCUMENT","name":"buildable-$version",
"documentNamespace":"$home/spdx/buildable-$version-$digest",
"creationInfo":{"created":"$created","creators":["Tool: buildable-release-$version"]},
"packages":[
{"SPDXID":"SPDXRef-buildable","name":"buildable","versionInfo":"$version","downloadLocation":"NOASSERTION","filesAnalyzed":false,"homepage":"$home","checksums":[{"algorithm":"SHA256","checksumValue":"$digest"}],"licenseConcluded":"MIT","licenseDeclared":"MIT","copyrightText":"2026 The buildable authors"},
$(join "${entries[@]}")],
"relationships":[
{"spdxElementId":"SPDXRef-DOCUMENT","relationshipType":"DESCRIBES","relatedSpdxElement":"SPDXRef-buildable"},
$(join "${relations[@]}")]}
JSON
