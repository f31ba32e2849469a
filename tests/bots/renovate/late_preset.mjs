// A preset of Renovate's own that limits a runtime, extended after ours: its limit is the one in force
// while releases are looked up, so what is judged is what becomes of them, pull requests on a stand-in
// for a code host. Returns lines that say what was wrong.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { verdictOf } from './compare.mjs';
import { forge, repositoryName, startForge } from './forge.mjs';
import { runRenovateOnHost } from './renovate.mjs';
import { sampleOf, writeSamples } from './samples.mjs';

const later = 'config:recommended';

const settings = (presets) => ({
  extends: [...presets, later],
  prHourlyLimit: 0,
  prConcurrentLimit: 0,
  branchConcurrentLimit: 0,
  separateMultipleMajor: true,
});

function upgradesOf(path) {
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  const found = lines.map((line) => JSON.parse(line)).find(({ msg }) => msg === 'branches info extended');
  return (found?.branchesInformation ?? []).flatMap(({ upgrades }) => upgrades);
}

// `answerWith(answer)` starts a proxy that asks `answer` first.
export async function judgeLatePreset({ samples, presets, world, verdict, scratch, output, authority, answerWith }) {
  const limited = samples.filter(
    ({ runtime, coverage, path }) => runtime === 'java' && !coverage && path.includes('/'),
  );
  const run = async (name, extended) => {
    const folder = join(scratch, 'late-preset', name);
    const sources = join(folder, 'sources');
    mkdirSync(sources, { recursive: true });
    writeSamples(limited, sources);
    writeFileSync(join(sources, 'renovate.json'), `${JSON.stringify(settings(extended))}\n`);
    const host = startForge(join(folder, 'host'), sources);
    const proxy = await answerWith(host.answer);
    const keep = join(output, `late-preset-${name}.log.jsonl`);
    try {
      await runRenovateOnHost({
        folder: join(folder, 'run'),
        endpoint: `${forge}/`,
        repository: repositoryName,
        proxy,
        authority,
        keep,
      });
    } finally {
      proxy.close();
    }
    return upgradesOf(keep)
      .filter(({ updateType }) => ['major', 'minor', 'patch'].includes(updateType))
      .filter((upgrade) => sampleOf(limited, upgrade).isRuntime)
      .map((upgrade) => ({
        text: `${upgrade.packageFile}: ${upgrade.currentValue} to ${upgrade.newVersion ?? upgrade.newValue}`,
        isBuildable: verdictOf({ world, verdict }, 'java', upgrade, upgrade) === 'buildable',
      }));
  };
  const without = await run('without', []);
  const withOurs = await run('with-ours', presets);
  const problems = [];
  for (const { text, isBuildable } of withOurs) if (!isBuildable) problems.push(`leak: ${text}`);
  if (without.every(({ isBuildable }) => isBuildable)) problems.push(`proves nothing: ${later} alone proposes nothing bad`);
  const given = new Set(withOurs.map(({ text }) => text));
  for (const { text, isBuildable } of without)
    if (isBuildable && !given.has(text)) problems.push(`overblock: ${text}`);
  return { problems, proposed: withOurs.length, sorted: without.filter(({ isBuildable }) => !isBuildable).length };
}
