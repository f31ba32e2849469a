// What the registries answer, in the shape of their real interfaces and recognised by the shape of the
// path: no host is named here.
import { createHash } from 'node:crypto';

const stamp = '2020-01-01T00:00:00.000Z'; // old enough for any minimum age of a release
const day = '2020-01-01';
const yesterday = new Date(Date.now() - 24 * 60 * 60 * 1000).toISOString();
const stampOf = ({ isFresh }) => (isFresh ? yesterday : stamp);

const json = (value, headers = {}) => ({
  status: 200,
  headers: { 'content-type': 'application/json', 'cache-control': 'public, max-age=60', ...headers },
  body: JSON.stringify(value),
});
const text = (body, type = 'text/plain') => ({ status: 200, headers: { 'content-type': type }, body });

const releasesOf = (world, key) => world[key]?.releases;
const namesOf = (world, key) => releasesOf(world, key)?.map(({ name }) => name);

// Image registries ------------------------------------------------------------------------------

const digestOf = (words) => `sha256:${createHash('sha256').update(words).digest('hex')}`;

// An image may be asked for with or without the registry's own folder.
const imageReleases = (world, name) =>
  releasesOf(world, `docker ${name}`) ?? releasesOf(world, `docker library/${name}`);

function tagsPage(world, name) {
  const releases = imageReleases(world, name);
  if (!releases) return undefined;
  const results = releases.map((release, index) => ({
    id: index + 1,
    last_updated: stamp,
    name: release.name,
    tag_last_pushed: stamp,
    digest: digestOf(`${name}:${release.name}`),
    images: [{ architecture: 'amd64', digest: digestOf(`${name}:${release.name}/amd64`) }],
  }));
  return json({ count: results.length, next: null, results });
}

function manifest(world, name, reference) {
  if (!imageReleases(world, name)) return undefined;
  const digest = reference.startsWith('sha256:') ? reference : digestOf(`${name}:${reference}`);
  const type = 'application/vnd.docker.distribution.manifest.v2+json';
  const body = {
    schemaVersion: 2,
    mediaType: type,
    config: { mediaType: 'application/vnd.docker.container.image.v1+json', digest: digestOf('config'), size: 2 },
  };
  return json(body, { 'content-type': type, 'docker-content-digest': digest });
}

// Runtimes' own pages ---------------------------------------------------------------------------

const isLongTerm = (name) => /^v?\d*[02468]\./.test(name); // Node.js

const nodeIndex = (world) =>
  json(
    releasesOf(world, 'node-version node').map(({ name, prerelease }) => ({
      version: name,
      date: day,
      lts: !prerelease && isLongTerm(name) ? 'Name' : false,
    })),
  );

const pythonDownloads = (world) =>
  json(
    releasesOf(world, 'python-version python').map(({ name, prerelease }) => ({
      name: `Python ${name}`,
      slug: `python-${name}`,
      version: 3,
      is_latest: false,
      is_published: true,
      release_date: stamp,
      pre_release: prerelease,
      release_page: null,
      show_on_download_page: true,
      release_notes_url: '',
      resource_uri: '',
    })),
  );

// The newest release of each series.
const byMajor = new Set(['nodejs', 'eclipse-temurin', 'dotnet']);

function endOfLife(world, product) {
  const numbers = byMajor.has(product) ? 1 : 2;
  const latest = new Map();
  for (const name of namesOf(world, `endoflife-date ${product}`) ?? [])
    latest.set(name.split('.').slice(0, numbers).join('.'), name);
  return json([...latest].map(([cycle, name]) => ({ cycle, releaseDate: day, eol: false, latest: name })));
}

function goHistory(world) {
  const entries = namesOf(world, 'golang-version go').map((name) => {
    const [major, minor, patch] = name.split('.');
    return `\t{\n\t\tDate: Date{2020, 1, 1},\n\t\tVersion: Version{${major}, ${minor}, ${patch}},\n\t},`;
  });
  return text(`package history\n\nvar Releases = []*Release{\n${entries.join('\n')}\n}\n`);
}

const rubyTable = (world) =>
  text(
    `<table class="release-list"><tr><th>Version</th></tr>${releasesOf(world, 'ruby-version ruby')
      .map((release) => `<tr><td>Ruby ${release.name}</td><td>${stampOf(release).slice(0, 10)}</td><td><a href="/en/news/">more...</a></td></tr>`)
      .join('')}</table>`,
    'text/html',
  );

function javaPage(world, query) {
  const page = Number(query.get('page'));
  const names = namesOf(world, 'java-version java-jdk').slice(page * 50, page * 50 + 50);
  return names.length ? json({ versions: names.map((semver) => ({ semver })) }) : undefined;
}

const dotnetMajors = (world) => [
  ...new Set(
    ['dotnet-sdk', 'dotnet-runtime'].flatMap((name) =>
      namesOf(world, `dotnet-version ${name}`).map((version) => version.split('.')[0]),
    ),
  ),
];

