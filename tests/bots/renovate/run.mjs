// Runs the real Renovate over all samples and holds what it proposes against our verdicts.
//   node run.mjs [name of a run...]      (environment: see ../run.sh)
// Prints one table; exits with 1 on any leak, overblock or other difference that docs/bots.md does not
// list with its reason, on a sample that proves nothing, and on a negative control that is not caught.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { answerOf } from './answers.mjs';
import { conclude, judgeRuns } from './judge.mjs';
import { judgeLatePreset } from './late_preset.mjs';
import { planOf } from './plan.mjs';
import { pointsOf } from './points.mjs';
import {
  breakHead,
  brokenPreset,
  host,
  presetAnswers,
  presetWithRange,
  publishedRepository,
  repository,
  repositoryAtHead,
} from './presets.mjs';
import { certificateAuthority, startProxy } from './proxy.mjs';
import { releasesOf } from './releases.mjs';
import { runRenovate } from './renovate.mjs';
import { samplesOf, writeSamples } from './samples.mjs';
import { judgeTakeBack } from './take_back.mjs';
import { verdictsOf } from './verdicts.mjs';
import { allowedWorld, fullWorld, libraries } from './world.mjs';

const source = resolve(import.meta.dirname, '../../..');
const output = join(source, 'build/bots'); // logs and reports
const program = resolve(process.env.BUILDABLE_PROGRAM);
const atOnce = 2;

// What is judged: a track on a day, and the tree that has its presets.
const states = {
  default: { track: 'default', tree: 'today' },
  latest: { track: 'latest', tree: 'today' },
  deprecated: { track: 'deprecated', tree: 'today' },
  '2025-10-10': { track: 'latest', tree: '2025-10-10', at: '2025-10-10' },
  '2026-03-20': { track: 'latest', tree: '2026-03-20', at: '2026-03-20' },
};

const readJson = (...path) => JSON.parse(readFileSync(join(...path), 'utf8'));
const scratch = mkdtempSync(join(tmpdir(), 'buildable-bots-'));
let failures = 0;

function fail(text) {
  failures += 1;
  console.error(text);
}

