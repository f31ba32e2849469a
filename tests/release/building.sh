# The steps of docs/ci/build-github.yml and build-gitlab.yml up to the builder, as they stand: the program, what is
# deployed, the check, the builder. Where no source can be reached the month-old facts of the release are refused.
serve_dist
mkdir -p "$work/ci" "$work/tool"
echo 3.13 >"$work/tool/.python-version"
touch "$work/tool/requirements.txt"
ruby -ryaml - "$work/ci" "$address" "$archive_sha" "$work" <<'RUBY'
folder, address, sha, work = ARGV
fill = ->(env) { env.merge("BUILDABLE_URL" => address, "BUILDABLE_SHA256" => sha).map { |name, value| "export #{name}='#{value}'\n" }.join }
github = YAML.safe_load(File.read("docs/ci/build-github.yml"))
steps = github["jobs"]["image"]["steps"].select { |step| step["run"] }.take_while { |step| step["name"] != "Build" }
File.write("#{folder}/github.sh", fill.call(github["env"]) + steps.map { |step| "bash -eo pipefail <<'STEP' || exit\n#{step['run']}STEP\n" }.join)
job = YAML.safe_load(File.read("docs/ci/build-gitlab.yml")).values.first
lines = (job["before_script"] + job["script"]).reject { |line| line.match?(/^apk |PACK_|pack\.tgz|^pack |^docker /) }
# The job's own /tmp is the container's.
File.write("#{folder}/gitlab.sh", "set -eo pipefail\n" + fill.call(job["variables"]) + lines.join("\n").gsub(%r{/tmp\b}, "#{work}/ci/tmp").gsub("sha256sum -c -s", "sha256sum -c --status") + "\n")
RUBY
building() { # github|gitlab
  rm -rf "$work/ci/tmp" "$work/ci/output" && mkdir -p "$work/ci/tmp"
  (cd "$work/tool" && RUNNER_TEMP=$work/ci/tmp GITHUB_OUTPUT=$work/ci/output bash "$work/ci/$1.sh")
}
# A state as `observe` leaves it, of today and with the builder's digest: what the newest snapshot says, seen again.
seen="sha256:$(printf '7%.0s' $(seq 64))"
ruby -rjson -rdigest -rtime - "$work/ci/state" "$seen" <<'RUBY'
folder, seen = ARGV
text = File.read(Dir["rules/snapshots/toolforge/*.json"].max)
snapshot = JSON.parse(text)
snapshot["builders"].each { |builder| builder["digest"] = seen }
snapshot["observed"] = Time.now.utc.strftime("%FT%TZ")
text = JSON.pretty_generate(snapshot) + "\n"
require "fileutils"
FileUtils.mkdir_p("#{folder}/snapshots")
File.write("#{folder}/snapshots/#{Digest::SHA256.hexdigest(text)}.json", text)
RUBY
for kind in github gitlab; do
  code=0
  output=$(building $kind 2>&1) || code=$?
  # Where sources can be reached the builder is named with its digest.
  case $code in
    0) ;;
    3) says "could not be read; the facts of the release stand in" ;;
    *) fail "$kind left with $code: $output" ;;
  esac
  # What `observe` would have left.
  sed -i "s#^.*observe --config .*#cp -r '$work/ci/state' '$work/ci/tmp/state' ||#; s#^.*buildable observe .*#cp -r '$work/ci/state' '$work/ci/tmp/state'#" "$work/ci/$kind.sh"
  expect 0 building $kind
  case $kind in github) output=$(cat "$work/ci/output") ;; gitlab) output=$(cat "$work/tool/builder.env") ;; esac
  says "heroku-builder:" "@$seen"
done