const dotnetIndex = (world, base) =>
  json({
    'releases-index': dotnetMajors(world).map((major) => ({
      'channel-version': `${major}.0`,
      'releases.json': `${base}/${major}.0/releases.json`,
    })),
  });

// SDKs and runtimes are released together; here as many entries as the longer list has.
function dotnetChannel(world, channel) {
  const of = (name) => namesOf(world, `dotnet-version ${name}`).filter((version) => version.startsWith(`${channel}.`));
  const runtimes = of('dotnet-runtime');
  const sdks = of('dotnet-sdk');
  const releases = runtimes.map((version, index) => ({
    'release-date': day,
    'release-notes': '',
    runtime: { version },
    sdks: index === 0 ? sdks.map((sdk) => ({ version: sdk })) : [],
  }));
  if (releases.length === 0)
    releases.push({ 'release-date': day, 'release-notes': '', sdks: sdks.map((sdk) => ({ version: sdk })) });
  return json({ releases });
}

const rustManifests = (world) =>
  text(
    namesOf(world, 'rust-version rust')
      .map((name) => `static/dist/${day}/channel-rust-${name}.toml`)
      .join('\n'),
  );

// Code hosting ----------------------------------------------------------------------------------

function graphql(world, body) {
  const { query, variables } = JSON.parse(body);
  const isReleases = /\breleases\s*\(/.test(query);
  const name = `${variables.owner}/${variables.name}`;
  const releases = releasesOf(world, `${isReleases ? 'github-releases' : 'github-tags'} ${name}`);
  if (!releases) return json({ data: null, errors: [{ message: `no repository ${name}` }] });
  const nodes = releases.map((release, index) =>
    isReleases
      ? {
          version: release.name,
          releaseTimestamp: stampOf(release),
          isDraft: false,
          isPrerelease: release.prerelease,
          url: '',
          id: index + 1,
          name: release.name,
          description: '',
        }
      : {
          version: release.name,
          target: { type: 'Commit', oid: digestOf(release.name).slice(7, 47), releaseTimestamp: stampOf(release) },
        },
  );
  return json({
    data: {
      repository: { isRepoPrivate: false, payload: { nodes, pageInfo: { hasNextPage: false, endCursor: null } } },
    },
  });
}

// Package registries ----------------------------------------------------------------------------

function npmDocument(world, name) {
  const releases = releasesOf(world, `npm ${name}`);
  if (!releases?.length) return undefined;
  const stable = releases.filter(({ prerelease }) => !prerelease);
  return json({
    name,
    'dist-tags': { latest: (stable.at(-1) ?? releases[0]).name },
    versions: Object.fromEntries(
      releases.map((release) => [release.name, { name, version: release.name, engines: release.requires }]),
    ),
    time: Object.fromEntries(releases.map((release) => [release.name, stamp])),
  });
}

function pypiDocument(world, name) {
  const releases = releasesOf(world, `pypi ${name}`);
  return (
    releases &&
    json({
      info: {},
      releases: Object.fromEntries(
        releases.map((release) => [
          release.name,
          [{ requires_python: release.requires?.python ?? null, upload_time: stamp, yanked: false }],
        ]),
      ),
    })
  );
}

const gemVersions = (world, name) =>
  releasesOf(world, `rubygems ${name}`)?.length &&
  json(
    releasesOf(world, `rubygems ${name}`).map((release) => ({
      number: release.name,
      created_at: stamp,
      platform: 'ruby',
      ruby_version: release.requires?.ruby,
      metadata: {},
    })),
  );

const composerRoot = () => json({ packages: [], 'metadata-url': '/p2/%package%.json' });

function composerPackage(world, name) {
  const releases = releasesOf(world, `packagist ${name}`);
  return (
    releases &&
    json({
      packages: {
        [name]: releases.map((release) => ({ name, version: release.name, require: release.requires, time: stamp })),
      },
    })
  );
}

const condaPackage = (world, name) =>
  releasesOf(world, `conda ${name}`) && json({ html_url: '', dev_url: '', versions: namesOf(world, `conda ${name}`) });

function mavenMetadata(world, path) {
  const parts = path.split('/');
  const name = `${parts.slice(0, -1).join('.')}:${parts.at(-1)}`;
  const names = namesOf(world, `maven ${name}`);
  return (
    names &&
    text(
      `<metadata><versioning><versions>${names.map((version) => `<version>${version}</version>`).join('')}</versions></versioning></metadata>`,
      'application/xml',
    )
  );
}

// Asked for before a version is proposed: whether it is there, and since when.
function mavenProject(world, path) {
  const parts = path.split('/');
  const [version, artifact, ...group] = parts.slice(0, -1).reverse();
  const names = namesOf(world, `maven ${group.reverse().join('.')}:${artifact}`);
  return names?.includes(version)
    ? { ...text('<project/>', 'application/xml'), headers: { 'last-modified': new Date(stamp).toUTCString() } }
    : undefined;
}

const devboxPackage = (world, name) =>
  releasesOf(world, `devbox ${name}`) &&
  json({ name, releases: namesOf(world, `devbox ${name}`).map((version) => ({ version, last_updated: stamp })) });

// hermit's packages are the asset of a release.
const hermitRelease = (origin) => json({ assets: [{ name: 'index.json', url: `${origin}/hermit/index.json` }] });

const hermitIndex = (world) =>
  json(
    Object.keys(world)
      .filter((key) => key.startsWith('hermit '))
      .map((key) => ({ Name: key.slice(7), Repository: '', Versions: namesOf(world, key), Channels: ['@stable'] })),
  );

const gradleVersions = (world) =>
  json(namesOf(world, 'gradle-version gradle').map((version) => ({ version, buildTime: '20200101000000+0000' })));

const buildpack = (world, name) =>
  namesOf(world, `buildpacks-registry ${name}`) &&
  json({ latest: {}, versions: namesOf(world, `buildpacks-registry ${name}`).map((version) => ({ version })) });

const builds = (world, name) =>
  namesOf(world, `hexpm-bob ${name}`) &&
  text(
    namesOf(world, `hexpm-bob ${name}`)
      .map((version) => `${version} 0123456 ${stamp}`)
      .join('\n'),
  );

// [method and path, answer]; the first that matches and has something to say.
const shapes = [
  [/^GET \/v2\/?$/, () => json({})],
  [/^GET \/v2\/repositories\/(.+)\/tags$/, (world, [name]) => tagsPage(world, name)],
  [
    /^GET \/v2\/(.+)\/tags\/list$/,
    (world, [name]) =>
      imageReleases(world, name) && json({ name, tags: imageReleases(world, name).map((release) => release.name) }),
  ],
  [/^(?:GET|HEAD) \/v2\/(.+)\/manifests\/([^/]+)$/, (world, [name, reference]) => manifest(world, name, reference)],
  [/^GET \/v2\/.+\/blobs\/[^/]+$/, () => json({ architecture: 'amd64', config: { Labels: {} } })],
  [/^GET \/dist\/index\.json$/, nodeIndex],
  [/^GET \/api\/v2\/downloads\/release\/?$/, pythonDownloads],
  [/^GET \/api\/([a-z-]+)\.json$/, (world, [product]) => endOfLife(world, product)],
  [/^GET \/golang\/website\/HEAD\/internal\/history\/release\.go$/, goHistory],
  [/^GET \/en\/downloads\/releases\/$/, rubyTable],
  [/^GET \/v3\/info\/release_versions$/, (world, _, { query }) => javaPage(world, query)],
  [/^GET (\/.*)\/releases-index\.json$/, (world, [folder], { origin }) => dotnetIndex(world, origin + folder)],
  [/^GET \/.*\/(\d+)\.0\/releases\.json$/, (world, [channel]) => dotnetChannel(world, channel)],
  [/^GET \/manifests\.txt$/, rustManifests],
  [/^POST \/graphql$/, (world, _, { body }) => graphql(world, body)],
  [/^GET \/versions\/all$/, gradleVersions],
  [/^GET \/v2\/pkg$/, (world, _, { query }) => devboxPackage(world, query.get('name'))],
  [/^GET \/repos\/[^/]+\/[^/]+\/releases\/tags\/index$/, (_world, _, { origin }) => hermitRelease(origin)],
  [/^GET \/hermit\/index\.json$/, hermitIndex],
  [/^GET \/package\/(.+)$/, (world, [name]) => condaPackage(world, name)],
  [/^GET \/maven2\/(.+)\/maven-metadata\.xml$/, (world, [path]) => mavenMetadata(world, path)],
  [/^(?:GET|HEAD) \/maven2\/(.+\.pom)$/, (world, [path]) => mavenProject(world, path)],
  [/^GET \/pypi\/([^/]+)\/json$/, (world, [name]) => pypiDocument(world, name)],
  [/^GET \/api\/v1\/versions\/([^/]+)\.json$/, (world, [name]) => gemVersions(world, name)],
  [/^GET \/packages\.json$/, composerRoot],
  [/^GET \/p2\/(.+?)\.json$/, (world, [name]) => composerPackage(world, name)],
  [/^GET \/api\/v1\/buildpacks\/(.+)$/, (world, [name]) => buildpack(world, name)],
  [/^GET \/builds\/([a-z]+)\/builds\.txt$/, (world, [name]) => builds(world, name)],
  [/^GET \/((?:@[^/]+\/)?[^/]+)$/, (world, [name]) => npmDocument(world, name)],
];

// {status, headers, body} for a request {method, origin, path, query, body}, or undefined.
export function answerOf(world, request) {
  const line = `${request.method} ${decodeURIComponent(request.path)}`;
  for (const [shape, answer] of shapes) {
    const match = line.match(shape);
    const found = match && answer(world, match.slice(1), request);
    if (found) return found;
  }
  return undefined;
}
