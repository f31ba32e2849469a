# The first two commands of the README's "Build", as they stand there, on an exported tree: the first writes the
# tree, the second serves it. What is compiled comes from ccache where this machine has built it before.
git rev-parse HEAD >/dev/null 2>&1 || fail "export: not a clone"
mkdir -p "$work/export"
git archive HEAD | tar -x -C "$work/export"
mapfile -t commands < <(sed -n '/^## Build/,/^## /p' "$work/export/README.md" | grep '^\./dev ' | head -2)
[ "${#commands[@]}" -eq 2 ] || fail "the README's Build has no two commands"
case ${commands[1]} in "./dev run serve") ;; *) fail "the second command is not serve: ${commands[1]}" ;; esac
(cd "$work/export" && bash -c "${commands[0]}") >"$work/export.log" 2>&1 || fail "${commands[0]}: $(tail -20 "$work/export.log")"
[ -s "$work/export/out/default.json" ] || fail "no out/default.json"
[ -x "$work/export/build/release/buildable-network" ] || fail "buildable-network was not built"
output=$("$work/export/build/release/buildable" --version)
says "commit $(git rev-parse --short=12 HEAD)"
port=$(free_port)
(cd "$work/export" && PORT=$port exec bash -c "exec ${commands[1]}") >"$work/served.log" 2>&1 &
pids+=($!)
for _ in $(seq 60); do
  curl --fail --silent "http://127.0.0.1:$port/healthz" >/dev/null && break
  sleep 1
done
answers "http://127.0.0.1:$port/default.json" packageRules
kill "${pids[-1]}"
