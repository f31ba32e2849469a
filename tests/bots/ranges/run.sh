#!/usr/bin/env bash
# Every emitted Renovate preset: its allowedVersions read by Renovate's own code and compared with our
# verdicts, and held against Renovate's validator and JSON schema. Prints one table; exits with 1 on any
# leak, overblock or refusal. Environment: see ../run.sh.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
: "${BUILDABLE_RENOVATE:?the folder with node_modules/renovate}" "${BUILDABLE_NODE:?a Node.js that runs it}"
. "$here/../trees.sh"

need_judge
generate_trees
status=0
"$BUILDABLE_NODE" "$here/compare.mjs" "${trees[@]}" || status=1
"$BUILDABLE_NODE" "$here/validate.mjs" "${trees[@]}" || status=1
exit $status
