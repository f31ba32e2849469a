mandoc -T lint -W warning "$work"/release/share/man/man1/*.1 || fail "mandoc"
mandoc -T ascii "$work/release/share/man/man1/buildable.1" | col -b >"$work/page"
for words in "EXIT STATUS" "no answer" "buildable-check(1)"; do
  grep -q "$words" "$work/page" || fail "buildable(1) lacks $words"
done
