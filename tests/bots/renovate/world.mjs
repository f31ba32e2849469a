// The world: what each registry lists. A package is {runtime, releases: [{name, judged, prerelease}]},
// where `name` is the text that the registry uses and `judged` what our program is asked about that
// text (null: it is not a version of a governed runtime, and may always be proposed).
// Keys are "<datasource> <package>", with the package as Renovate names it, images without registry.

const minorOf = ([major, minor]) => `${major}.${minor}`;
const majorOf = ([major]) => `${major}`;

function variantsOf(runtime) {
  return (
    {
      python: ['', '-slim', '-slim-bookworm', '-alpine3.20'],
      node: ['', '-slim', '-alpine', '-bookworm-slim'],
      go: ['', '-alpine', '-bookworm'],
      php: ['', '-cli', '-fpm-alpine', '-apache-bookworm'],
      ruby: ['', '-slim', '-alpine3.20'],
      java: ['', '-jdk', '-jre-alpine'],
      dotnet: ['', '-noble', '-alpine'],
    }[runtime] ?? ['']
  );
}

// Tags of an image: full, minor and major, each with every variant, and prereleases.
function imageTags(runtime, { scheme, releases }, { prefix = '' } = {}) {
  const tags = new Map();
  const add = (version, judged, prerelease) => {
    for (const variant of variantsOf(runtime)) {
      const name = prefix + version + variant;
      tags.set(name, { name, judged, prerelease });
    }
  };
  for (const { judged, numbers, prerelease } of releases) {
    if (prerelease) {
      add(scheme === 'composer' ? judged : judged.replace(/\.(?=[a-z])/, '-'), judged, true);
      continue;
    }
    if (scheme === 'java') add(`${judged}_9`, judged, false);
    add(judged, judged, false);
    if (scheme !== 'java') add(minorOf(numbers), minorOf(numbers), false);
    add(majorOf(numbers), majorOf(numbers), false);
  }
  return [...tags.values()];
}

const named = (releases, nameOf) =>
  releases.map((release) => ({
    name: nameOf(release),
    judged: release.judged,
    prerelease: release.prerelease,
    isFresh: release.isFresh,
  }));
const finals = (releases) => releases.filter(({ prerelease }) => !prerelease);

// A runtime's packages outside of image registries: [datasource, package, name of a release].
const asIs = ({ judged }) => judged;
const withV = ({ judged }) => `v${judged}`;
const withBuild = ({ judged }) => `${judged}-1234567`;
const rubyText = ({ judged }) => judged.replace(/\.(?=[a-z])/, '-');
const longTerm = new Set([8, 11, 17, 21, 25, 29, 33]);
const javaText = ({ numbers }) => numbers.join('.') + (longTerm.has(numbers[0]) ? '+9.0.LTS' : '+9');

