#!/usr/bin/env bash
# The service beside nginx that serves the same files, in one run, in turns: a preset, plain and
# compressed as Renovate asks for it (nginx has it compressed beforehand), a 304, the page, and a
# question that is worked out, each over keep-alive from 16 and from 256 connections of one thread.
# Arguments: the build directory, seconds a measurement (5), rounds (5).
set -euo pipefail
build=$(realpath "$1")
seconds=${2:-5}
rounds=${3:-5}
work=$(mktemp -d)
chmod 755 "$work" # nginx leaves root
services=()
finish() {
  for process in "${services[@]}"; do kill "$process" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT
ulimit -n "$(ulimit -Hn)" 2>/dev/null || true

"$build/buildable" generate --quiet --out "$work/tree"
gzip -9 -k "$work/tree/default.json"
cat >"$work/nginx.conf" <<CONF
worker_processes 1;
daemon off;
pid $work/nginx.pid;
error_log /dev/null crit;
events { worker_connections 1024; use epoll; multi_accept on; }
http {
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000000;
  open_file_cache max=100 inactive=1h;
  client_body_temp_path $work/body;
  proxy_temp_path $work/proxy;
  fastcgi_temp_path $work/fastcgi;
  uwsgi_temp_path $work/uwsgi;
  scgi_temp_path $work/scgi;
  types { application/json json; text/html html; }
  gzip_static on;
  server {
    listen 127.0.0.1:18480;
    root $work/tree;
    add_header Cache-Control "public, max-age=300, stale-if-error=604800";
    add_header Access-Control-Allow-Origin "*";
    add_header X-Content-Type-Options "nosniff";
  }
}
CONF
nginx -e stderr -c "$work/nginx.conf" 2>/dev/null &
services+=($!)
# One thread that answers, as nginx has one.
printf '[serve]\nlisten = "127.0.0.1:18481"\nrefresh_seconds = 0\nthreads = 1\nconnections_per_address = 1000\n' >"$work/buildable.toml"
"$build/buildable" serve --quiet --config "$work/buildable.toml" &
services+=($!)
for port in 18480 18481; do
  for _ in $(seq 100); do
    curl -fso /dev/null "http://127.0.0.1:$port/default.json" && break
    sleep 0.05
  done
done
for path in default.json index.html; do
  cmp <(curl -fs http://127.0.0.1:18480/$path) <(curl -fs http://127.0.0.1:18481/$path)
done

tag_of() { curl -fsI "$1" | tr -d '\r' | sed -n 's/^[Ee][Tt]ag: //p'; }
measure() { # name url [header]: appends "requests-per-second p99-in-ms" to $work/<name>
  wrk -t1 -c"$connections" -d"${seconds}s" --latency ${3:+-H "$3"} "$2" >"$work/wrk"
  awk '/Requests\/sec/ { rate = $2 } / 99%/ { p99 = $2 }
    /Non-2xx/ { bad = 1 }
    END {
      if (p99 ~ /us$/) ms = p99 / 1000; else if (p99 ~ /ms$/) ms = p99 + 0; else ms = p99 * 1000
      print rate, ms
      exit bad
    }' "$work/wrk" >>"$work/$1-$connections" || [ -n "${3:-}" ] || { cat "$work/wrk" >&2; exit 1; }
}

nginx=http://127.0.0.1:18480 ours=http://127.0.0.1:18481
renovate_asks="Accept-Encoding: gzip, deflate, br"
question="$ours/v1/check?runtime=python&version=3.14&track=latest"
for connections in 16 256; do
  for _ in $(seq "$rounds"); do
    measure nginx-200 $nginx/default.json
    measure ours-200 $ours/default.json
    measure nginx-compressed $nginx/default.json "$renovate_asks"
    measure ours-compressed $ours/default.json "$renovate_asks"
    measure nginx-page $nginx/index.html
    measure ours-page $ours/
    measure nginx-304 $nginx/default.json "If-None-Match: $(tag_of $nginx/default.json)"
    measure ours-304 $ours/default.json "If-None-Match: $(tag_of $ours/default.json)"
    measure ours-check "$question"
  done
done

median() { sort -n | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }'; }
rate() { cut -d' ' -f1 "$work/$1-$connections" | median; }
p99() { cut -d' ' -f2 "$work/$1-$connections" | median; }
echo "default.json: $(stat -c %s "$work/tree/default.json") bytes; medians of $rounds rounds of $seconds s"
for connections in 16 256; do
  for pair in nginx-200:nginx-200 ours-200:nginx-200 nginx-compressed:nginx-compressed \
    ours-compressed:nginx-compressed nginx-page:nginx-page ours-page:nginx-page \
    nginx-304:nginx-304 ours-304:nginx-304 ours-check:nginx-200; do
    name=${pair%:*}
    awk -v name="$name" -v c="$connections" -v rate="$(rate "$name")" -v base="$(rate "${pair#*:}")" \
      -v p99="$(p99 "$name")" 'BEGIN {
        printf "%3d connections  %-16s %8.0f requests/s  %5.2f x nginx  p99 %6.2f ms\n", c, name, rate, rate / base, p99
      }'
  done
done
