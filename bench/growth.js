// Whether `check` and `fix` take time in proportion to a repository: for every kind of pin file, a
// repository and one ten times larger, in every form of report. Prints seconds, ratios and memory;
// ends with 1 where a ratio is above the limit. What the program takes on an empty repository is
// taken off both.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const {spawnSync} = require('child_process');

const program = path.resolve(process.argv[2]);
const size = Number(process.argv[3] || 800);
const only = process.argv[4];
const growth = 10;
const limit = 12;
const rounds = 3;
const formats = ['text', 'json', 'sarif', 'codequality', 'github', 'junit'];

const numbers = (count) => Array.from({length: count}, (_, i) => i);
// In a folder of its own each, some of them hidden: these are held against what the root says.
const spread = (count, name, text) =>
  numbers(count).map((i) => [`${i % 2 ? '.' : ''}d${i % 97}/e${i}/${name}`, text(i)]);
const lines = (count, text) => numbers(count).map(text).join('');
const workflow = (steps) => `on: push\njobs:\n  build:\n    steps:\n${steps}`;
const python = (i) => `3.${i % 3 ? 99 : 13}`;  // two thirds cannot be built

// Many files of a kind.
const many = {
  '.python-version': (n) => spread(n, '.python-version', (i) => `${python(i)}\n`),
  'runtime.txt': (n) => spread(n, 'runtime.txt', (i) => `python-${python(i)}.1\n`),
  'pyproject.toml': (n) =>
    spread(n, 'pyproject.toml', (i) => `[project]\nrequires-python = ">=${python(i)},<4"\n`),
  Pipfile: (n) => spread(n, 'Pipfile', (i) => `[requires]\npython_version = "${python(i)}"\n`),
  '.tool-versions': (n) =>
    [['.tool-versions', 'python 3.13.1\n'], ...spread(n, '.tool-versions',
      (i) => `python ${python(i)}.1\nnodejs 99.1.0\nruby 9.9.9\n`)],
  'mise.toml': (n) => spread(n, 'mise.toml', (i) => `[tools]\npython = "${python(i)}"\n`),
  'package.json': (n) => spread(n, 'package.json',
    () => '{"engines":{"node":"^99.1.0","npm":"99"},"packageManager":"pnpm@99.1.0"}'),
  '.nvmrc': (n) => [['.nvmrc', '22\n'], ...spread(n, '.nvmrc', () => '99\n')],
  'go.mod with go.work': (n) => [
    ['go.mod', 'module x\n\ngo 1.24.1\n'], ['go.work', 'go 1.24.1\n'],
    ...spread(n, 'go.mod', (i) => `module x\n\ngo 1.${i % 3 ? 99 : 20}.1\ntoolchain go1.99.2\n`)],
  csproj: (n) => spread(n, 'x.csproj',
    (i) => `<Project><PropertyGroup><TargetFramework>net${i % 2 ? 99 : 8}.0</TargetFramework></PropertyGroup></Project>\n`),
  'global.json': (n) => spread(n, 'global.json', () => '{"sdk":{"version":"99.0.100"}}'),
  'pom.xml': (n) => spread(n, 'pom.xml',
    () => '<project><properties><java.version>99</java.version></properties></project>'),
  'system.properties': (n) => spread(n, 'system.properties', () => 'java.runtime.version=99\n'),
  'gradle-wrapper.properties': (n) => numbers(n).map((i) => [
    `d${i}/gradle/wrapper/gradle-wrapper.properties`,
    'distributionUrl=https\\://services.gradle.org/distributions/gradle-99.5-bin.zip\n']),
  'build.properties': (n) => spread(n, 'project/build.properties', () => 'sbt.version=99.1.0\n'),
  'composer.json': (n) => spread(n, 'composer.json', () => '{"require":{"php":"^99.1"}}'),
  'composer.lock': (n) => spread(n, 'composer.lock', () => '{"platform":{"php":"^99.1"}}'),
  Gemfile: (n) => spread(n, 'Gemfile', () => 'source "x"\nruby "9.9.9"\n'),
  'Gemfile.lock': (n) => spread(n, 'Gemfile.lock', () => 'RUBY VERSION\n   ruby 9.9.9p1\n'),
  Dockerfile: (n) => spread(n, 'Dockerfile',
    (i) => `ARG V=${python(i)}\nFROM python:\${V}-slim\nFROM node:99\nCOPY --from=golang:1.99 /x /y\n`),
  'compose.yml': (n) => spread(n, 'compose.yml', () => 'services:\n  x:\n    image: node:99\n'),
  '.gitlab-ci.yml': (n) => spread(n, 'x.gitlab-ci.yml', () => 'test:\n  image: python:3.99\n'),
  workflows: (n) => numbers(n).map((i) => [`.github/workflows/w${i}.yml`, workflow(
    '      - uses: actions/setup-python@v5\n        with:\n          python-version: "3.99"\n')]),
  '.travis.yml': (n) => spread(n, '.travis.yml', () => 'python:\n  - "3.99"\n  - "3.13"\n'),
  '.readthedocs.yaml': (n) => spread(n, '.readthedocs.yaml', () => 'build:\n  tools:\n    python: "3.99"\n'),
  'devcontainer.json': (n) => spread(n, 'devcontainer.json', () => '{"image":"python:3.99"}'),
  'broken files': (n) => spread(n, 'package.json', () => '{"engines":'),
  'links to nowhere': (n) => spread(n, '.nvmrc', () => ({link: 'nowhere'})),
  'links to one file': (n) => [['.nvmrc', '99\n'], ...spread(n, '.node-version', () => ({link: '../../.nvmrc'}))],
  'a deep tree': (n) => numbers(n).map((i) => [`${'d/'.repeat(i % 60)}e${i}/.nvmrc`, '99\n']),
  'an ignored tree': (n) => [['.gitignore', lines(n, (i) => `/d${i % 97}/e${i}/\n`)],
    ...spread(n, '.nvmrc', () => '99\n')],
  'ignored with wildcards': (n) => [['.gitignore', lines(n, (i) => `/d${i % 97}/e${i}/*\n*.log${i}\n`)],
    ...spread(n, '.nvmrc', () => '99\n')],
  'ignored but committed': (n) => [['.gitignore', '.nvmrc\n'], ['commit'], ...spread(n, '.nvmrc', () => '99\n')],
  'folders of no interest': (n) => spread(n, 'x.txt', () => 'x'),
};
// One file with many pins or lines.
const one = {
  'one .tool-versions': (n) => [['.tool-versions', lines(n, () => 'python 3.99.1\n')]],
  'one csproj': (n) => [['x.csproj',
    `<Project>${lines(n, () => '<TargetFramework>net99.0</TargetFramework>\n')}</Project>`]],
  'one csproj on one line': (n) => [['x.csproj',
    `<Project><TargetFrameworks>${lines(n, () => 'net99.0;')}</TargetFrameworks></Project>`]],
  'one Dockerfile': (n) => [['Dockerfile', lines(n, () => 'FROM python:3.99\n')]],
  'one workflow': (n) => [['.github/workflows/w.yml', workflow(lines(n,
    () => '      - uses: actions/setup-python@v5\n        with: {python-version: "3.99"}\n'))]],
  'one workflow with a matrix': (n) => [['.github/workflows/w.yml', `on: push\njobs:\n${lines(n, (i) =>
    `  j${i}:\n    strategy: {matrix: {v: ["3.99"]}}\n    steps:\n      - uses: actions/setup-python@v5\n        with: {python-version: "\${{ matrix.v }}"}\n`)}`]],
  'one travis list': (n) => [['.travis.yml', `python:\n${lines(n, () => '  - "3.99"\n')}`]],
  'one long pyproject.toml': (n) => [['pyproject.toml',
    `[project]\nrequires-python = ">=3.99"\n[tool.x]\n${lines(20 * n, (i) => `k${i} = "v"\n`)}`]],
  'one long package.json': (n) => [['package.json',
    `{"engines":{"node":"99"},"dependencies":{${lines(20 * n, (i) => `"d${i}":"1",`)}"z":"1"}}`]],
  'one long go.mod': (n) => [['go.mod', `module x\ngo 1.99.1\n${lines(20 * n, (i) => `require a/b${i} v1.0.${i}\n`)}`]],
  'one README of builders': (n) => [['README.md',
    lines(n, () => 'tools-harbor.wmcloud.org/toolforge/heroku-builder:21\n')]],
};

