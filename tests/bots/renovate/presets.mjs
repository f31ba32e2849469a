// The presets as Renovate gets them: by URL, and from a git repository at a tag.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const host = 'https://presets.example';
export const repository = 'tools/presets'; // extended at a tag
export const repositoryAtHead = 'tools/moving-presets';

const git = (folder, ...words) =>
  execFileSync('git', ['-C', folder, ...words], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 1 << 27,
  });

// What `buildable publish` makes of an empty bare repository, and the tag that it sets there.
export function publishedRepository(program, folder) {
  execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', folder]);
  const said = execFileSync(program, ['publish', '--quiet', '--repo', folder], { encoding: 'utf8' });
  const tag = said.match(/^published (\S+) [0-9a-f]{40}\n$/)?.[1];
  if (!tag || git(folder, 'tag').trim() !== tag) throw new Error(`published nothing, or without its tag: ${said}`);
  return { folder, tag };
}

// The same repository after its branch has moved on to something broken: who reads the tag does not
// notice.
export function breakHead({ folder }) {
  const work = `${folder}-work`;
  git('.', 'clone', '--quiet', folder, work);
  writeFileSync(join(work, 'default.json'), '{}');
  git(work, '-c', 'user.name=bots', '-c', 'user.email=bots@localhost', 'commit', '--quiet', '--all', '--message', 'x');
  git(work, 'push', '--quiet', 'origin', 'main');
}

// The hosting platform's interface for one file of a repository at a ref.
function fileAtRef(repositories, path, query) {
  const match = path.match(/^\/api\/v4\/projects\/([^/]+)\/repository\/files\/([^/]+)$/);
  const bare = match && repositories[decodeURIComponent(match[1])];
  if (!bare) return undefined;
  const name = decodeURIComponent(match[2]);
  try {
    const content = Buffer.from(git(bare.folder, 'show', `${query.get('ref')}:${name}`)).toString('base64');
    return JSON.stringify({ file_path: name, encoding: 'base64', content });
  } catch {
    return undefined; // no such file there
  }
}

// Answers what concerns presets: files of the trees under their names, files of the repositories, and
// the texts that a run brings itself.
export function presetAnswers({ trees = {}, repositories = {}, texts = {} }) {
  const ok = (body) => ({ status: 200, headers: { 'content-type': 'application/json' }, body });
  return ({ origin, path, query }) => {
    if (origin !== host) {
      const found = fileAtRef(repositories, path, query);
      return found === undefined ? undefined : ok(found);
    }
    if (texts[path]) return ok(texts[path]);
    const [, name, ...rest] = path.split('/');
    return trees[name] && ok(readFileSync(join(trees[name], ...rest), 'utf8'));
  };
}

// Broken on purpose -------------------------------------------------------------------------------

const rulesOf = (preset, datasource, name) =>
  preset.packageRules.filter(
    ({ matchDatasources, matchPackageNames }) =>
      matchDatasources.includes(datasource) && (!name || matchPackageNames?.some((pattern) => pattern.includes(name))),
  );

const escaped = (text) => text.replace(/[.\\+*?()|[\]{}^$]/g, '\\$&');

// Each says which runtime it breaks and how that must show. `points` as in points.mjs.
export const breakings = {
  'a bound one patch too high': {
    runtime: 'node',
    datasource: 'docker',
    kind: 'leaks',
    apply(preset, points) {
      for (const rule of rulesOf(preset, 'docker', 'node'))
        rule.allowedVersions = rule.allowedVersions.replace(/^\/\^v\?\(\?:/, `$&${escaped(points.node.nextPatch)}|`);
    },
  },
  'the newest release forgotten': {
    runtime: 'ruby',
    datasource: 'ruby-version',
    kind: 'overblocks',
    apply(preset, points) {
      for (const rule of rulesOf(preset, 'ruby-version'))
        rule.allowedVersions = `/^(?:${points.ruby.buildable.slice(0, -1).map(escaped).join('|')})$/`;
    },
  },
  'a datasource forgotten': {
    runtime: 'php',
    datasource: 'github-tags',
    kind: 'leaks',
    apply(preset) {
      preset.packageRules = preset.packageRules.filter(
        (rule) => !rulesOf({ packageRules: [rule] }, 'github-tags', 'php').length,
      );
    },
  },
  'no "v?" at the beginning': {
    runtime: 'node',
    datasource: 'node-version',
    kind: 'overblocks',
    apply(preset) {
      for (const rule of rulesOf(preset, 'node-version'))
        rule.allowedVersions = rule.allowedVersions.replace('^v?', '^');
    },
  },
  'a range in place of the expression': {
    runtime: 'java',
    datasource: 'java-version',
    kind: 'leaks',
    apply(preset, points) {
      for (const rule of rulesOf(preset, 'java-version')) rule.allowedVersions = `<${points.java.high}`;
    },
  },
};

export function brokenPreset(text, points) {
  const preset = JSON.parse(text);
  for (const { apply } of Object.values(breakings)) {
    const before = JSON.stringify(preset);
    apply(preset, points);
    if (JSON.stringify(preset) === before) throw new Error('a negative control changes nothing');
  }
  return JSON.stringify(preset);
}

// A comma, which images' versioning cannot read: ends the whole run of every repository with an image.
export function presetWithRange(text, { python }) {
  const preset = JSON.parse(text);
  for (const rule of rulesOf(preset, 'docker', 'python'))
    rule.allowedVersions = `>=${python.series},<${python.highMinor}`;
  return JSON.stringify(preset);
}
