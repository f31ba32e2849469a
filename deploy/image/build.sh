#!/usr/bin/env bash
# The image of the Dockerfile without Docker, as an OCI layout made by a shell and tar: the same files, user,
# port and health check. Two runs on one release give the same bytes.
#   deploy/image/build.sh RELEASE.tar.gz LAYOUT [AUTHORITIES]
# LAYOUT is a folder that skopeo reads: `skopeo copy oci:LAYOUT:latest docker://…`.
set -euo pipefail
export LC_ALL=C
archive=$1
layout=$2
authorities=${3:-/etc/ssl/certs/ca-certificates.crt}
epoch=${SOURCE_DATE_EPOCH:-$(tar -tzvf "$archive" --full-time | awk 'NR==1 {print $4" "$5}' | xargs -I{} date -u -d {} +%s)}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/root
mkdir -p "$work/release" "$root"/{etc/ssl/certs,tmp,usr/bin,usr/libexec/buildable,usr/share/doc/buildable,var/lib/buildable}
tar -C "$work/release" --strip-components=1 -xzf "$archive"
cp "$work/release/bin/buildable" "$root/usr/bin/"
cp "$work/release/libexec/buildable/buildable-network" "$root/usr/libexec/buildable/"
cp "$work/release/share/doc/buildable/LICENSE" "$root/usr/share/doc/buildable/"
cp -L "$authorities" "$root/etc/ssl/certs/ca-certificates.crt"
echo 'buildable:x:65532:65532:buildable:/var/lib/buildable:/sbin/nologin' >"$root/etc/passwd"
echo 'buildable:x:65532:' >"$root/etc/group"
chmod -R u=rwX,go=rX "$root"
chmod 1777 "$root/tmp"

# One layer. The owner of the working directory is the user that runs; of everything else root.
pack() { tar -C "$root" --sort=name --format=gnu --numeric-owner --mtime="@$epoch" "$@"; }
pack --owner=0 --group=0 --exclude=./var/lib/buildable -cf "$work/layer.tar" .
pack --owner=65532 --group=65532 -rf "$work/layer.tar" ./var/lib/buildable
plain=$(sha256sum <"$work/layer.tar" | cut -d' ' -f1)
gzip -9n "$work/layer.tar"

rm -rf "$layout"
mkdir -p "$layout/blobs/sha256"
keep() { # file: its digest, and it among the blobs
  local digest
  digest=$(sha256sum <"$1" | cut -d' ' -f1)
  cp "$1" "$layout/blobs/sha256/$digest"
  echo "$digest $(stat -c %s "$1")"
}
read -r layer layer_size <<<"$(keep "$work/layer.tar.gz")"
created=$(date -u -d "@$epoch" +%FT%TZ)
version=$("$root/usr/bin/buildable" --version) # "buildable 0.1.0 (commit …)"
version=$(cut -d' ' -f2 <<<"$version")
case $(uname -m) in aarch64) architecture=arm64 ;; *) architecture=amd64 ;; esac
cat >"$work/config.json" <<JSON
{"created":"$created","architecture":"$architecture","os":"linux","config":{"User":"65532:65532","ExposedPorts":{"8080/tcp":{}},"Env":["PATH=/usr/bin"],"Entrypoint":["/usr/bin/buildable"],"Cmd":["serve","--listen","0.0.0.0:8080"],"WorkingDir":"/var/lib/buildable","Labels":{"org.opencontainers.image.title":"buildable","org.opencontainers.image.licenses":"MIT","org.opencontainers.image.version":"$version"},"Healthcheck":{"Test":["CMD","/usr/bin/buildable","serve","--probe","--listen","0.0.0.0:8080"],"Interval":30000000000,"Timeout":5000000000,"StartPeriod":5000000000}},"rootfs":{"type":"layers","diff_ids":["sha256:$plain"]},"history":[{"created":"$created","created_by":"deploy/image/build.sh"}]}
JSON
read -r config config_size <<<"$(keep "$work/config.json")"
cat >"$work/manifest.json" <<JSON
{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"sha256:$config","size":$config_size},"layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar+gzip","digest":"sha256:$layer","size":$layer_size}]}
JSON
read -r manifest manifest_size <<<"$(keep "$work/manifest.json")"
echo '{"imageLayoutVersion":"1.0.0"}' >"$layout/oci-layout"
cat >"$layout/index.json" <<JSON
{"schemaVersion":2,"manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"sha256:$manifest","size":$manifest_size,"annotations":{"org.opencontainers.image.ref.name":"latest"}}]}
JSON
echo "sha256:$manifest"
