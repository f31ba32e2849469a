#!/usr/bin/env bash
# Every emitted Dependabot file, read as Dependabot reads it: leaks and overblocks against our verdicts,
# and its JSON schema. Prints one table; exits with 1 on any leak or overblock that
# docs/bots.md does not admit. Needs ruby (no gems). Environment: see ../run.sh.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source_folder=$(cd "$here/../../.." && pwd)
: "${BUILDABLE_NODE:?a Node.js}"
. "$here/../trees.sh"

need_judge
generate_trees
status=0
"$BUILDABLE_NODE" "$here/questions.mjs" "${trees[@]}" >"$trees_folder/questions.json"
ruby "$here/simulate.rb" "$trees_folder/questions.json" "$source_folder/docs/bots.md" "$trees_folder/lines" || status=1

modules=$(bash "$source_folder/tests/oracles/install.sh")
"$BUILDABLE_NODE" "$here/oracles.mjs" "$modules" <"$trees_folder/lines" || status=1

schema=$source_folder/tests/data/dependabot/dependabot-2.0.schema.json
mkdir "$trees_folder/json"
ruby -ryaml -rjson -e '
  folder, *trees = ARGV
  trees.flat_map { |tree| Dir["#{tree}/dependabot/*.yml"] }.each_with_index do |file, i|
    File.write("#{folder}/#{i}.json", JSON.generate(YAML.safe_load(File.read(file))))
  end' "$trees_folder/json" "${trees[@]}"
if "$BUILDABLE_NODE" "$here/../json_schema.mjs" "$schema" "$trees_folder"/json/*.json; then
  echo "$(ls "$trees_folder/json" | wc -l) files: the JSON schema accepts them"
else
  status=1
fi
exit $status
