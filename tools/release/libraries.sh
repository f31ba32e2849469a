#!/usr/bin/env bash
# libcurl and libmicrohttpd as archives that can be linked statically, from Debian's own sources with
# Debian's patches, into build/libraries. Debian's archives of the two refer to Kerberos and p11-kit,
# of which there are no archives. Left out is what buildable does not use: Kerberos, LDAP, SSH, RTMP
# and every protocol but HTTP; TLS in libmicrohttpd. Names are resolved by c-ares, so that the program
# does not need the C library's modules of the machine it runs on.
# Needs: deb-src lines of the configured mirrors (made here, in a folder of its own; no root).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

out=$PWD/build/libraries
work=$PWD/build/libraries.work
packages=(curl libmicrohttpd)

# The sources of what is installed: a security update of either gives a new key.
key=$(dpkg-query -W -f='${Package} ${Version}\n' libcurl4-openssl-dev libmicrohttpd-dev libc-ares-dev libssl-dev libnghttp2-dev
  sha256sum <"${BASH_SOURCE[0]}")
if [ -e "$out/key" ] && [ "$(cat "$out/key")" = "$key" ]; then exit 0; fi

rm -rf "$out" "$work"
mkdir -p "$work"/apt/lists/partial "$out"
cd "$work"

# The machine's own mirrors and keys, as sources.
mirrors() {
  local suite=bookworm
  suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
  local at
  at=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' "Release: ${suite}" | sort -u | head -1)
  echo "deb-src ${at:-http://deb.debian.org/debian} $suite main"
  at=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' "Release: ${suite}-security" | sort -u | head -1)
  echo "deb-src ${at:-http://deb.debian.org/debian-security} $suite-security main"
}
mirrors >apt/sources.list
cat >apt/conf <<CONF
Dir::Etc::sourcelist "$work/apt/sources.list";
Dir::Etc::sourceparts "-";
Dir::State::lists "$work/apt/lists";
APT::Sandbox::User "$(id -un)";
CONF
export APT_CONFIG=$work/apt/conf
apt-get update -qq
for package in "${packages[@]}"; do
  # What is installed, or the newest of that package where the mirror has moved on.
  library=$([ "$package" = curl ] && echo libcurl4-openssl-dev || echo libmicrohttpd-dev)
  version=$(dpkg-query -W -f='${source:Version}' "$library")
  apt-get source -qq "$package=$version" >/dev/null || apt-get source -qq "$package" >/dev/null
done
unset APT_CONFIG
curl_source=$(echo curl-*/)
httpd_source=$(echo libmicrohttpd-*/)

launcher=()
cc=gcc
if command -v ccache >/dev/null; then
  launcher=(-DCMAKE_C_COMPILER_LAUNCHER=ccache)
  cc='ccache gcc'
fi
export CCACHE_BASEDIR=$work
flags="-O2 -ffile-prefix-map=$work=."

cmake -S "$curl_source" -B curl-build -G Ninja -DCMAKE_BUILD_TYPE=None -DCMAKE_C_FLAGS="$flags" "${launcher[@]}" \
  -DCMAKE_INSTALL_PREFIX="$out" -DBUILD_SHARED_LIBS=OFF -DBUILD_CURL_EXE=OFF -DBUILD_TESTING=OFF -DENABLE_MANUAL=OFF \
  -DHTTP_ONLY=ON -DENABLE_ARES=ON -DCURL_USE_OPENSSL=ON -DUSE_NGHTTP2=ON -DCURL_BROTLI=ON -DCURL_ZSTD=ON \
  -DCURL_USE_LIBPSL=OFF -DCURL_USE_LIBSSH2=OFF -DUSE_LIBIDN2=OFF -DCURL_DISABLE_ALTSVC=ON -DCURL_DISABLE_HSTS=ON \
  -DCURL_CA_BUNDLE=/etc/ssl/certs/ca-certificates.crt -DCURL_CA_PATH=none >curl.log 2>&1 || { cat curl.log; exit 1; }
cmake --build curl-build >>curl.log 2>&1 || { tail -50 curl.log; exit 1; }
cmake --install curl-build >>curl.log

mkdir httpd-build
cd httpd-build
{
  "../$httpd_source/configure" CC="$cc" CFLAGS="$flags" --prefix="$out" --disable-https --disable-shared --enable-static \
    --disable-doc --disable-examples --disable-curl --disable-dependency-tracking -q
  make -j"$(nproc)" -C src/microhttpd install
  make -C src/include install
  make install-pkgconfigDATA
} >../httpd.log 2>&1 || { tail -50 ../httpd.log; exit 1; }
cd ..

# Only what is linked, so that nobody takes the rest for an installation of curl.
rm -rf "$out"/bin "$out"/lib/cmake "$out"/lib/*.la
# What went in, for the bill of materials.
for source in *.dsc; do
  printf '%s %s %s\n' "$(sed -n 's/^Source: //p' "$source" | head -1)" "$(sed -n 's/^Version: //p' "$source" | head -1)" \
    "$(sha256sum <"$source" | cut -d' ' -f1)"
done >"$out/sources"
echo "$key" >"$out/key"
rm -rf "$work"
