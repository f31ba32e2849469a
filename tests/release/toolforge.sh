# deploy/toolforge as the Build Service puts it together: `check` foretells it, the build step downloads the
# release, and the processes of the Procfile start from what is left.
"$work/release/bin/buildable" check --at 2026-11-01 deploy/toolforge >"$work/foretold" || fail "check says that it fails"
output=$(cat "$work/foretold")
says "builds: Node.js"
serve_dist
rm -rf "$work/app"
cp -r deploy/toolforge "$work/app"
sed -i "s|^BUILDABLE_URL=.*|BUILDABLE_URL=$address|; s|^BUILDABLE_SHA256=.*|BUILDABLE_SHA256=$archive_sha|" "$work/app/release.env"
(cd "$work/app" && npm ci --silent --no-audit --no-fund && npm run --silent build) >"$work/npm.log" 2>&1 || fail "$(cat "$work/npm.log")"
grep -q "^buildable $version" "$work/npm.log" || fail "the build step does not end with the version"
process() { sed -n "s/^$1: //p" "$work/app/Procfile"; }
port=$(free_port)
(cd "$work/app" && PORT=$port exec sh -c "exec $(process web)") >"$work/web.log" 2>&1 &
pids+=($!)
answers "http://127.0.0.1:$port/healthz" ""
# The question of docs/serving.md, as it stands there.
question=$(sed -n '/^curl .*\/v1\/check/,/^```/p' docs/serving.md | sed '$d')
output=$(bash -c "${question//127.0.0.1:8080/127.0.0.1:$port}" 2>/dev/null)
says '"outcome": "builds"'
kill "${pids[-1]}"
printf 'state_directory = "%s/state"\n' "$work" >"$work/buildable.toml"
git init -q --bare "$work/presets.git"
# Where no source can be reached publish ends with 5 and leaves the repository as it is; where they can, with 0.
code=0
(cd "$work/app" && TOOL_DATA_DIR=$work PRESETS_REPOSITORY=$work/presets.git sh -c "$(process publish)") >"$work/publish.log" 2>&1 || code=$?
case $code in 0 | 5) ;; *) fail "publish left with $code: $(cat "$work/publish.log")" ;; esac
# A release that is not the one that release.env names leaves nothing.
rm -rf "$work/app/buildable"
sed -i "s|^BUILDABLE_SHA256=.*|BUILDABLE_SHA256=${archive_sha//a/b}|" "$work/app/release.env"
(cd "$work/app" && npm run --silent build) >/dev/null 2>&1 && fail "a wrong digest was taken"
[ ! -e "$work/app/buildable" ] || fail "a wrong archive was left"
for job in toolforge.yaml jobs.yaml project.toml; do [ -s "deploy/toolforge/$job" ] || fail "$job"; done
# The README says of every example that it is to be replaced, and of every file what it is for.
ruby -ryaml - deploy/toolforge <<'RUBY'
folder = ARGV[0]
readme = File.read("#{folder}/README.md")
files = Dir.children(folder) - ["README.md"]
files.each do |file|
  abort "README.md does not name #{file}" unless readme.match?(/^\| .*`#{Regexp.escape(file)}`.* \|$/)
  text = File.read("#{folder}/#{file}")
  text.scan(/MYTOOL|GROUP\/REPOSITORY|mygroup\/presets|SHA256_OF_THE_RELEASE|https:\/\/example\.org\S*/).uniq.each do |example|
    row = readme.lines.find { |line| line.match?(/^ +\| `#{Regexp.escape(file)}` \|/) }
    abort "README.md does not say that #{example} in #{file} is to be replaced" unless row&.include?("`#{example}`")
  end
end
YAML.safe_load(File.read("#{folder}/toolforge.yaml"))["components"].each do |name, component|
  %w[command port publish health_check_http].each { |key| abort "#{name} has no #{key}" unless component["run"].key?(key) }
end
RUBY
