// Reads every emitted allowedVersions with Renovate's own code and holds it against our verdicts.
//   node compare.mjs TREE...      (see run.sh)
// A leak is a version that a rule lets through and that is not buildable; an overblock one that is
// buildable and held back.
import { candidatesOf } from './candidates.mjs';
import { covered, dependencies } from './dependencies.mjs';
import { checkAgainstProgram, readJson, readTree, tracksOf, verdictsOf } from './judge.mjs';
import { ageOf, letThrough, limitOf } from './renovate.mjs';

const examples = 5;
const unlimited = '/^.*$/';
const trees = process.argv.slice(2).map(readTree);
let failures = 0;

function fail(text) {
  failures += 1;
  console.error(text);
}

const candidates = new Map();
function candidatesFor(runtime, spelling) {
  const key = `${runtime} ${spelling}`;
  if (!candidates.has(key)) candidates.set(key, candidatesOf(runtime, spelling, trees));
  return candidates.get(key);
}

const read = new Map();
function readLimit(limit, row) {
  const key = `${row.runtime}\n${row.spelling}\n${row.versioning}\n${limit}`;
  if (!read.has(key)) {
    const texts = candidatesFor(row.runtime, row.spelling).map(({ text }) => text);
    read.set(key, letThrough(limit, row.versioning, texts));
  }
  return read.get(key);
}

// What a row is judged by: itself, or in a dependency that counts series the major. No prerelease of
// a runtime is told from the prereleases of its SDK, so none is let through.
function judgedBy(row, judged) {
  if (judged === null || !row.series) return judged;
  return /[a-z]/.test(judged) ? null : judged.split('.')[0];
}

const isGoverned = (tree, track, runtime) =>
  readJson(tree.path, `renovate/${track}/${runtime}.json`).packageRules.length > 0;

function questionsOf(tree) {
  const questions = new Set();
  for (const track of tracksOf(tree))
    for (const row of [...dependencies, ...covered])
      for (const { judged } of candidatesFor(row.runtime, row.spelling)) {
        const version = judgedBy(row, judged);
        if (version !== null) questions.add(`${track}\t${row.runtime}\t${version}`);
      }
  return [...questions];
}

// Whether a release that is let through, though nothing is known of it, has to be of some age first: a later
// patch of a known series.
function waits(wait, text, version) {
  if (!wait || version === null || wait.known.test(text)) return false;
  const known = wait.series.find(({ series }) => version.startsWith(`${series}.`));
  return Boolean(known) && /^[\d.]+$/.test(version) && version.localeCompare(known.newest, 'en', { numeric: true }) > 0;
}

// One rule's limit, as one dependency reads it.
export function compare(limit, row, track, answers, wait) {
  const { versions, allowed } = readLimit(limit, row);
  const found = { compared: 0, leaks: [], overblocks: [] };
  for (const { text, judged } of candidatesFor(row.runtime, row.spelling)) {
    if (!versions.has(text)) continue;  // no version to this versioning: never proposed
    found.compared += 1;
    const version = judgedBy(row, judged);
    const verdict = limit === unlimited ? 'buildable'
      : version === null ? 'unbuildable' : answers.get(`${track}\t${row.runtime}\t${version}`);
    if (allowed.has(text) && verdict !== 'buildable' && !waits(wait, text, version)) found.leaks.push(text);
    if (!allowed.has(text) && verdict === 'buildable') found.overblocks.push(text);
  }
  return found;
}

const table = new Map();
function count(runtime, row, limit, found) {
  if (!table.has(runtime))
    table.set(runtime, { limits: new Set(), versionings: new Set(), compared: 0, leaks: 0, overblocks: 0 });
  const line = table.get(runtime);
  line.limits.add(limit);
  line.versionings.add(row.versioning.split(':')[0]);
  line.compared += found.compared;
  line.leaks += found.leaks.length;
  line.overblocks += found.overblocks.length;
}

const nameOf = (row) => `${row.datasource} ${row.packageName}`;

function report(place, row, found) {
  if (found.compared === 0) fail(`${place}: ${nameOf(row)} (${row.versioning}): nothing to compare`);
  for (const kind of ['leaks', 'overblocks'])
    if (found[kind].length)
      fail(`${place}: ${nameOf(row)} (${row.versioning.slice(0, 20)}): ` +
        `${found[kind].length} ${kind}: ${found[kind].slice(0, examples).join(' ')}`);
}

// The presets of a track and of each runtime bind the same dependencies alike.
async function checkRow(tree, track, row, answers, trackRules) {
  const place = `${tree.label} ${track}`;
  const runtimeRules = readJson(tree.path, `renovate/${track}/${row.runtime}.json`).packageRules;
  const limit = await limitOf(trackRules, row);
  if (limit !== (await limitOf(runtimeRules, row)))
    fail(`${place}: ${row.runtime}.json limits ${nameOf(row)} otherwise than ${track}.json`);
  if ((limit !== undefined) !== isGoverned(tree, track, row.runtime))
    fail(`${place}: ${nameOf(row)} ${limit ? 'is limited though nothing is known' : 'is not limited'}`);
  if (limit === unlimited && !row.unlimited) fail(`${place}: ${nameOf(row)} is not limited`);
  if (limit === undefined) return;
  const wait = await waitOf(trackRules, row, tree.policy.tracks[track]?.runtimes[row.runtime]);
  const found = compare(limit, row, track, answers, wait);
  count(row.runtime, row, limit, found);
  report(place, row, found);
}

