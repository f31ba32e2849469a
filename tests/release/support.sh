# What the steps share.
fail() {
  echo "release-test: $*" >&2
  exit 1
}
# expect CODE COMMAND…: the command leaves with that code; its output is in $output.
expect() {
  local wanted=$1 got=0
  shift
  output=$("$@" 2>&1) || got=$?
  [ "$got" -eq "$wanted" ] || fail "$* left with $got, not $wanted: $output"
}
says() { # TEXT…: each is in $output
  local text
  for text in "$@"; do
    case $output in *"$text"*) ;; *) fail "not said: $text; but: $output" ;; esac
  done
}
free_port() { ruby -rsocket -e 's = TCPServer.new("127.0.0.1", 0); puts s.addr[1]'; }
# An HTTP server of the files in dist/, once for all steps; its address is in $address.
serve_dist() {
  [ -z "${address:-}" ] || return 0
  local port
  port=$(free_port)
  ruby tests/release/file_server.rb dist "$port" &
  pids+=($!)
  address=http://127.0.0.1:$port
  curl --fail --silent --retry 20 --retry-connrefused --retry-delay 1 "$address/SHA256SUMS" >/dev/null ||
    fail "the file server does not answer"
}
answers() { # URL TEXT: in time
  output=$(curl --fail --silent --retry 20 --retry-connrefused --retry-delay 1 "$1") || fail "$1 does not answer"
  says "$2"
}
# units_call ROOT PREFIX: the units below ROOT, and those among the documents, call the program below PREFIX.
units_call() {
  local unit count=0
  for unit in "$1"/lib/systemd/system/*.service "$1"/share/doc/buildable/docs/jobs/*.service; do
    count=$((count + 1))
    grep -q "^ExecStart.*[= ]$2/bin/buildable " "$unit" || fail "$unit does not call $2/bin/buildable"
    [ "$2" = /usr ] || ! grep -n '[= ]/usr/bin/buildable\b' "$unit" || fail "$unit calls /usr/bin/buildable"
  done
  [ "$count" -eq 4 ] || fail "$count units below $1"
}
