// The preset take-back.json against the real Renovate, down to the pull requests on a stand-in for a
// code host. The samples are those of the other runs, with pins that cannot be built in place of
// theirs. Each must come back as the same sample with the version that is to be gone back to; a pin
// that can be built stays; nothing comes without the preset; and what was taken back is not proposed
// again. Returns lines that say what was wrong.
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { customManagers } from './plan.mjs';
import { forge, repositoryName, startForge } from './forge.mjs';
import { runRenovate, runRenovateOnHost } from './renovate.mjs';
import { samplesOf, writeSamples } from './samples.mjs';

// Styles of plain versions; ranges stay as they are.
const plainStyle = /^(?:exact|minor|major|newest)(?:-variant)?$|^v-prefix(?:-major)?$|^all$/;

const countsRuntimes = /dotnet_(?:aspnet|runtime)|list-of-releases-dotnet/;

// Why a plain pin is not taken back; docs/bots.md says the same.
const limits = [
  [({ runtime }) => runtime === 'sbt', 'no version of sbt is known by name'],
  [({ manager }) => manager === 'gomod', 'the manager of go.mod replaces nothing'],
  [({ id }) => countsRuntimes.test(id), 'they count .NET runtimes, not SDKs'],
  [
    ({ manager, runtime }) => manager === 'devbox' && /^(?:python|go)$/.test(runtime),
    'their versioning replaces nothing',
  ],
  [({ id }) => /gitlabci-gitlab-/.test(id), 'the same name twice in one file is skipped'],
  [({ id }) => /devcontainer-feature/.test(id), 'the manager replaces no feature'],
  [({ manager }) => manager === 'travis', 'the same name several times in one file'],
  [({ manager, style }) => manager === 'pep621' && style === 'exact', '"==" is a range'],
  [({ manager }) => manager === 'hermit', "hermit's own program renames its links"],
  [({ manager }) => manager === 'renovate-config', 'the settings of the run itself'],
];
const limitOf = (sample) => limits.find(([applies]) => applies(sample))?.[1];

const cut = (version, count) => version.split('.').slice(0, count).join('.');

// Points at which every style pins this version.
function pinnedAt(point, version) {
  if (!version) return point;
  return {
    ...point,
    exact: version,
    newest: version,
    minor: cut(version, 2),
    major: cut(version, 1),
    numbers: version.split('.').map(Number),
  };
}

const mapPoints = (points, choose) =>
  Object.fromEntries(
    Object.entries(points).map(([runtime, point]) => [runtime, pinnedAt(point, choose(runtime, point))]),
  );

// Full numbers: "26" is Java 26.0.0.
const filled = (version) =>
  version && [...version.split('.'), '0', '0'].slice(0, Math.max(3, version.split('.').length)).join('.');

// Two sets of pins that cannot be built, each with what they come back to: beyond every series, and
// beyond the newest version of an older one.
function setsOf(points, policy) {
  const governed = (runtime) => policy.runtimes[runtime]?.governed && policy.runtimes[runtime].series.length > 0;
  const series = (runtime) => policy.runtimes[runtime].series;
  const older = (runtime) => {
    const found = series(runtime).at(-2);
    const isOpen = found?.open_patches || policy.runtimes[runtime].later_patches_after > 0;
    return found && !isOpen ? found.newest : undefined;
  };
  // One that upstream lists: under some range strategies Renovate has no replacement for another.
  const beyond = (version) => version && version.replace(/\d+$/, (patch) => `${Number(patch) + 1}`);
  return {
    high: {
      pins: mapPoints(points, (runtime, { high }) => high),
      targets: mapPoints(points, (runtime) => governed(runtime) && series(runtime).at(-1).newest),
      moves: (runtime, style) =>
        governed(runtime) &&
        points[runtime].high &&
        !(style.startsWith('major') && points[runtime].highMajor === cut(series(runtime).at(-1).newest, 1)),
    },
    within: {
      pins: mapPoints(points, (runtime) => governed(runtime) && beyond(older(runtime))),
      targets: mapPoints(points, (runtime) => governed(runtime) && older(runtime)),
      moves: (runtime, style) => governed(runtime) && older(runtime) && style.startsWith('exact'),
    },
  };
}

const prefixed = (name, samples) =>
  samples.map(({ id, path, files, ...rest }) => ({
    ...rest,
    id: `${name}/${id}`,
    path: join(name, path),
    files: Object.fromEntries(Object.entries(files).map(([file, text]) => [join(name, file), text])),
  }));

// [{id, runtime, path, files, wanted}]: `wanted` is the text that comes back, absent where the pin
// stays.
export function takeBackSamples(points, policy) {
  const found = [];
  for (const [name, { pins, targets, moves }] of Object.entries(setsOf(points, policy))) {
    const usable = ({ runtime, style, library, path, unlimitedType }) =>
      runtime !== 'none' &&
      plainStyle.test(style) &&
      !library &&
      !unlimitedType &&
      path.includes('/') &&
      moves(runtime, style);
    const wanted = new Map(prefixed(name, samplesOf(targets)).map((sample) => [sample.id, sample]));
    for (const sample of prefixed(name, samplesOf(pins)))
      if (usable(sample)) {
        const limit = limitOf(sample);
        const target = targets[sample.runtime].exact;
        found.push({ ...sample, limit, target, wanted: limit ? undefined : wanted.get(sample.id).files[sample.path] });
      }
    found.push(...prefixed(`${name}-stays`, samplesOf(targets)).filter(usable));
  }
  return found;
}