function make(files, directory) {
  let commit = false;
  const made = new Set();
  for (const [name, text] of files) {
    if (name === 'commit') { commit = true; continue; }
    const file = path.join(directory, name);
    const folder = path.dirname(file);
    if (!made.has(folder)) fs.mkdirSync(folder, {recursive: true});
    made.add(folder);
    if (typeof text === 'object') fs.symlinkSync(text.link, file);
    else fs.writeFileSync(file, text);
  }
  if (!commit) return;
  const ran = spawnSync('sh', ['-c', 'git init -q . && git add -f .'], {cwd: directory});
  if (ran.status !== 0) throw new Error(String(ran.stderr));
}

// The least CPU seconds of some runs, and the most memory in MB.
function measure(directory, words) {
  let seconds = Infinity, memory = 0;
  for (let round = 0; round < rounds; ++round) {
    const ran = spawnSync('/usr/bin/time', ['-f', '%U %S %M', program, ...words],
      {cwd: directory, stdio: ['ignore', 'ignore', 'pipe'], maxBuffer: 1 << 30});
    const [user, system, kilobytes] = String(ran.stderr).trim().split('\n').pop().split(' ').map(Number);
    seconds = Math.min(seconds, user + system);
    memory = Math.max(memory, kilobytes / 1024);
  }
  return {seconds, memory};
}

