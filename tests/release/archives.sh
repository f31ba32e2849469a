# Digests are right, programs are static and name version, commit and facts, the bill of materials is JSON
# that names what was linked, and packing again gives the same bytes.
(cd dist && sha256sum --check --quiet SHA256SUMS) || fail "SHA256SUMS"
for program in "$work/release/bin/buildable" "$work/release/libexec/buildable/buildable-network" "dist/$name"; do
  case $(file -bL "$program") in *"static-pie linked"*) ;; *) fail "not static: $program" ;; esac
done
expect 0 "dist/$name" --version
says "buildable $version (" "facts of 20"
ruby -rjson - "dist/$name.spdx.json" <<'RUBY'
bill = JSON.parse(File.read(ARGV[0]))
names = bill["packages"].map { |package| package["name"] }
%w[libssl-dev zlib1g-dev libc6-dev curl libmicrohttpd nlohmann-json3-dev libarchive-dev].each do |name|
  abort "the bill of materials lacks #{name}: #{names.join(' ')}" unless names.include?(name)
end
ids = bill["packages"].map { |package| package["SPDXID"] }
abort "an identifier twice" unless ids.uniq.size == ids.size
bill["packages"].each { |package| abort "no version of #{package['name']}" if package["versionInfo"].to_s.empty? }
RUBY
# Links of the installed documents lead somewhere, and units call the program where it is: the archive's below
# /usr/local, for which it is made; an installation's below its own prefix.
ruby tests/release/links.rb "$work/release/share/doc/buildable" || fail "links in the archive"
units_call "$work/release" /usr/local
expect 0 cmake --install build/package --strip --prefix "$work/own"
units_call "$work/own" "$work/own"
cp dist/SHA256SUMS "$work/first"
bash tools/release/release.sh --draft >/dev/null
cmp "$work/first" dist/SHA256SUMS || fail "a second run gives other bytes: $(diff "$work/first" dist/SHA256SUMS)"
