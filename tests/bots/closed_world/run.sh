#!/usr/bin/env bash
# Is everything that the bots know either limited or listed? Environment: see ../run.sh.
set -euo pipefail
exec "$BUILDABLE_NODE" "$(dirname "${BASH_SOURCE[0]}")/closed_world.mjs"
