// One run of Renovate over a working copy, and what it proposed.
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const program = () => join(process.env.BUILDABLE_RENOVATE, 'node_modules/renovate/dist/renovate.js');
const limit = 8 * 60 * 1000;

// Without a token of the code host, half of the runtimes get no proposals at all. The proxy takes any.
const token = 'not-a-real-token';

function environment(folder, proxy, authority) {
  return {
    PATH: process.env.PATH,
    HOME: folder,
    TMPDIR: folder,
    HTTP_PROXY: proxy.address,
    HTTPS_PROXY: proxy.address,
    NO_PROXY: '',
    NODE_EXTRA_CA_CERTS: authority.path,
    // Names are resolved before each proxied request; without a network nothing should wait for it.
    RES_OPTIONS: 'timeout:1 attempts:1',
    GITHUB_COM_TOKEN: token,
    LOG_LEVEL: 'fatal',
    // Relative to the working copy: Renovate turns this path into lower case.
    LOG_FILE: '../log.jsonl',
    LOG_FILE_LEVEL: 'debug',
    LOG_FILE_FORMAT: 'json',
    RENOVATE_BASE_DIR: join(folder, 'base'),
    RENOVATE_CACHE_DIR: join(folder, 'cache'),
    RENOVATE_CONFIG: JSON.stringify({ reportType: 'file', reportPath: join(folder, 'report.json'), onboarding: false }),
  };
}

const children = new Set();
for (const [signal, status] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
])
  process.once(signal, () => {
    for (const child of children) child.kill();
    process.exit(status);
  });

function start(folder, env, words = ['--platform=local']) {
  return new Promise((resolve) => {
    const child = spawn(process.env.BUILDABLE_NODE, [program(), ...words], {
      cwd: join(folder, 'work'),
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: limit,
    });
    children.add(child);
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        output += chunk;
      });
    child.on('close', (code, signal) => {
      children.delete(child);
      resolve({ code, signal, output });
    });
  });
}

const readLog = (folder) =>
  !existsSync(join(folder, 'log.jsonl'))
    ? []
    : readFileSync(join(folder, 'log.jsonl'), 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));

const tailOf = (log) =>
  log
    .filter(({ level }) => level >= 30)
    .slice(-25)
    .map(({ level, msg, err, validationError, validationMessage, error }) =>
      JSON.stringify({ level, msg, error: err?.message ?? error?.message, validationError, validationMessage }).slice(
        0,
        600,
      ),
    )
    .join('\n');

// One dependency as the report has it, with the file it stands in.
function flatten(report) {
  const found = [];
  for (const [manager, files] of Object.entries(report.repositories?.local?.packageFiles ?? {}))
    for (const { packageFile, deps } of files)
      for (const dep of deps) found.push({ manager, packageFile, ...dep, updates: dep.updates ?? [] });
  return found;
}

// {result, dependencies, log, tail}. `result` is 'done', or Renovate's word for why it ended early.
// The log stays at `keep`.
export async function runRenovate({ folder, sources, config, proxy, authority, keep }) {
  mkdirSync(folder, { recursive: true });
  cpSync(sources, join(folder, 'work'), { recursive: true });
  writeFileSync(join(folder, 'work/renovate.json'), `${JSON.stringify(config, null, 2)}\n`);
  const { code, signal, output } = await start(folder, environment(folder, proxy, authority));
  if (existsSync(join(folder, 'log.jsonl'))) cpSync(join(folder, 'log.jsonl'), keep);
  const log = readLog(folder);
  const finished = log.find(({ msg }) => msg === 'Repository finished');
  if (code !== 0 || !finished)
    throw new Error(`Renovate ended with ${code ?? signal}: ${output.slice(-2000)}\n${tailOf(log)}`);
  const reportPath = join(folder, 'report.json');
  const report = existsSync(reportPath) ? JSON.parse(readFileSync(reportPath, 'utf8')) : {};
  return { result: finished.result ?? 'done', dependencies: flatten(report), tail: tailOf(log) };
}

// One run over a repository of a code host, which answers through the proxy: what it makes there is
// the result. The log stays at `keep`.
export async function runRenovateOnHost({ folder, endpoint, repository, proxy, authority, keep }) {
  mkdirSync(join(folder, 'work'), { recursive: true });
  const words = ['--platform=gitea', `--endpoint=${endpoint}`, `--token=${token}`, repository];
  const { code, signal, output } = await start(folder, environment(folder, proxy, authority), words);
  if (existsSync(join(folder, 'log.jsonl'))) cpSync(join(folder, 'log.jsonl'), keep);
  const log = readLog(folder);
  const finished = log.find(({ msg }) => msg === 'Repository finished');
  if (code !== 0 || !finished || (finished.result ?? 'done') !== 'done')
    throw new Error(`Renovate ended with ${code ?? signal}: ${output.slice(-2000)}\n${tailOf(log)}`);
  return { tail: tailOf(log) };
}
