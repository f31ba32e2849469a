// What the model is asked, with our verdicts, as JSON:
//   node questions.mjs TREE...      (see run.sh)
// {"candidates": {runtime: {spelling: [[text, judged], ...]}},
//  "trees": [{"path", "label", "tracks": {track: {runtime: {judged: true if buildable}}}}]}
import { candidatesOf } from '../ranges/candidates.mjs';
import { readTree, tracksOf, verdictsOf } from '../ranges/judge.mjs';

const runtimes = ['dotnet', 'go', 'java', 'node', 'php', 'python', 'ruby', 'sbt'];
const trees = process.argv.slice(2).map(readTree);

const spellingsOf = (runtime) => (runtime === 'sbt' ? ['plain'] : ['image', 'plain']);
// Registries have no "v" where Dependabot reads them, no build metadata, and no tags like "1.8" for 8.
const isSpelledSo = ({ text, judged }) =>
  !/^v|\+/.test(text) && (judged === null || !text.startsWith('1.') || judged.startsWith('1.'));

const candidates = {};
for (const runtime of runtimes) {
  candidates[runtime] = {};
  for (const spelling of spellingsOf(runtime))
    candidates[runtime][spelling] = candidatesOf(runtime, spelling, trees)
      .filter(isSpelledSo)
      .map(({ text, judged }) => [text, judged]);
}

// Majors too: some dependencies count series only.
function judgedTexts(runtime) {
  const texts = Object.values(candidates[runtime]).flat().map(([, judged]) => judged).filter(Boolean);
  return new Set([...texts, ...texts.map((text) => text.match(/^\d+/)[0])]);
}

function verdicts(tree) {
  const questions = tracksOf(tree).flatMap((track) =>
    runtimes.flatMap((runtime) => [...judgedTexts(runtime)].map((text) => `${track}\t${runtime}\t${text}`)));
  const tracks = {};
  for (const [question, verdict] of verdictsOf(tree, questions)) {
    const [track, runtime, text] = question.split('\t');
    ((tracks[track] ??= {})[runtime] ??= {})[text] = verdict === 'buildable';
  }
  return { path: tree.path, label: tree.label, tracks };
}

process.stdout.write(JSON.stringify({ candidates, trees: trees.map(verdicts) }));