function generateTrees() {
  const generate = (name, ...words) => {
    const folder = join(scratch, 'trees', name);
    execFileSync(program, ['generate', '--quiet', '--out', folder, ...words], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    return folder;
  };
  return {
    today: resolve(process.env.BUILDABLE_TREE),
    address: generate('address', '--base-url', `${host}/address/`),
    '2025-10-10': generate('2025-10-10', '--at', '2025-10-10'),
    '2026-03-20': generate('2026-03-20', '--at', '2026-03-20'),
  };
}

const isAbove = (version, other) =>
  version.localeCompare(other, 'en', { numeric: true }) > 0;

// `awaits(runtime, version)`: whether it is a later patch of a known series that may be proposed though it is
// not known, since it is old enough.
function awaitedIn(policy, releases) {
  return (runtime, version) => {
    const { later_patches_after: days, series = [] } = policy.runtimes[runtime] ?? {};
    if (!days || !/^\d+(?:\.\d+)+$/.test(version)) return false;
    const known = series.find((row) => version.startsWith(`${row.series}.`));
    const release = releases[runtime].releases.find(({ judged }) => judged === version);
    return Boolean(known) && isAbove(version, known.newest) && !release?.isFresh;
  };
}

// Of the later patches of each series the first came yesterday, and the others long ago.
function freshen(policy, releases) {
  for (const [runtime, { later_patches_after: days, series }] of Object.entries(policy.runtimes))
    for (const { newest } of days ? series : [])
      for (const release of releases[runtime].releases)
        if (release.judged === newest.replace(/\d+$/, (patch) => `${Number(patch) + 1}`)) release.isFresh = true;
}

// Everything that the runs need: worlds, verdicts, samples, presets.
async function prepare() {
  const trees = generateTrees();
  const policies = Object.fromEntries(
    Object.entries(trees).map(([name, tree]) => [name, readJson(tree, 'policy.json')]),
  );
  const releases = releasesOf([policies.today, policies['2025-10-10'], policies['2026-03-20']]);
  freshen(policies.today.tracks.default, releases);
  const full = fullWorld(releases);
  const worlds = { full };
  for (const state of Object.values(states)) {
    state.verdict = await verdictsOf(program, state, full, join(output, 'verdicts'));
    state.policy = policies[state.tree].tracks[state.track];
    state.awaits = awaitedIn(state.policy, releases);
  }
  const points = Object.fromEntries(
    Object.keys(releases)
      .filter((runtime) => Object.values(full).some((entry) => entry.runtime === runtime))
      .map((runtime) => [runtime, pointsOf(runtime, releases[runtime], states.default.verdict)]),
  );
  Object.assign(full, libraries(points));
  for (const [name, { verdict, policy }] of Object.entries(states))
    worlds[name] = allowedWorld(
      full,
      points,
      (runtime, version) => !policy.runtimes[runtime].governed || verdict(runtime, version) === 'buildable',
    );
  return { trees, policies, worlds, points, samples: samplesOf(points) };
}

// Runs with the same world and the same settings are one.
const sameRun = (left, right, worlds) => {
  const essence = ({ config, texts, world, sources }) => JSON.stringify([config, texts, worlds[world], sources]);
  return essence(left) === essence(right);
};

async function perform(run, { authority, sources, worlds, trees, repositories }) {
  const presets = presetAnswers({ trees, repositories, texts: run.texts });
  const proxy = await startProxy(authority, (request) => presets(request) ?? answerOf(worlds[run.world], request));
  const started = Date.now();
  try {
    const folder = join(scratch, 'runs', run.name);
    const done = await runRenovate({
      folder,
      sources: sources[run.sources ?? 'all'],
      config: run.config,
      proxy,
      authority,
      keep: join(output, `${run.name}.log.jsonl`),
    });
    writeFileSync(join(output, `${run.name}.json`), JSON.stringify(done.dependencies, null, 1));
    writeFileSync(
      join(output, `${run.name}.unanswered.txt`),
      [...new Set(proxy.unanswered)].map((line) => `${line}\n`).join(''),
    );
    rmSync(folder, { recursive: true });
    console.error(
      `${run.name}: ${done.result}, ${done.dependencies.length} dependencies, ${Math.round((Date.now() - started) / 1000)} s`,
    );
    if (done.result !== (run.wantedResult ?? 'done'))
      fail(`${run.name}: Renovate ended with ${done.result}:\n${done.tail}`);
    return done;
  } finally {
    proxy.close();
  }
}

// Two at a time; each has one core.
async function performAll(plan, context) {
  const results = new Map();
  const waiting = [...plan];
  const work = async () => {
    for (let run = waiting.shift(); run; run = waiting.shift()) {
      const twin = plan.slice(0, plan.indexOf(run)).find((earlier) => sameRun(earlier, run, context.worlds));
      if (!twin) results.set(run.name, perform(run, context));
      else results.set(run.name, results.get(twin.name));
      await results.get(run.name);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  for (const [name, done] of results) results.set(name, await done);
  return results;
}

async function takeBack({ trees, worlds, points, authority }) {
  const url = (...path) => [host, 'today', ...path].join('/');
  const { policy, verdict, track } = states.default;
  const presets = presetAnswers({ trees });
  const found = await judgeTakeBack({
    points,
    policy,
    verdict,
    presets: [url(`${track}.json`), url('renovate', track, 'coverage.json'), url('renovate', track, 'take-back.json')],
    scratch,
    output,
    authority,
    answerWith: (answer) =>
      startProxy(authority, (request) => answer(request) ?? presets(request) ?? answerOf(worlds.full, request)),
  });
  for (const problem of found.problems) fail(`take-back: ${problem}`);
  console.log(
    `take-back: ${found.moved} pins taken back and ${found.kept} left by ${found.titles.length} pull requests, ` +
      `${found.proposed} proposals after they were merged`,
  );
  for (const title of found.titles) console.log(`  ${title}`);
}

async function latePreset({ trees, worlds, samples, authority }) {
  const { verdict, track } = states.default;
  const presets = presetAnswers({ trees });
  const found = await judgeLatePreset({
    samples,
    presets: [[host, 'today', `${track}.json`].join('/')],
    world: worlds.full,
    verdict,
    scratch,
    output,
    authority,
    answerWith: (answer) =>
      startProxy(authority, (request) => answer(request) ?? presets(request) ?? answerOf(worlds.full, request)),
  });
  for (const problem of found.problems) fail(`late-preset: ${problem}`);
  console.log(`late-preset: ${found.proposed} proposals, ${found.sorted} that cannot be built sorted out`);
}

async function main(only) {
  mkdirSync(output, { recursive: true });
  const context = await prepare();
  const presetText = (...path) => readFileSync(join(context.trees.today, ...path), 'utf8');
  const texts = {
    coverage: presetText('renovate/default/coverage.json'),
    broken: brokenPreset(presetText('default.json'), context.points),
    range: presetWithRange(presetText('default.json'), context.points),
  };
  const runtimes = Object.keys(context.policies.today.tracks.default.runtimes);
  const repositories = {
    [repository]: publishedRepository(program, join(scratch, 'presets.git')),
    [repositoryAtHead]: publishedRepository(program, join(scratch, 'moving-presets.git')),
  };
  breakHead(repositories[repository]);
  const { tag } = repositories[repository];
  const plan = planOf({ points: context.points, texts, runtimes, tag }).filter(
    ({ name }) => only.length === 0 || only.some((wanted) => wanted.test(name)),
  );
  const sources = Object.fromEntries(['all', 'busy', 'coverage'].map((name) => [name, join(scratch, 'samples', name)]));
  writeSamples(context.samples, sources.all);
  writeSamples(
    context.samples.filter(({ isBusy }) => isBusy),
    sources.busy,
  );
  writeSamples(
    context.samples.filter(({ coverage }) => coverage),
    sources.coverage,
  );
  const authority = certificateAuthority();
  try {
    const results = await performAll(plan, { ...context, authority, sources, repositories });
    const judging = { ...context, states, fail, document: join(source, 'docs/bots.md') };
    conclude(judgeRuns(plan, results, judging), only.length === 0, judging);
    if (only.length === 0 || only.some((wanted) => wanted.test('take-back'))) await takeBack({ ...context, authority });
    if (only.length === 0 || only.some((wanted) => wanted.test('late-preset')))
      await latePreset({ ...context, authority });
  } finally {
    authority.close();
    rmSync(scratch, { recursive: true, force: true });
  }
  process.exitCode = failures ? 1 : 0;
}

await main(process.argv.slice(2).map((name) => new RegExp(`^(?:${name})$`)));