// The rule that makes some releases wait: what it knows, and the series.
async function waitOf(rules, row, policy) {
  for (const rule of rules.filter(({ minimumReleaseAge }) => minimumReleaseAge)) {
    const { matchJsonata, ...always } = rule;
    if (!(await ageOf([always], row))) continue;
    const known = matchJsonata[0].match(/^\$exists\(version\) and \$not\(\$contains\(version, \/(.*)\/\)\)$/)[1];
    return { known: new RegExp(known), series: policy.series };
  }
  return undefined;
}

// Each rule of a preset must be the one that limits some row, or it is never read here.
async function checkEveryRuleIsRead(place, rules, rows) {
  for (const { matchUpdateTypes, matchJsonata, ...rule } of rules) {
    if (!rule.allowedVersions) rule.allowedVersions = unlimited; // one that adds to a limit
    const limits = await Promise.all(rows.map((row) => limitOf([rule], row)));
    if (!limits.some((limit) => limit !== undefined))
      fail(`${place}: no dependency here is matched by ${rule.matchDatasources} ${rule.matchPackageNames}`);
  }
}

async function checkCoverage(tree, track, answers) {
  const preset = readJson(tree.path, `renovate/${track}/coverage.json`);
  const place = `${tree.label} ${track} coverage`;
  const rows = covered.map((row) => {
    const own = Object.keys(preset.customDatasources ?? {}).find((name) => name.endsWith(`-${row.runtime}`));
    return own
      ? { ...row, manager: 'custom.regex', datasource: `custom.${own}`, spelling: 'plain' }
      : { ...row, manager: 'custom.regex' };
  });
  for (const row of rows) {
    const limit = await limitOf(preset.packageRules, row);
    const extracted = preset.customManagers.some(
      (manager) => manager.packageNameTemplate === row.packageName,
    );
    if (extracted !== (limit !== undefined))
      fail(`${place}: ${row.packageName}: extracted or limited, not both`);
    if (limit === undefined) continue;
    const found = compare(limit, row, track, answers);
    count(row.runtime, row, limit, found);
    report(place, row, found);
  }
  await checkEveryRuleIsRead(place, preset.packageRules, rows);
}

async function checkTree(tree) {
  const answers = verdictsOf(tree, questionsOf(tree));
  const wrong = checkAgainstProgram(tree, answers, 60);
  if (wrong) fail(`${tree.label}: ${wrong} verdicts differ from those of the program`);
  for (const track of tracksOf(tree)) {
    const { packageRules } = readJson(tree.path, `${track}.json`);
    for (const row of dependencies) await checkRow(tree, track, row, answers, packageRules);
    await checkEveryRuleIsRead(`${tree.label} ${track}`, packageRules, dependencies);
    await checkCoverage(tree, track, answers);
  }
  return answers;
}

// Negative controls: the same comparison must find what is broken on purpose ---------------------

function broken(limit, next) {
  return [
    ['one patch too many', `/(?:${limit.slice(1, -1)})|^v?${next.replaceAll('.', '\\.')}$/`, 'leaks'],
    ['no ^v?', limit.replace('^v?', '^'), 'overblocks'],
    ['no $', limit.replace(/\$\/$/, '/'), 'leaks'],
    ['a range', `<${next}`, 'leaks'],
  ];
}

async function checkControls(tree, answers) {
  const row = dependencies.find((each) => each.runtime === 'go' && each.versioning === 'semver');
  const limit = await limitOf(readJson(tree.path, 'default.json').packageRules, row);
  const newest = tree.policy.tracks.default.runtimes.go.newest.split('.').map(Number);
  const next = [newest[0], newest[1], newest[2] + 1].join('.');
  for (const [what, altered, kind] of broken(limit, next)) {
    const found = compare(altered, row, 'default', answers)[kind];
    if (found.length === 0) fail(`negative control: ${what}: not caught`);
    else console.log(`negative control: ${what}: caught (${found.length} ${kind})`);
  }
}

let answers;
for (const tree of trees) answers = await checkTree(tree);
await checkControls(trees.at(-1), answers);

console.log('\nruntime  limits  versionings  compared  leaks  overblocks');
for (const [runtime, line] of [...table].sort())
  console.log([
    runtime.padEnd(7), String(line.limits.size).padStart(7), String(line.versionings.size).padStart(12),
    String(line.compared).padStart(9), String(line.leaks).padStart(6), String(line.overblocks).padStart(11),
  ].join(' '));
console.log(`\n${trees.length} trees, ${failures} failures`);
process.exitCode = failures ? 1 : 0;