const registries = {
  python: [
    ['python-version', 'python', asIs],
    ['github-releases', 'containerbase/python-prebuild', asIs],
    ['github-releases', 'actions/python-versions', withBuild],
    ['github-tags', 'python/cpython', withV],
    ['conda', 'python', asIs],
    ['conda', 'conda-forge/python', asIs],
    ['devbox', 'python', asIs],
    ['hermit', 'python3', asIs],
    ['endoflife-date', 'python', asIs],
  ],
  node: [
    ['node-version', 'node', withV],
    ['npm', 'node', asIs],
    ['conda', 'conda-forge/nodejs', asIs],
    ['github-releases', 'actions/node-versions', withBuild],
    ['github-releases', 'containerbase/node-prebuild', asIs],
    ['github-releases', 'nodejs/node', withV],
    ['devbox', 'nodejs', asIs],
    ['hermit', 'node', asIs],
    ['endoflife-date', 'nodejs', asIs],
  ],
  go: [
    ['golang-version', 'go', asIs],
    ['github-tags', 'golang/go', ({ judged }) => `go${judged}`],
    ['github-releases', 'actions/go-versions', withBuild],
    ['github-releases', 'containerbase/golang-prebuild', asIs],
    ['conda', 'conda-forge/go', asIs],
    ['devbox', 'go', asIs],
    ['hermit', 'go', asIs],
    ['endoflife-date', 'go', asIs],
  ],
  ruby: [
    ['ruby-version', 'ruby', rubyText],
    ['github-releases', 'containerbase/ruby-prebuild', asIs],
    ['conda', 'conda-forge/ruby', asIs],
    ['devbox', 'ruby', asIs],
    ['hermit', 'ruby', asIs],
    ['endoflife-date', 'ruby', asIs],
  ],
  php: [
    ['github-tags', 'containerbase/php-prebuild', asIs],
    ['github-releases', 'containerbase/php-prebuild', asIs],
    ['github-tags', 'php/php-src', ({ judged }) => `php-${judged}`],
    ['conda', 'conda-forge/php', asIs],
    ['devbox', 'php', asIs],
    ['hermit', 'php', asIs],
    ['endoflife-date', 'php', asIs],
  ],
  java: [
    ['java-version', 'java-jdk', javaText],
    ['conda', 'conda-forge/openjdk', asIs],
    ['devbox', 'jdk', asIs],
    ['hermit', 'openjdk', ({ judged }) => `${judged}_9`],
    ['endoflife-date', 'eclipse-temurin', ({ judged }) => `${judged}+9`],
  ],
  dotnet: [
    ['dotnet-version', 'dotnet-sdk', asIs],
    ['conda', 'conda-forge/dotnet-sdk', asIs],
    ['devbox', 'dotnet-sdk', asIs],
  ],
  sbt: [
    ['github-releases', 'sbt/sbt', withV],
    ['conda', 'conda-forge/sbt', asIs],
    ['devbox', 'sbt', asIs],
    ['hermit', 'sbt', asIs],
  ],
  maven: [['maven', 'org.apache.maven:apache-maven', asIs]],
  gradle: [['gradle-version', 'gradle', asIs]],
  npm: [['npm', 'npm', asIs]],
  pnpm: [['npm', 'pnpm', asIs]],
  yarn: [
    ['npm', 'yarn', asIs],
    ['npm', '@yarnpkg/cli', asIs],
  ],
};

// Registries that never list prereleases, or in a form that this world does not write.
const finalsOnly = new Set([
  'golang-version',
  'java-version',
  'conda',
  'devbox',
  'hermit',
  'endoflife-date',
  'gradle-version',
  'maven',
]);

const images = {
  python: ['library/python', 'mirror/python'],
  node: ['library/node', 'mirror/node'],
  go: ['library/golang', 'cimg/go'],
  php: ['library/php'],
  ruby: ['library/ruby'],
  dotnet: ['dotnet/sdk'],
  java: ['library/eclipse-temurin', 'library/openjdk', 'library/amazoncorretto'],
};

// A mirror whose tags carry a "v".
const prefixed = { node: 'with-v/node', python: 'with-v/python' };

// .NET's runtime has numbers of its own, of which only the major can be judged.
function dotnetRuntimes({ releases }) {
  const majors = [...new Set(finals(releases).map(({ numbers }) => numbers[0]))];
  return majors.flatMap((major) =>
    [0, 1, 9].map((patch) => ({ name: `${major}.0.${patch}`, judged: `${major}`, prerelease: false })),
  );
}

function dotnetImages(entry) {
  return dotnetRuntimes(entry).flatMap(({ name, judged }) =>
    [name, name.replace(/\.\d+$/, '')].flatMap((text) =>
      variantsOf('dotnet').map((variant) => ({ name: text + variant, judged, prerelease: false })),
    ),
  );
}

// Everything that is not a governed runtime, though some of it is called like one: must be left alone.
const bystanders = {
  'docker kindest/node': ['v1.29.0', 'v1.30.0', 'v1.99.0'],
  'docker devcontainers/features/python': ['1.0.0', '1.6.0', '99.0.0'],
  'docker devcontainers/features/node': ['1.0.0', '1.6.0', '99.0.0'],
  'docker devcontainers/features/go': ['1.0.0', '1.6.0', '99.0.0'],
  'docker devcontainers/features/ruby': ['1.0.0', '1.6.0', '99.0.0'],
  'docker library/rust': ['1.85', '1.99', '1.85.0', '1.99.0'],
  'docker library/postgres': ['15', '16', '99'],
  'docker heroku/builder': ['22', '24', '26'],
  'rust-version rust': ['1.85.0', '1.85.1', '1.99.0'],
  'npm @types/node': ['20.0.0', '20.9.0', '99.0.0'],
  'npm left-pad': ['1.0.0', '1.3.0', '9.0.0'],
  'npm bun': ['1.0.0', '1.3.0', '9.0.0'],
  'github-tags actions/setup-python': ['v5', 'v5.0.0', 'v6', 'v6.0.0'],
  'github-tags actions/setup-node': ['v5', 'v5.0.0', 'v6', 'v6.0.0'],
  'github-tags actions/setup-go': ['v5', 'v5.0.0', 'v6', 'v6.0.0'],
  'github-tags actions/setup-java': ['v5', 'v5.0.0', 'v6', 'v6.0.0'],
  'github-tags actions/setup-dotnet': ['v5', 'v5.0.0', 'v6', 'v6.0.0'],
  'github-tags ruby/setup-ruby': ['v1', 'v1.0.0', 'v2', 'v2.0.0'],
  'github-tags dtolnay/rust-toolchain': ['v1', 'v2'],
  'buildpacks-registry heroku/python': ['0.22.0', '3.0.0'],
  'maven org.scala-lang:scala-library': ['2.13.0', '2.13.16', '2.99.0'],
  'hexpm-bob elixir': ['v1.17.0', 'v1.18.0', 'v1.99.0'],
};

