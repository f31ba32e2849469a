# Each shell completes a command and an option from the installed file.
share=$work/release/share
expect 0 bash -c ". '$share/bash-completion/completions/buildable'; COMP_WORDS=(buildable exp); COMP_CWORD=1; _buildable; echo \${COMPREPLY[*]}"
says explain
if command -v fish >/dev/null; then
  expect 0 env HOME="$work" fish -c "source '$share/fish/vendor_completions.d/buildable.fish'; complete -C 'buildable check --str'"
  says --strict
  mkdir -p "$work/files"
  touch "$work/files/somefile"
  for line in 'buildable explain ' 'buildable check --only ' 'buildable observe --log-format ' 'buildable '; do
    output=$(cd "$work/files" && HOME=$work fish -c "source '$share/fish/vendor_completions.d/buildable.fish'; complete -C '$line'")
    [ -n "$output" ] || fail "fish offers nothing for $line"
    case $output in *somefile*) fail "fish offers files for $line" ;; esac
  done
  output=$(cd "$work/files" && HOME=$work fish -c "source '$share/fish/vendor_completions.d/buildable.fish'; complete -C 'buildable explain --config '")
  says somefile
fi
if command -v zsh >/dev/null; then
  expect 0 zsh -fc "fpath=('$share/zsh/site-functions' \$fpath); autoload -Uz compinit; compinit -u -D; print \$_comps[buildable]"
  says _buildable
fi
