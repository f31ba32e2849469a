// The runs of Renovate, and what each is held against. Each costs 10 to 30 seconds of one core.
import { host, repository, repositoryAtHead } from './presets.mjs';

const url = (path) => `${host}/${path}`;

// As many repositories have it, for lists of versions that no manager of Renovate's reads.
export const customManagers = [
  {
    customType: 'regex',
    managerFilePatterns: ['/(^|/)versions\\.env$/'],
    matchStrings: ['datasource=(?<datasource>\\S+) depName=(?<depName>\\S+)\\n\\w+=(?<currentValue>\\S+)'],
  },
];

// What real repositories set besides, in the order in which they write it: ours comes last.
const busySettings = {
  rangeStrategy: 'bump',
  separateMinorPatch: true,
  separateMultipleMajor: true,
  separateMultipleMinor: true,
  customManagers,
};
const busyPresets = ['config:recommended', 'config:best-practices'];

// Renovate's own tools. As in a repository that pins what its lock files are made with.
export const constraintsOf = ({ python, node, ruby, php, go, java, dotnet }) => ({
  python: python.exact,
  node: node.exact,
  ruby: ruby.exact,
  php: php.exact,
  golang: go.exact,
  java: java.major,
  dotnet: dotnet.exact,
});

// Pin files that only coverage.json makes Renovate see: the same preset without its limits and
// without datasources of ours, which would list nothing else.
function unlimitedCoverage(coverage) {
  const { packageRules, ...rest } = JSON.parse(coverage);
  return rest;
}

// A run is {name, world, config, texts} and, if it is judged, {plain, oracle, state}, names of runs;
// without an oracle nothing may be proposed. Sources: "busy", "coverage" or all samples. Worlds: "full", or a state's name: what it can build.
// States: see run.mjs.
export function planOf({ points, texts, runtimes, tag }) {
  const busy = (presets) => ({
    ...busySettings,
    extends: [...busyPresets, ...presets],
    constraints: constraintsOf(points),
  });
  const coverage = url('unlimited-coverage.json');
  const allRuntimes = runtimes.map((runtime) => url(`today/renovate/default/${runtime}.json`));
  const unlimited = { '/unlimited-coverage.json': JSON.stringify(unlimitedCoverage(texts.coverage)) };
  return [
    // The longest first.
    { name: 'busy-plain', sources: 'busy', world: 'full', config: busy([coverage]), texts: unlimited },
    { name: 'busy-oracle', sources: 'busy', world: 'default', config: busy([coverage]), texts: unlimited },
    {
      name: 'busy-by-git-tag',
      sources: 'busy',
      world: 'full',
      plain: 'busy-plain',
      oracle: 'busy-oracle',
      state: 'default',
      config: busy([
        `gitlab>${repository}:default#${tag}`,
        `gitlab>${repository}//renovate/default/coverage.json#${tag}`,
      ]),
    },

    { name: 'plain', world: 'full', config: {} },
    { name: 'oracle', world: 'default', config: {} },
    {
      name: 'by-url',
      world: 'full',
      config: { extends: [url('today/default.json')] },
      plain: 'plain',
      oracle: 'oracle',
      state: 'default',
    },
    {
      name: 'each-runtime',
      world: 'full',
      plain: 'plain',
      oracle: 'oracle',
      state: 'default',
      libraries: true,
      config: { extends: [...allRuntimes, url('today/renovate/default/libraries.json')] },
    },
    {
      name: 'own-datasource',
      sources: 'coverage',
      world: 'full',
      plain: 'busy-plain',
      oracle: 'busy-oracle',
      state: 'default',
      ownDatasource: true,
      config: {
        customManagers,
        extends: [url('today/default.json'), url('address/renovate/default/coverage.json')],
      },
    },
    {
      name: 'latest',
      world: 'full',
      config: { extends: [`gitlab>${repositoryAtHead}:latest`] },
      plain: 'plain',
      oracle: 'latest-oracle',
      state: 'latest',
    },
    { name: 'latest-oracle', world: 'latest', config: {} },
    // A rollback leaves the pin for the newest release, whatever is allowed.
    { name: 'rollback-plain', world: 'full', config: { rollbackPrs: true } },
    {
      name: 'rollback',
      world: 'full',
      config: { rollbackPrs: true, extends: [url('today/default.json')] },
      plain: 'rollback-plain',
      oracle: 'oracle',
      state: 'default',
    },
    {
      name: 'deprecated',
      world: 'full',
      config: { extends: [url('today/deprecated.json')] },
      plain: 'plain',
      state: 'deprecated',
    },
    ...['2025-10-10', '2026-03-20'].flatMap((day) => [
      { name: `${day}-oracle`, world: day, config: {} },
      {
        name: day,
        world: 'full',
        config: { extends: [url(`${day}/latest.json`)] },
        plain: 'plain',
        oracle: `${day}-oracle`,
        state: day,
      },
    ]),
    {
      name: 'broken',
      world: 'full',
      config: { extends: [url('broken.json')] },
      texts: { '/broken.json': texts.broken },
      plain: 'plain',
      oracle: 'oracle',
      state: 'default',
      control: true,
    },
    {
      name: 'broken-range',
      world: 'full',
      config: { extends: [url('range.json')] },
      texts: { '/range.json': texts.range },
      wantedResult: 'config-validation',
    },
  ];
}
