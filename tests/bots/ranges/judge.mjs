// Our own verdicts, and a tree with its policy.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const readJson = (...path) => JSON.parse(readFileSync(join(...path), 'utf8'));

// The tracks that have presets, deployed or not.
export const tracksOf = (tree) =>
  tree.files.map((path) => path.match(/^renovate\/([^/]+)\/coverage\.json$/)?.[1]).filter(Boolean);

export function readTree(path) {
  const manifest = readJson(path, 'manifest.json');
  return {
    path,
    label: manifest.generated.slice(0, 10),
    at: manifest.generated,
    policy: readJson(path, 'policy.json'),
    files: Object.keys(manifest.files),
  };
}

// A question is "track\truntime\tversion"; the answer its verdict.
export function verdictsOf(tree, questions) {
  const run = spawnSync(process.env.BUILDABLE_JUDGE, [join(tree.path, 'snapshot.json'), tree.at], {
    input: questions.map((question) => `${question}\n`).join(''),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (run.status !== 0) throw new Error(`judge_versions: ${run.stderr ?? run.error}`);
  const verdicts = run.stdout.trimEnd().split('\n');
  const answers = new Map(questions.map((question, index) => [question, verdicts[index]]));
  for (const [question, verdict] of answers)
    if (verdict === 'error' || !verdict) throw new Error(`no verdict: ${question}`);
  return answers;
}

const exitCodes = { buildable: 0, unbuildable: 1, unknown: 4 };

// The program itself must say the same; a process for each question, so of a few only.
export function checkAgainstProgram(tree, answers, sampled) {
  const all = [...answers].filter(([question]) => tree.policy.tracks[question.split('\t')[0]]);
  let wrong = 0;
  for (let i = 0; i < sampled && i < all.length; i += 1) {
    const [question, verdict] = all[Math.floor((i * all.length) / sampled)];
    const [track, runtime, version] = question.split('\t');
    const words = ['explain', runtime, version, '--track', track, '--at', tree.at];
    const { status } = spawnSync(process.env.BUILDABLE_PROGRAM, words);
    if (status === exitCodes[verdict]) continue;
    wrong += 1;
    console.error(`${words.join(' ')} exits with ${status}, but judge_versions says ${verdict}`);
  }
  return wrong;
}
