// Which releases of each runtime exist in the world that Renovate sees: what the policies know, and
// what lies just beyond and far beyond them. Nothing is typed by hand: with the data the world moves.

// How many series a world has (older ones are never proposed), and how many releases of each.
const seriesKept = { 1: 10, 2: 7 };
const releasesKept = 8;

const textOf = (numbers) => numbers.join('.');
const numbersOf = (text) => text.split('.').map(Number);

function compareNumbers(left, right) {
  for (let i = 0; i < Math.max(left.length, right.length); i += 1) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference) return difference;
  }
  return 0;
}

const filled = (numbers) => [...numbers, 0, 0].slice(0, Math.max(3, numbers.length));

// Finals and prereleases that any of the policies names, as a version of a list or a bound of a set.
function seeds(policies, runtime) {
  const finals = new Map();
  const prereleases = new Set();
  for (const policy of policies)
    for (const track of Object.values(policy.tracks)) {
      const known = track.runtimes[runtime];
      if (!known) continue;
      const newest = known.series.map((series) => series.newest).filter(Boolean);
      const bounds = known.buildable.match(/\d+(?:\.\d+)+[\w.-]*/g) ?? [];
      for (const text of [...known.versions, ...newest, ...bounds])
        if (/^\d+(?:\.\d+){0,2}$/.test(text)) finals.set(textOf(filled(numbersOf(text))), filled(numbersOf(text)));
        else if (/[a-z]/i.test(text)) prereleases.add(text);
    }
  return { finals: [...finals.values()].sort(compareNumbers), prereleases };
}

const nextPatches = ([major, minor, patch]) => [
  [major, minor, patch + 1],
  [major, minor, patch + 40],
];

// What is around one series: its first, its newest and their neighbours.
function fillSeries(scheme, members) {
  const first = members[0];
  const newest = members.at(-1);
  const found = [...members.slice(0, 2), ...members.slice(-releasesKept)];
  for (const [major, minor, patch] of [...found]) if (patch > 0) found.push([major, minor, patch - 1]);
  found.push([first[0], first[1], first[2] + 1], ...nextPatches(newest), [newest[0], newest[1] + 1, 0]);
  if (scheme === 'dotnet') found.push([newest[0], newest[1], newest[2] - (newest[2] % 100) + 100]);
  return found;
}

// The series after the newest, near and far, of each the first two releases.
function beyond(components, [major, minor, patch], scheme) {
  const base = scheme === 'dotnet' ? 100 : 0;
  const starts =
    components === 1
      ? [1, 2, 3, 4, 8].map((step) => [major + step, 0, base])
      : [
          [major, minor + 1, 0],
          [major, minor + 2, 0],
          [major, minor + 12, 0],
          [major + 1, 0, 0],
          [major + 2, 1, 0],
        ];
  return [...starts, ...starts.map(([first, second, third]) => [first, second, third + 1]), [major, minor, patch + 1]];
}

const prereleaseOf = {
  pep440: (numbers) => `${textOf(numbers)}rc1`,
  semver: (numbers) => `${textOf(numbers)}-rc.1`,
  go: ([major, minor]) => `${major}.${minor}rc1`,
  composer: (numbers) => `${textOf(numbers)}RC1`,
  ruby: (numbers) => `${textOf(numbers)}.preview1`,
  dotnet: (numbers) => `${textOf(numbers)}-preview.1.26000.1`,
};

function finalsOf(scheme, components, finals) {
  const bySeries = new Map();
  for (const numbers of finals) {
    const series = textOf(numbers.slice(0, components));
    bySeries.set(series, [...(bySeries.get(series) ?? []), numbers]);
  }
  const kept = [...bySeries.values()].slice(-seriesKept[components]);
  const found = kept.flatMap((members) => fillSeries(scheme, members));
  found.push(...beyond(components, finals.at(-1), scheme));
  return [...new Map(found.map((numbers) => [textOf(numbers), numbers])).values()].sort(compareNumbers);
}

// The known ones, and one of the newest series and of each that is beyond it.
function prereleasesOf(scheme, components, newest, known) {
  const found = new Set(known);
  const base = scheme === 'dotnet' ? 100 : 0;
  const starts = beyond(components, newest, scheme).filter((entry) => entry[2] === base);
  for (const [major, minor] of [newest, ...starts])
    if (prereleaseOf[scheme]) found.add(prereleaseOf[scheme]([major, components === 1 ? 0 : minor, base]));
  return found;
}

// {runtime: {scheme, components, releases: [{judged, numbers, prerelease}]}}, in rising order. `judged`
// is the text that our program is asked about.
export function releasesOf(policies) {
  const found = {};
  const [today] = policies;
  for (const [runtime, { scheme, series_components: components = 2 }] of Object.entries(
    Object.values(today.tracks)[0].runtimes,
  )) {
    const { finals, prereleases } = seeds(policies, runtime);
    // A tool that any version of can be built, or none: it only has to have some.
    if (finals.length === 0) finals.push([8, 1, 0], [9, 0, 0], [9, 0, 1]);
    const numbers = finalsOf(scheme, components, finals);
    const releases = numbers.map((entry) => ({ judged: textOf(entry), numbers: entry, prerelease: false }));
    for (const text of prereleasesOf(scheme, components, finals.at(-1), prereleases))
      if (compareNumbers(numbersOf(text.match(/^\d+(?:\.\d+)*/)[0]), numbers[0]) >= 0)
        releases.push({ judged: text, numbers: null, prerelease: true });
    found[runtime] = { scheme, components, releases };
  }
  return found;
}
