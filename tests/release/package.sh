# The package: lintian, and a bare Debian of its own: installed there, checked, served, read.
deb=$(echo dist/*.deb)
if command -v lintian >/dev/null; then
  lintian --allow-root --fail-on error,warning "$deb" >"$work/lintian" 2>&1 ||
    fail "lintian: $(cat "$work/lintian")"
fi
dpkg-deb -x "$deb" "$work/deb"
ruby tests/release/links.rb "$work/deb/usr/share/doc/buildable" || fail "links in the package"
units_call "$work/deb/usr" /usr
if [ "$(id -u)" -eq 0 ]; then mode=root; else mode=unshare; fi
mmdebstrap --mode=$mode --variant=minbase --include=ca-certificates,git,man-db,curl \
  --customize-hook="copy-in $deb /tmp" \
  --customize-hook="copy-in tests/release/inside.sh /tmp" \
  --customize-hook='chroot "$1" sh -eux /tmp/inside.sh' \
  "$(. /etc/os-release && echo "$VERSION_CODENAME")" "$work/debian.tar" >"$work/debian.log" 2>&1 ||
  fail "in a bare Debian: $(tail -40 "$work/debian.log")"
