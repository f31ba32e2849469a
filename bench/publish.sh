#!/usr/bin/env bash
# `buildable publish` where nothing changed, beside `git fetch` and `git ls-remote` alone, over smart
# HTTP by git's own backend: time, requests and bytes from the server.
#   bench/publish.sh BUILD [RUNS]
set -euo pipefail
build=$(realpath "$1")
runs=${2:-50}
work=$(mktemp -d)
port=$((20000 + RANDOM % 20000))
lighttpd=$(PATH=$PATH:/usr/sbin command -v lighttpd)

export HOME=$work GIT_CONFIG_NOSYSTEM=1
git init -q --bare -b main "$work/remote.git"
git -C "$work/remote.git" config http.receivepack true
cat >"$work/lighttpd.conf" <<CONF
server.document-root = "$work/nothing"
server.port = $port
server.bind = "127.0.0.1"
server.modules = ( "mod_alias", "mod_cgi", "mod_setenv", "mod_accesslog" )
alias.url = ( "/git" => "/usr/lib/git-core/git-http-backend" )
cgi.assign = ( "" => "" )
setenv.set-environment = ( "GIT_PROJECT_ROOT" => "$work", "GIT_HTTP_EXPORT_ALL" => "1", "REMOTE_USER" => "bench" )
accesslog.filename = "$work/access"
accesslog.format = "%b"
CONF
"$lighttpd" -D -f "$work/lighttpd.conf" 2>"$work/log" &
server=$!
trap 'kill "$server"; rm -rf "$work"' EXIT
url=http://127.0.0.1:$port/git/remote.git
for _ in $(seq 100); do
  if git ls-remote "$url" >/dev/null 2>&1; then break; fi
  sleep 0.1
done

printf 'state_directory = "%s/state"\n' "$work" >"$work/buildable.toml"
publish="$build/buildable publish --quiet --repo $url --at 2026-05-20"
cd "$work"
$publish >/dev/null
git clone -q --bare --depth=1 "$url" "$work/clone.git"

traffic() { # command -> requests and bytes of bodies
  kill -HUP "$server" # what is in the log is written out
  sleep 1.5
  : >"$work/access"
  $1 >/dev/null 2>&1
  sleep 1.5
  kill -HUP "$server"
  sleep 0.5
  awk '{ n++; bytes += $1 } END { printf "%d requests, %d bytes", n, bytes }' "$work/access"
}

kept=$publish
lost="$build/buildable publish --quiet --repo $url --at 2026-05-20 --config /dev/null"
fetch="git --git-dir=$work/clone.git fetch --quiet --no-tags $url main"
cat >"$work/clone.sh" <<CLONE
rm -rf "$work/fresh"
exec git clone -q --bare --depth=1 "$url" "$work/fresh"
CLONE
clone="sh $work/clone.sh"
list="git ls-remote --heads $url refs/heads/main"
hyperfine --warmup 3 --runs "$runs" --export-json "$work/times.json" \
  -n "publish, unchanged" "$kept" -n "git fetch, unchanged" "$fetch" \
  -n "git ls-remote" "$list" -n "publish, nothing kept" "$lost" \
  -n "git clone --depth=1" "$clone" >/dev/null 2>&1
echo "nothing changed; medians of $runs runs"
row() { # name, command
  local milliseconds
  milliseconds=$(node -e '
    const rows = JSON.parse(require("fs").readFileSync(process.argv[1])).results;
    console.log((rows.find((r) => r.command === process.argv[2]).median * 1e3).toFixed(1));
  ' "$work/times.json" "$1")
  printf '%-24s %8s ms   %s\n' "$1" "$milliseconds" "$(traffic "$2")"
}
row "publish, unchanged" "$kept"
row "git fetch, unchanged" "$fetch"
row "git ls-remote" "$list"
row "publish, nothing kept" "$lost"
row "git clone --depth=1" "$clone"
