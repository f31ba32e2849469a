# Sourced by the scripts beside it: what they need of the environment, and the trees that they judge.
# Wanted: BUILDABLE_PROGRAM (the program) and BUILDABLE_TREE (what it generated for today).

: "${BUILDABLE_PROGRAM:?the program}" "${BUILDABLE_TREE:?a generated tree}"

trees_folder=$(mktemp -d)
trap 'rm -rf "$trees_folder"' EXIT

# The known states that differ from one another, one with an address, today's last.
generate_trees() {
  local day
  trees=()
  for day in 2023-12-13 2025-05-12 2025-10-10 2026-03-20 2026-04-10; do
    "$BUILDABLE_PROGRAM" generate --quiet --at "$day" --out "$trees_folder/$day" >/dev/null
    trees+=("$trees_folder/$day")
  done
  "$BUILDABLE_PROGRAM" generate --quiet --base-url https://tree.example/x \
    --out "$trees_folder/address" >/dev/null
  trees+=("$trees_folder/address" "$BUILDABLE_TREE")
}

# judge_versions answers thousands of questions at a time; whoever calls may have built it already.
need_judge() {
  [ -z "${BUILDABLE_JUDGE:-}" ] || return 0
  local source
  source=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
  (cd "$source" && cmake --preset release && cmake --build --preset release --target judge_versions) >&2
  export BUILDABLE_JUDGE=$source/build/release/judge_versions
}
