# The job that leaves its exit code for Prometheus, the alert rules, and the ssh command of the unit.
mkdir -p "$work/collector"
expect 5 docs/monitoring/run-job publish "$work/collector" sh -c 'exit 5'
grep -q '^buildable_job_exit_code{job_name="publish"} 5$' "$work/collector/buildable_publish.prom" || fail "run-job"
ruby -ryaml - docs/monitoring/alerts.yml src/serve docs/monitoring/run-job <<'RUBY'
rules = YAML.safe_load(File.read(ARGV[0]))["groups"].flat_map { |group| group["rules"] }
sources = Dir["#{ARGV[1]}/*.cpp"].map { |file| File.read(file) }.join + File.read(ARGV[2])
rules.each do |rule|
  abort "incomplete: #{rule}" unless rule["alert"] && rule["labels"]["severity"] && rule["annotations"]["summary"]
  # What is over a time is said by `for`, which a start of the service does not fulfil; a time in the text is that one.
  abort "over a time that may not have passed: #{rule}" if rule["expr"].match?(/_over_time\(/)
  abort "no time: #{rule}" if rule["annotations"]["summary"].match?(/for (six hours|a day)/) && !rule["for"] && !rule["expr"].include?("86400")
  rule["expr"].scan(/buildable_[a-z_]+/).each { |metric| abort "no metric #{metric}" unless sources.include?(metric) }
end
RUBY
if command -v promtool >/dev/null; then promtool check rules docs/monitoring/alerts.yml >/dev/null || fail "promtool"; fi

# The two units can both be enabled: one user, who owns the same directories with the same rights, and settings that
# only one of them can read are not the other's. What they run is in every Debian.
unit_value() { sed -n "s/^$2=//p" "docs/jobs/buildable-$1.service"; }
for key in DynamicUser User StateDirectory StateDirectoryMode CacheDirectory CacheDirectoryMode; do
  [ -n "$(unit_value serve $key)" ] || fail "buildable-serve.service has no $key"
  [ "$(unit_value publish $key)" = "$(unit_value serve $key)" ] || fail "the units differ in $key"
done
for key in ExecStart ExecReload; do
  for unit in serve publish; do
    case $(unit_value $unit $key) in "" | /usr/bin/buildable\ * | "/bin/sh -c "*) ;; *) fail "buildable-$unit.service: $key" ;; esac
  done
done
unit_value publish ExecStart | grep -q -- '--config /etc/buildable/publish.toml ' || fail "publish has no settings of its own"
unit_value serve ExecStart | grep -q -- /etc/buildable/publish.toml && fail "serve reads the settings of publish"
# The settings that the unit names are settings.
sed -n 's/^#.*\(\(state\|cache\)_directory = .*\)/\1/p' docs/jobs/buildable-publish.service >"$work/publish.toml"
[ "$(wc -l <"$work/publish.toml")" -eq 2 ] || fail "settings of publish"
expect 0 "$work/release/bin/buildable" versions python --quiet --at 2026-09-01 --config "$work/publish.toml"
if command -v systemd-analyze >/dev/null; then
  mkdir -p "$work/units"
  cp docs/jobs/buildable-*.service docs/jobs/buildable-*.timer "$work/units"
  sed -i "s|/usr/bin/buildable|$work/release/bin/buildable|" "$work"/units/*.service
  systemd-analyze verify --man=no "$work"/units/* >"$work/verified" 2>&1 || fail "systemd: $(cat "$work/verified")"
  [ ! -s "$work/verified" ] || fail "systemd: $(cat "$work/verified")"
fi

# What the unit gives git as its ssh, tried with an sshd: the key and the host's key are found although HOME has none.
if [ -x /usr/sbin/sshd ] && [ "$(id -u)" -eq 0 ]; then
  ssh-keygen -q -t ed25519 -N '' -f "$work/ssh_key"
  ssh-keygen -q -t ed25519 -N '' -f "$work/host_key"
  port=$(free_port)
  mkdir -p /run/sshd "$work/empty"
  cat >"$work/sshd_config" <<CONF
Port $port
ListenAddress 127.0.0.1
HostKey $work/host_key
AuthorizedKeysFile $work/ssh_key.pub
StrictModes no
UsePAM no
PidFile none
CONF
  /usr/sbin/sshd -D -f "$work/sshd_config" -E "$work/sshd.log" &
  pids+=($!)
  echo "[127.0.0.1]:$port $(cut -d' ' -f1,2 "$work/host_key.pub")" >"$work/known_hosts"
  git init -q --bare "$work/by-ssh.git"
  # systemd takes the quotes of the line away.
  line=$(sed -n 's/^Environment="GIT_SSH_COMMAND=\(.*\)"$/\1/p' docs/jobs/buildable-publish.service)
  command=${line//\\\"/\"}
  [ -n "$command" ] || fail "the unit has no GIT_SSH_COMMAND"
  for _ in $(seq 50); do (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break; sleep 0.1; done
  expect 0 env HOME="$work/empty" CREDENTIALS_DIRECTORY="$work" GIT_SSH_COMMAND="$command" \
    "$work/release/bin/buildable" publish --repo "ssh://root@127.0.0.1:$port$work/by-ssh.git"
  says published
  mv "$work/known_hosts" "$work/known_hosts.away"
  expect 2 env HOME="$work/empty" CREDENTIALS_DIRECTORY="$work" GIT_SSH_COMMAND="$command" \
    "$work/release/bin/buildable" publish --repo "ssh://root@127.0.0.1:$port$work/by-ssh.git"
fi
