# The job of templates/check.yml as it stands.
declare -F steps_of >/dev/null || . tests/release/action.sh
component() { # FOLDER, CI variables before it are the caller's
  (cd "$1" && TMPDIR=$work bash "$work/steps/step0.sh")
}
steps_of component templates/check.yml version="$version" sha256="$sha" url="$address"
rm -rf "$work/bad/.git"
expect 0 component "$work/good"
expect 1 component "$work/bad"
ruby -rjson -e 'abort "no finding" if JSON.parse(File.read(ARGV[0])).empty?' "$work/bad/gl-code-quality-report.json" ||
  fail "the report of the merge request"
steps_of component templates/check.yml version="$version" sha256="${sha//a/b}" url="$address"
expect 1 component "$work/good"
says FAILED
# The component is called as the documentation calls it.
ruby -ryaml - templates/check.yml docs/ci/gitlab-check.yml <<'RUBY'
inputs = YAML.safe_load(File.read(ARGV[0]).split(/^---$/).first)["spec"]["inputs"]
used = YAML.safe_load(File.read(ARGV[1]))["include"].first["inputs"]
abort "not an input: #{used.keys - inputs.keys}" unless (used.keys - inputs.keys).empty?
missing = inputs.reject { |_, it| it.to_h.key?("default") }.keys - used.keys
abort "not given: #{missing}" unless missing.empty?
RUBY
ruby -ryaml - action.yml docs/ci/github-check.yml <<'RUBY'
inputs = YAML.safe_load(File.read(ARGV[0]))["inputs"]
used = YAML.safe_load(File.read(ARGV[1]))["jobs"]["check"]["steps"].last["with"]
abort "not an input: #{used.keys - inputs.keys}" unless (used.keys - inputs.keys).empty?
missing = inputs.select { |_, it| it["required"] }.keys - used.keys
abort "not given: #{missing}" unless missing.empty?
RUBY
