# The steps of action.yml as they stand, against a local address of the release: a repository that builds, one
# that does not, a wrong digest, a wrong address.
serve_dist
sha=$(sha256sum <"dist/$name" | cut -d' ' -f1)
steps_of() { # KIND FILE NAME=VALUE…
  rm -rf "$work/steps"
  mkdir -p "$work/steps"
  ruby tests/release/steps.rb "$1" "$2" "$work/steps" "${@:3}"
}
run_steps() { # FOLDER
  (cd "$1" && for step in "$work"/steps/step*.sh; do RUNNER_TEMP=$work/steps bash "$step" || exit; done)
}
mkdir -p "$work/good" "$work/bad"
echo 3.13 >"$work/good/.python-version"
touch "$work/good/requirements.txt" "$work/bad/requirements.txt"
echo 3.99 >"$work/bad/.python-version"
steps_of action action.yml version="$version" sha256="$sha" url="$address" strict=true track=latest
expect 0 run_steps "$work/good"
steps_of action action.yml version="$version" sha256="$sha" url="$address"
expect 1 run_steps "$work/bad"
says "::error" ".python-version"
steps_of action action.yml version="$version" sha256="${sha//a/b}" url="$address"
expect 1 run_steps "$work/good"
says FAILED
steps_of action action.yml version=9.9.9 sha256="$sha" url="$address"
expect 22 run_steps "$work/good"
# Without an address the releases of the repository that the action comes from.
steps_of action action.yml version="$version" sha256="$sha" github.server_url=https://github.example github.action_repository=o/buildable
grep -q "RELEASES='https://github.example/o/buildable/releases/download/v$version'" "$work/steps/step0.sh" || fail "RELEASES"
# A pull request answers for what it brings: what was there before does not fail it.
git -C "$work/bad" init -q -b main
git -C "$work/bad" -c user.name=t -c user.email=t@t add -A
git -C "$work/bad" -c user.name=t -c user.email=t@t commit -qm first
base=$(git -C "$work/bad" rev-parse HEAD)
steps_of action action.yml version="$version" sha256="$sha" url="$address" github.event.pull_request.base.sha="$base"
expect 0 run_steps "$work/bad"
# A shallow checkout, which is the usual one, has no such commit: the annotation says what to do.
git -C "$work/bad" -c user.name=t -c user.email=t@t commit -q --allow-empty -m second
git clone -q --depth=1 "file://$work/bad" "$work/shallow"
expect 2 run_steps "$work/shallow"
says "::error" "fetch-depth: 0"
rm -rf "$work/shallow"
