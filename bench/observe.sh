#!/usr/bin/env bash
# `buildable observe` against the stand-in world, cold and warm, beside a shell script that fetches
# the same addresses with curl, one after another. Every answer of the world takes some time.
#   bench/observe.sh BUILD_WITH_TESTS [MILLISECONDS] [RUNS]
set -euo pipefail
build=$(realpath "$1")
latency=${2:-50}
runs=${3:-5}
work=$(mktemp -d)
coproc world { "$build/tests/toolforge_world" "$work" "$latency"; }
trap 'kill "$world_PID" 2>/dev/null || true; rm -rf "$work"' EXIT
exec {from}<&"${world[0]}" {to}>&"${world[1]}" # subshells have these, and not the others
read -r -u "$from" _

ask() { # word -> lines of the answer
  echo "$1" >&"$to"
  local line
  while read -r -u "$from" line && [ "$line" != . ]; do
    echo "$line"
    [ "$1" = urls ] || break
  done
}

milliseconds() { # command …
  local begin
  begin=$(date +%s%N)
  "$@" >"$work/said" 2>&1 || { cat "$work/said" >&2; return 1; }
  echo $((($(date +%s%N) - begin) / 1000000))
}

observe() {
  (cd "$work" && "$build/buildable" observe --at 2026-04-10 --out "$work/snapshot.json" --quiet)
}

# One process for each address, as such scripts are; the registry's answers need its token.
fetch() { # cold | warm
  local number=0 method url arguments
  while read -r method url; do
    number=$((number + 1))
    arguments=(--silent --output "$work/curl.$number")
    [ "$method" = GET ] || arguments+=(--head)
    case $url in */v2/*) arguments+=(--header "Authorization: Bearer world-token") ;; esac
    [ "$1" = cold ] || arguments+=(--etag-compare "$work/etag.$number")
    curl "${arguments[@]}" --etag-save "$work/etag.$number" "$url"
  done <"$work/urls"
}

median() { sort -n | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }'; }

row() { # name, times, traffic
  local middle
  middle=$(median <"$2")
  printf '%-24s %8s ms  %6.2f x the longest chain   %4s requests, %4s conditional, %9s bytes\n' \
    "$1" "$middle" "$(awk "BEGIN { print $middle / ($chain * $latency) }")" $3
  eval "$4=$middle"
}

# What has to wait for one another: the values file; the registry's challenge, its token, the
# manifest, the configuration; for a layer once more a challenge, a token, and the layer.
chain=8

ask report >/dev/null
observe
ask urls | grep -v ' .*/service/token' >"$work/urls"
ask report >/dev/null

for ((i = 0; i < runs; i++)); do
  rm -rf "$work/cache" "$work/state"
  milliseconds observe >>"$work/cold"
done
rm -rf "$work/cache" "$work/state"
ask report >/dev/null
observe
cold=$(ask report)
for ((i = 0; i < runs; i++)); do milliseconds observe >>"$work/warm"; done
ask report >/dev/null
observe
warm=$(ask report)
milliseconds fetch cold >"$work/curl_cold"
curl_cold=$(ask report)
milliseconds fetch warm >"$work/curl_warm"
curl_warm=$(ask report)

echo "every answer takes $latency ms; medians of $runs runs; curl once"
row "observe, cold" "$work/cold" "$cold" time_cold
row "observe, warm" "$work/warm" "$warm" time_warm
row "curl in a loop, cold" "$work/curl_cold" "$curl_cold" time_curl_cold
row "curl in a loop, warm" "$work/curl_warm" "$curl_warm" time_curl_warm
awk "BEGIN { printf \"observe is %.1f x (cold) and %.1f x (warm) as fast\n\", \
  $time_curl_cold / $time_cold, $time_curl_warm / $time_warm }"