// {key: {runtime, releases}} of everything that exists.
export function fullWorld(releasesByRuntime) {
  const world = {};
  for (const [runtime, entry] of Object.entries(releasesByRuntime)) {
    for (const [datasource, name, nameOf] of registries[runtime] ?? []) {
      const listed = finalsOnly.has(datasource) ? finals(entry.releases) : entry.releases;
      world[`${datasource} ${name}`] = { runtime, releases: named(listed, nameOf) };
    }
    for (const image of images[runtime] ?? [])
      world[`docker ${image}`] = { runtime, releases: imageTags(runtime, entry) };
    if (prefixed[runtime])
      world[`docker ${prefixed[runtime]}`] = { runtime, releases: imageTags(runtime, entry, { prefix: 'v' }) };
  }
  const { dotnet } = releasesByRuntime;
  for (const key of ['dotnet-version dotnet-runtime', 'endoflife-date dotnet'])
    world[key] = { runtime: 'dotnet', releases: dotnetRuntimes(dotnet) };
  for (const image of ['dotnet/aspnet', 'dotnet/runtime'])
    world[`docker ${image}`] = { runtime: 'dotnet', releases: dotnetImages(dotnet) };
  for (const [key, names] of Object.entries(bystanders))
    world[key] = { runtime: null, releases: names.map((name) => ({ name, judged: null, prerelease: false })) };
  return world;
}

// Libraries of which the newest release needs a runtime that cannot be built, and the one before one
// that can: what libraries.json is for.
const libraryReleases = (old, high, spelled) => [
  { name: '1.0.0', judged: null, prerelease: false, requires: spelled(old) },
  { name: libraryWanted, judged: null, prerelease: false, requires: spelled(old) },
  { name: '2.0.0', judged: null, prerelease: false, requires: spelled(high) },
];

export const libraryWanted = '1.1.0';

export function libraries({ python, node, ruby, php }) {
  const of = ({ series, highMinor }, spelled) => ({
    runtime: null,
    releases: libraryReleases(series, highMinor, spelled),
  });
  return {
    'pypi future-library': of(python, (version) => ({ python: `>=${version}` })),
    'npm future-library': of(node, (version) => ({ node: `>=${version}` })),
    'rubygems future-library': of(ruby, (version) => ({ ruby: `>= ${version}` })),
    'packagist future/library': of(php, (version) => ({ php: `>=${version}` })),
  };
}

// Whether a version is not above the first of the samples' series.
function isAtMost(text, first) {
  const own = text.split('.').map(Number);
  const place = own.findIndex((number, index) => number !== (first[index] ?? 0));
  return place < 0 || own[place] < (first[place] ?? 0);
}

// The world of the oracle: nothing exists that must not be proposed. What is older than the samples'
// pins stays, with the first release of their series: it is never proposed, but Renovate looks there for
// what a range stands for today.
export function allowedWorld(world, points, mayBeProposed) {
  const stays = (runtime, { judged, prerelease }) =>
    judged === null || (!prerelease && isAtMost(judged, points[runtime].first)) || mayBeProposed(runtime, judged);
  return Object.fromEntries(
    Object.entries(world).map(([key, { runtime, releases }]) => [
      key,
      { runtime, releases: releases.filter((release) => stays(runtime, release)) },
    ]),
  );
}
