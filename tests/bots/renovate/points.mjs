// The versions that the samples pin, per runtime, taken from the world and our verdicts.

const isLongTerm = { node: (major) => major % 2 === 0, java: (major) => (major - 17) % 4 === 0 };

const seriesOf = ({ numbers }, components) => numbers.slice(0, components).join('.');

// The series that a pin of an older project has: the third newest that can be built, where there are
// as many; of those with long-term support where the runtime has such.
function olderSeries(runtime, buildable, components) {
  const names = [
    ...new Set(
      buildable
        .filter(({ numbers }) => isLongTerm[runtime]?.(numbers[0]) ?? true)
        .map((release) => seriesOf(release, components)),
    ),
  ];
  return { old: names.at(-3) ?? names[0], newer: names.at(-2) ?? names.at(-1) };
}

export function pointsOf(runtime, { components, releases }, verdict) {
  const finals = releases.filter(({ prerelease }) => !prerelease);
  const buildable = finals.filter(({ judged }) => verdict(runtime, judged) === 'buildable');
  const base = buildable.length ? buildable : finals;
  const { old, newer } = olderSeries(runtime, base, components);
  const members = base.filter((release) => seriesOf(release, components) === old);
  const pinned = members[1] ?? members[0];
  const [major, minor] = pinned.numbers;
  const newest = base.at(-1);
  const beyond = finals
    .slice(finals.indexOf(newest) + 1)
    .find((release) => seriesOf(release, components) !== seriesOf(newest, components));
  const after = components === 1 ? `${major + 1}` : `${major}.${minor + 1}`;
  return {
    exact: pinned.judged,
    minor: `${major}.${minor}`,
    major: `${major}`,
    series: old,
    newer,
    after,
    newest: newest.judged,
    numbers: pinned.numbers,
    first: pinned.numbers.slice(0, components),
    buildable: buildable.map(({ judged }) => judged),
    nextPatch: finals[finals.indexOf(newest) + 1]?.judged,
    high: beyond?.judged,
    highMinor: beyond?.numbers.slice(0, 2).join('.'),
    highMajor: beyond && `${beyond.numbers[0]}`,
    highPrerelease: releases.find(
      ({ prerelease, numbers, judged }) =>
        prerelease && beyond && judged.startsWith(beyond.numbers.slice(0, components === 1 ? 1 : 2).join('.')),
    )?.judged,
  };
}
