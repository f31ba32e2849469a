# Run in a bare Debian as root, to install; everything else as nobody.
apt-get install --yes --no-install-recommends /tmp/buildable_*.deb
rm -f /etc/dpkg/dpkg.cfg.d/docker
as() { setpriv --reuid=65534 --regid=65534 --clear-groups env HOME=/tmp/home "$@"; }
mkdir -p /tmp/home /tmp/tool
echo 3.13 >/tmp/tool/.python-version
touch /tmp/tool/requirements.txt
chown -R 65534:65534 /tmp/home /tmp/tool
as buildable --version
as buildable check /tmp/tool | grep '^builds: Python'
as buildable generate --out /tmp/home/out >/dev/null
test -s /tmp/home/out/default.json
as man -P cat buildable | grep -q 'EXIT STATUS'
as man -P cat buildable-check | grep -q -- '--strict'
test -s /usr/share/bash-completion/completions/buildable
test -s /usr/share/zsh/vendor-completions/_buildable
test -s /usr/share/fish/vendor_completions.d/buildable.fish
test -s /lib/systemd/system/buildable-publish.timer
test -s /usr/share/doc/buildable/examples/buildable.toml
test -s /usr/share/doc/buildable/docs/operating.md
# What a reload of the service runs is there without another package.
sh -c 'kill -0 $$'
as buildable publish --repo /tmp/nowhere 2>/dev/null && exit 1
# Without the shell function between: its own process is to be ended.
HOME=/tmp/home setpriv --reuid=65534 --regid=65534 --clear-groups buildable serve --listen 127.0.0.1:18080 &
service=$!
as curl --fail --silent --retry 20 --retry-connrefused --retry-delay 1 http://127.0.0.1:18080/default.json >/dev/null
as buildable serve --probe --listen 127.0.0.1:18080
kill $service
wait $service || true
apt-get remove --yes buildable
test ! -e /usr/bin/buildable
