// Our own verdicts. A process for each question (4 ms), asked once; the answers of one build of the
// program are kept in a file.
import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const meaning = { 0: 'buildable', 1: 'unbuildable', 4: 'unknown' };
const atOnce = 2;

async function ask(program, words) {
  try {
    await run(program, words);
    return 'buildable';
  } catch (error) {
    if (meaning[error.code]) return meaning[error.code];
    throw new Error(`${program} ${words.join(' ')}: ${error.stderr || error.message}`);
  }
}

const questionsOf = (world) =>
  new Set(
    Object.values(world).flatMap(({ runtime, releases }) =>
      releases.filter(({ judged }) => judged !== null).map(({ judged }) => `${runtime} ${judged}`),
    ),
  );

// Asks for every version of a world before the first run, so that judging needs no waiting. Returns
// `verdict(runtime, version)`.
export async function verdictsOf(program, { track, at }, world, cacheFolder) {
  const digest = createHash('sha256').update(readFileSync(program)).digest('hex').slice(0, 16);
  const file = join(cacheFolder, `${digest}-${track}-${at ?? 'today'}.json`);
  const answers = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const waiting = [...questionsOf(world)].filter((question) => !(question in answers));
  const when = at ? ['--at', at] : [];
  const work = async () => {
    for (let question = waiting.pop(); question; question = waiting.pop())
      answers[question] = await ask(program, ['explain', ...question.split(' '), '--track', track, ...when]);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  mkdirSync(cacheFolder, { recursive: true });
  writeFileSync(file, JSON.stringify(answers));
  // A version that the world does not have, from a datasource of our own.
  return (runtime, version) =>
    (answers[`${runtime} ${version}`] ??=
      meaning[spawnSync(program, ['explain', runtime, version, '--track', track, ...when]).status] ?? 'unknown');
}