const at = ['--at', '2026-06-01'];
const commands = [
  ...formats.map((format) => [`check ${format}`, ['check', '--format', format, ...at]]),
  ['fix --dry-run', ['fix', '--dry-run', ...at]],
];
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'growth-'));
process.on('exit', () => fs.rmSync(work, {recursive: true, force: true}));
fs.mkdirSync(path.join(work, 'empty'));
const idle = measure(path.join(work, 'empty'), commands[0][1]).seconds;

let failed = 0;
console.log(`${'kind'.padEnd(28)} ${'command'.padEnd(18)} ${'small s'.padStart(8)} ${'large s'.padStart(8)} ${'ratio'.padStart(6)} ${'large MB'.padStart(9)}`);
for (const [kind, files] of Object.entries({...many, ...one})) {
  if (only && !kind.includes(only)) continue;
  const small = path.join(work, 'small'), large = path.join(work, 'large');
  fs.mkdirSync(small);
  fs.mkdirSync(large);
  make(files(size), small);
  make(files(size * growth), large);
  // Formats differ in what they print of the same findings.
  for (const [name, words] of commands) {
    const a = measure(small, words), b = measure(large, words);
    // Of less than 20 ms the clock tells too little.
    const ratio = (b.seconds - idle) / Math.max(a.seconds - idle, 0.02);
    const bad = ratio > limit;
    failed += bad ? 1 : 0;
    console.log(`${kind.padEnd(28)} ${name.padEnd(18)} ${a.seconds.toFixed(2).padStart(8)} ${b.seconds.toFixed(2).padStart(8)} ${ratio.toFixed(1).padStart(6)} ${b.memory.toFixed(0).padStart(9)}${bad ? '  <-- more than linear' : ''}`);
  }
  fs.rmSync(small, {recursive: true});
  fs.rmSync(large, {recursive: true});
}
console.log(`an empty repository takes ${idle.toFixed(2)} s; a ratio of ${growth} is linear, the limit is ${limit}`);
process.exitCode = failed ? 1 : 0;
