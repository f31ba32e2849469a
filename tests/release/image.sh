# The image: made twice with the same bytes, pushed to a registry, pulled, unpacked, started as its user in its
# root, asked by its own health check.
first=$(SOURCE_DATE_EPOCH=1700000000 deploy/image/build.sh "dist/$name.tar.gz" "$work/oci")
second=$(SOURCE_DATE_EPOCH=1700000000 deploy/image/build.sh "dist/$name.tar.gz" "$work/oci2")
[ "$first" = "$second" ] || fail "the image differs: $first $second"
port=$(free_port)
cat >"$work/registry.yml" <<YAML
version: 0.1
storage: {filesystem: {rootdirectory: $work/registry}}
http: {addr: "127.0.0.1:$port"}
log: {level: error, accesslog: {disabled: true}}
YAML
docker-registry serve "$work/registry.yml" >"$work/registry.log" 2>&1 &
pids+=($!)
curl --silent --retry 20 --retry-connrefused --retry-delay 1 "http://127.0.0.1:$port/v2/" >/dev/null
skopeo copy --quiet --insecure-policy --dest-tls-verify=false "oci:$work/oci:latest" "docker://127.0.0.1:$port/buildable:$version"
skopeo copy --quiet --insecure-policy --src-tls-verify=false "docker://127.0.0.1:$port/buildable:$version" "oci:$work/pulled:latest"
skopeo inspect --raw --config "oci:$work/pulled:latest" >"$work/config"
for part in '65532:65532' '8080/tcp' '--probe'; do grep -q -- "$part" "$work/config" || fail "the image lacks $part"; done
grep -q "\"org.opencontainers.image.version\":\"$version\"" "$work/config" || fail "the image's label does not say $version"
size=$(du -sk "$work/oci" | cut -f1)
[ "$size" -lt 30000 ] || fail "$size kB"
if [ "$(id -u)" -eq 0 ]; then
  umoci unpack --image "$work/pulled:latest" "$work/bundle" >/dev/null 2>&1
  mkdir -p "$work/bundle/rootfs/dev" && touch "$work/bundle/rootfs/dev/null"
  port=$(free_port)
  # As its user, in its root, with nothing of this machine: no shell, no library, no /proc but the kernel's.
  inside() { chroot --userspec=65532:65532 "$work/bundle/rootfs" "$@"; }
  mkdir -p "$work/bundle/rootfs/proc" && mount -t proc proc "$work/bundle/rootfs/proc"
  chroot --userspec=65532:65532 "$work/bundle/rootfs" /usr/bin/buildable serve --listen "0.0.0.0:$port" --quiet >"$work/image.log" 2>&1 &
  pids+=($!)
  answers "http://127.0.0.1:$port/healthz" ""
  answers "http://127.0.0.1:$port/v1/check?runtime=python&version=3.13&track=default" buildable
  answers "http://127.0.0.1:$port/metrics" buildable_manifest_expires_timestamp_seconds
  expect 0 inside /usr/bin/buildable serve --probe --listen "0.0.0.0:$port"
  kill "${pids[-1]}"
  wait "${pids[-1]}" || true
  expect 5 inside /usr/bin/buildable serve --probe --listen "0.0.0.0:$port"
  umount "$work/bundle/rootfs/proc"
else
  echo "release-test: image: not root: it is not started" >&2
fi