const quiet = {
  matchUpdateTypes: ['major', 'minor', 'patch', 'pin', 'digest', 'pinDigest', 'lockFileMaintenance'],
  enabled: false,
};

// What Renovate's versionings may drop or fill: a "v", Java's build, numbers that were left out. The line
// of Go beside another pin stays, as everywhere.
const bare = (text, target) =>
  text
    .replace(/\bv(?=\d)/g, '')
    .replace(/\+9(?:\.0\.LTS)?/g, '')
    .replace(/\ngo \d[\d.]*/g, '')
    .split(filled(target))
    .join(cut(target, 2))
    .split(target)
    .join(cut(target, 2));

function judgePulls({ pulls, changesOf }, samples, policy) {
  const problems = [];
  const after = new Map();
  const titles = [];
  for (const pull of pulls) {
    titles.push(pull.title);
    const title = pull.title.match(/^Take back (\S.*) to (\S+)$/);
    if (!title) problems.push(`a pull request is called "${pull.title}"`);
    const runtime = Object.values(policy.runtimes).find(({ name }) => name === title?.[1]);
    if (runtime && !pull.body.includes(runtime.summary)) problems.push(`"${pull.title}" does not say why`);
    if (/community suggested/.test(pull.body)) problems.push(`"${pull.title}" has Renovate's note on replacements`);
    for (const [path, text] of Object.entries(changesOf(pull))) {
      if (after.has(path)) problems.push(`${path} is changed by two pull requests`);
      after.set(path, text);
    }
  }
  for (const { id, path, files, wanted, limit, target } of samples) {
    if (limit) continue;
    const got = after.get(path) ?? files[path];
    if (got === (wanted ?? files[path])) continue;
    if (wanted && bare(got, target) === bare(wanted, target)) continue;
    problems.push(
      `${id}: ${JSON.stringify(files[path])} became ${JSON.stringify(got)}, not ${JSON.stringify(wanted ?? files[path])}`,
    );
  }
  return { problems, titles };
}

const replacements = ({ dependencies }) =>
  dependencies.flatMap(({ updates, packageFile }) =>
    updates
      .filter(({ updateType }) => updateType === 'replacement')
      .map(({ newValue }) => `${packageFile} to ${newValue}`),
  );

// `answerWith(answer)` starts a proxy that asks `answer` first.
export async function judgeTakeBack({ points, policy, presets, scratch, output, authority, answerWith, verdict }) {
  const samples = takeBackSamples(points, policy);
  const sources = join(scratch, 'take-back', 'sources');
  writeSamples(samples, sources);
  const config = {
    extends: presets,
    customManagers,
    prHourlyLimit: 0,
    prConcurrentLimit: 0,
    branchConcurrentLimit: 0,
    skipArtifactsUpdate: true,
  };
  const withFile = (folder, settings) => writeFileSync(join(folder, 'renovate.json'), `${JSON.stringify(settings)}\n`);
  const run = async (name, folder, settings) => {
    const proxy = await answerWith(() => undefined);
    try {
      return await runRenovate({
        folder: join(scratch, 'take-back', name),
        sources: folder,
        config: settings,
        proxy,
        authority,
        keep: join(output, `${name}.log.jsonl`),
      });
    } finally {
      proxy.close();
    }
  };

  const onHost = join(scratch, 'take-back', 'on-host');
  const before = join(scratch, 'take-back', 'before');
  cpSync(sources, before, { recursive: true });
  withFile(before, { ...config, packageRules: [quiet] });
  mkdirSync(onHost, { recursive: true });
  const host = startForge(join(onHost, 'host'), before);
  const proxy = await answerWith(host.answer);
  try {
    await runRenovateOnHost({
      folder: join(onHost, 'run'),
      endpoint: `${forge}/`,
      repository: repositoryName,
      proxy,
      authority,
      keep: join(output, 'take-back.log.jsonl'),
    });
  } finally {
    writeFileSync(join(output, 'take-back.unanswered.txt'), proxy.unanswered.join('\n'));
    writeFileSync(join(output, 'take-back.json'), JSON.stringify(host.pulls, null, 1));
    proxy.close();
  }
  const { problems, titles } = judgePulls(host, samples, policy);

  // Merged, and looked at again with everything on.
  const merged = join(scratch, 'take-back', 'merged');
  mkdirSync(merged, { recursive: true });
  host.mergeInto(merged);
  const again = await run('take-back-again', merged, config);
  const byPath = new Map(samples.map((sample) => [sample.path, sample]));
  const limited = new Set(samples.filter(({ limit }) => limit).map(({ path }) => path));
  for (const line of replacements(again))
    if (!limited.has(line.split(' ')[0])) problems.push(`taken back once more: ${line}`);
  let proposed = 0;
  for (const { packageFile, updates } of again.dependencies)
    for (const { newValue, newVersion } of updates) {
      proposed += 1;
      const sample = byPath.get(packageFile);
      const version = (newVersion ?? newValue ?? '').match(/^v?(\d+(?:\.\d+)*)/)?.[1];
      if (
        sample &&
        version &&
        !sample.limit &&
        !countsRuntimes.test(sample.id) &&
        !/github-setup/.test(sample.id) &&
        verdict(sample.runtime, filled(version)) === 'unbuildable'
      )
        problems.push(`proposed again after it was taken back: ${sample.id} to ${newValue}`);
    }

  const without = await run('take-back-without', sources, { ...config, extends: presets.slice(0, -1) });
  for (const line of replacements(without)) problems.push(`taken back without the preset: ${line}`);

  const moved = samples.filter(({ wanted }) => wanted !== undefined).length;
  return { problems, titles, moved, kept: samples.length - moved, proposed };
}
