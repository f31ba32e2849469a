// Node.js' own pin files, and the package managers.

const notListed = 'upstream has no such release';
const openEnded = 'a range without an upper end already admits everything';
const noLaterLine = 'Renovate knows of no later line with long-term support';
const noVersion = 'Renovate skips words that are no version';

const packageJson = (fields) => `${JSON.stringify({ name: 'sample', version: '1.0.0', ...fields }, null, 2)}\n`;
const engines = (pin) => packageJson({ engines: { node: pin } });

function npmRanges(p) {
  return {
    exact: p.exact,
    major: p.major,
    minor: p.minor,
    caret: `^${p.exact}`,
    tilde: `~${p.exact}`,
    wildcard: `${p.major}.x`,
    'at-least': { value: `>=${p.major}`, silent: openEnded },
    bounded: `>=${p.major} <${p.after}`,
    either: `${p.major} || ${p.newer}`,
    'either-caret': `^${p.exact} || ^${p.newer}`,
    'v-prefix': `v${p.exact}`,
    'too-high': { value: p.high, silent: noLaterLine },
    'too-high-caret': { value: `^${p.high}`, silent: noLaterLine },
    'too-high-major': { value: p.highMajor, silent: noLaterLine },
    'too-high-wildcard': { value: `${p.highMajor}.x`, silent: noLaterLine },
    unlisted: { value: '99.1.0', silent: notListed },
    'unlisted-caret': { value: '^99.1.0', silent: notListed },
  };
}

export function javaScriptRows({ node: p, npm, pnpm, yarn }) {
  const runtime = 'node';
  const packages = ['node'];
  const file = 'package.json';
  const plain = {
    exact: p.exact,
    minor: p.minor,
    major: p.major,
    newest: p.newest,
    'v-prefix': `v${p.exact}`,
    'v-prefix-major': `v${p.major}`,
    codename: { value: 'lts/jod', silent: noVersion },
    'too-high': { value: p.high, silent: noLaterLine },
    'too-high-major': { value: p.highMajor, silent: noLaterLine },
  };
  return [
    { runtime, manager: 'nodenv', file: '.node-version', packages, content: (pin) => `${pin}\n`, styles: plain },
    {
      runtime,
      manager: 'nvm',
      file: '.nvmrc',
      packages,
      content: (pin) => `${pin}\n`,
      styles: { ...plain, word: { value: 'node', silent: noVersion } },
    },
    { runtime, manager: 'npm', name: 'npm-engines', file, packages, content: engines, styles: npmRanges(p) },
    {
      runtime,
      manager: 'bun',
      name: 'bun-engines',
      file,
      packages,
      content: engines,
      also: { 'bun.lock': '{"lockfileVersion": 1, "workspaces": {}}\n' },
      styles: { exact: p.exact, wildcard: `${p.major}.x` },
    },
    {
      runtime,
      manager: 'deno',
      name: 'deno-engines',
      file,
      packages,
      content: engines,
      also: { 'deno.lock': '{"version": "4"}\n' },
      styles: { exact: p.exact, wildcard: `${p.major}.x` },
    },
    {
      runtime,
      manager: 'npm',
      name: 'npm-volta',
      file,
      packages,
      content: (pin) => packageJson({ volta: { node: pin } }),
      styles: { exact: p.exact, 'too-high': { value: p.high, silent: noLaterLine } },
    },
    {
      runtime,
      manager: 'npm',
      name: 'npm-package',
      file,
      packages,
      content: (pin) => packageJson({ devDependencies: { node: pin } }),
      styles: { exact: p.exact, caret: `^${p.exact}` },
    },
    {
      runtime,
      manager: 'travis',
      file: '.travis.yml',
      root: true,
      packages,
      content: (pins) =>
        `node_js:\n${pins
          .split(' ')
          .map((pin) => `  - "${pin}"\n`)
          .join('')}`,
      styles: { all: `${p.exact} ${p.minor} ${p.major}` },
    },
    {
      runtime: 'npm',
      manager: 'npm',
      name: 'npm-engines',
      file,
      packages: ['npm'],
      content: (pin) => packageJson({ engines: { npm: pin } }),
      styles: { exact: npm.exact, wildcard: `${npm.major}.x` },
    },
    {
      runtime: 'pnpm',
      manager: 'npm',
      name: 'npm-packageManager',
      file,
      packages: ['pnpm'],
      content: (pin) => packageJson({ packageManager: `pnpm@${pin}` }),
      styles: { exact: pnpm.exact },
    },
    {
      runtime: 'yarn',
      manager: 'npm',
      name: 'npm-packageManager',
      file,
      packages: ['@yarnpkg/cli', 'yarn'],
      content: (pin) => packageJson({ packageManager: `yarn@${pin}` }),
      styles: { exact: yarn.exact },
    },
    {
      runtime: 'none',
      manager: 'npm',
      name: 'library',
      file,
      packages: [],
      content: (pin) =>
        packageJson({ dependencies: { 'left-pad': pin }, devDependencies: { '@types/node': '20.0.0' } }),
      styles: { exact: '1.0.0' },
    },
  ];
}
