// Renovate's own code: which rules match a dependency, and what allowedVersions lets through.
import { join } from 'node:path';

const dist = join(process.env.BUILDABLE_RENOVATE, 'node_modules/renovate/dist');
process.env.LOG_LEVEL ??= 'fatal';

export const load = (path) => import(join(dist, path));
const { init } = await load('logger/index.js');
await init();
const { filterVersions } = await load('workers/repository/process/lookup/filter.js');
const { applyPackageRules } = await load('util/package-rules/index.js');
const versioning = await load('modules/versioning/index.js');

// What a preset's rules make of a dependency.
const settingsOf = (rules, row) =>
  applyPackageRules({
    manager: row.manager,
    datasource: row.datasource,
    packageName: row.packageName,
    depName: row.packageName.replace(/^(?:docker\.io\/)?library\//, ''),
    depType: row.depType,
    packageRules: structuredClone(rules),
  });

// The limit that they set, or undefined; how old a release has to be, or undefined.
export const limitOf = async (rules, row) => (await settingsOf(rules, row)).allowedVersions;
export const ageOf = async (rules, row) => (await settingsOf(rules, row)).minimumReleaseAge;

// The texts that are versions to the versioning, and those of them that the limit lets through.
// Everything is newer than the current version, and prereleases are not left out for being such.
export function letThrough(allowedVersions, name, texts) {
  const api = versioning.get(name);
  const current = name === 'docker' ? '0' : '0.0.0';
  const releases = texts.map((version) => ({ version }));
  const filtered = (config) =>
    new Set(filterVersions({ depName: 'x', versioning: name, ...config }, current, null, releases, api)
      .map((release) => release.version));
  return { versions: filtered({}), allowed: filtered({ allowedVersions }) };
}
