# There is no release without its entry, nor with entries that stand as not released.
changelog() { expect "$1" bash tools/release/changelog.sh "${@:2}" "$work/changelog"; }
printf '# Changelog\n\n## [Unreleased]\n\n## [1.2.3] - 2026-11-27\n\n### Added\n\n- A thing.\n' >"$work/changelog"
changelog 0 1.2.3
says 2026-11-27
changelog 2 1.2.4
says "no entry for 1.2.4"
sed -i 's/^## \[Unreleased\]$/&\n\n### Added\n/' "$work/changelog"
changelog 0 1.2.3
sed -i '0,/^### Added$/s//&\n\n- Another./' "$work/changelog"
changelog 2 1.2.3
says "under [Unreleased]"
changelog 0 1.2.3 --draft
# The project's own, between releases too.
expect 0 bash tools/release/changelog.sh "$version" --draft
