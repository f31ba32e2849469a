// Every emitted preset is accepted by Renovate's validator and by its JSON schema, and holds no key
// but those that the project allows itself.
//   node validate.mjs TREE...      (see run.sh)
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { problemsOf } from '../json_schema.mjs';

const renovate = join(process.env.BUILDABLE_RENOVATE, 'node_modules/renovate');
const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));
const schema = readJson(join(renovate, 'renovate-schema.json'));
let failures = 0;

function fail(text) {
  failures += 1;
  console.error(text);
}

// In one process: each takes most of a second to load.
function validator(files, folder) {
  const words = [join(renovate, 'dist/config-validator.js'), '--strict', '--no-global', ...files];
  return spawnSync(process.execPath, words, { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28 });
}

const topKeys = {
  libraries: ['$schema', 'description', 'packageRules'],
  coverage: ['$schema', 'description', 'packageRules', 'customManagers', 'customDatasources'],
  'take-back': ['$schema', 'description', 'packageRules'],
  limits: ['$schema', 'description', 'packageRules'],
};
const limitKeys = ['matchJsonata', 'matchUpdateTypes', 'allowedVersions', 'enabled', 'rollbackPrs', 'prBodyNotes',
  'minimumReleaseAge', 'minimumReleaseAgeBehaviour', 'internalChecksFilter'];
const ruleKeys = {
  libraries: ['description', 'matchDatasources', 'constraints', 'constraintsFiltering'],
  coverage: ['description', 'matchManagers', 'matchDatasources', 'matchPackageNames',
    ...limitKeys],
  'take-back': ['description', 'matchManagers', 'matchDatasources', 'matchPackageNames', 'matchDepTypes',
    'matchCurrentValue', 'matchJsonata', 'replacement', 'replacementNameTemplate', 'replacementVersionTemplate'],
  limits: ['description', 'matchDatasources', 'matchPackageNames', 'matchDepTypes',
    ...limitKeys],
};

function strangeKeys(path, preset) {
  const kind = path.match(/(libraries|coverage|take-back)\.json$/)?.[1] ?? 'limits';
  const rules = preset.packageRules.flatMap(Object.keys);
  return [...Object.keys(preset).filter((key) => !topKeys[kind].includes(key)),
    ...rules.filter((key) => !ruleKeys[kind].includes(key))];
}

// The tracks' own and everything under renovate/.
function presetsOf(tree) {
  const tracks = readdirSync(join(tree, 'renovate'));
  return tracks.flatMap((track) => [`${track}.json`,
    ...readdirSync(join(tree, 'renovate', track)).map((name) => `renovate/${track}/${name}`)]);
}

function checkTree(tree) {
  const presets = presetsOf(tree);
  const run = validator(presets, tree);
  if (run.status !== 0) fail(`${tree}: the validator exits with ${run.status}:\n${run.stdout}${run.stderr}`);
  const seen = run.stdout.match(/Validating /g)?.length ?? 0;
  if (seen !== presets.length) fail(`${tree}: the validator read ${seen} of ${presets.length} presets`);
  for (const path of presets) {
    const preset = readJson(join(tree, path));
    for (const problem of problemsOf(schema, preset)) fail(`${path}: ${problem}`);
    for (const key of strangeKeys(path, preset)) fail(`${path}: unexpected key ${key}`);
  }
  return presets.length;
}

// Broken on purpose ------------------------------------------------------------------------------

const breakings = {
  'an unknown option': (preset) => Object.assign(preset, { allowedversions: 'x' }),
  'a rule without matcher': (preset) => preset.packageRules.push({ allowedVersions: '/^1$/' }),
  'an invalid expression': (preset) => Object.assign(preset.packageRules[0], { allowedVersions: '/^(1/' }),
  'one text for a list': (preset) => Object.assign(preset.packageRules[0], { matchDatasources: 7 }),
};

function checkControls(tree) {
  const folder = mkdtempSync(join(tmpdir(), 'buildable-presets-'));
  for (const [what, breakIt] of Object.entries(breakings)) {
    const preset = readJson(join(tree, 'default.json'));
    breakIt(preset);
    writeFileSync(join(folder, 'default.json'), JSON.stringify(preset));
    if (validator(['default.json'], folder).status === 0) fail(`negative control: ${what}: taken`);
    else console.log(`negative control: ${what}: refused`);
  }
  rmSync(folder, { recursive: true });
  const wrongType = { packageRules: [{ matchDatasources: 7 }] };
  const problems = problemsOf(schema, wrongType);
  if (problems.length === 0) fail('negative control: the JSON schema takes a number for a list');
  else console.log(`negative control: a number for a list: ${problems[0]}`);
}

let presets = 0;
const trees = process.argv.slice(2);
for (const tree of trees) presets += checkTree(tree);
checkControls(trees[0]);
console.log(`${presets} presets of ${trees.length} trees, ${failures} failures`);
process.exitCode = failures ? 1 : 0;
