// Judges the runs and prints what came out.
import { compareRuns, provingNothing } from './compare.mjs';
import { breakings } from './presets.mjs';
import { againstKnown, findingsOf, knownFindings, linesByManager, linesByRun, printTable } from './report.mjs';

function compare(run, results, { samples, worlds, states }) {
  const { verdict, awaits, policy } = states[run.state];
  const of = (name) => name && results.get(name)?.dependencies;
  if (!of(run.plain) || (run.oracle && !of(run.oracle))) return undefined; // only some runs were asked for
  return compareRuns({
    samples,
    world: worlds.full,
    verdict,
    awaits,
    isGoverned: (runtime) => policy.runtimes[runtime]?.governed ?? false,
    hasEnded: policy.expired,
    runs: { plain: of(run.plain), preset: of(run.name), oracle: of(run.oracle) },
    libraries: run.libraries,
    ownDatasource: run.ownDatasource,
  });
}

// Each breaking must show where it is, and nothing anywhere else.
function judgeControl(run, findings, fail) {
  for (const [what, { runtime, datasource, kind }] of Object.entries(breakings)) {
    const isCaught = (finding) =>
      finding.runtime === runtime && finding.datasource === datasource && finding.kind === kind;
    const caught = findings.filter(isCaught);
    if (caught.length === 0) fail(`negative control: ${what} (${runtime}): not caught`);
    else console.log(`negative control: ${what} (${runtime}): ${caught.length} ${kind}, such as ${caught[0].text}`);
  }
  const broken = new Set(Object.values(breakings).map(({ runtime, datasource }) => `${runtime} ${datasource}`));
  for (const { runtime, datasource, sample, text } of findings)
    if (!broken.has(`${runtime} ${datasource}`))
      fail(`negative control: ${run.name} shows ${runtime} ${sample} ${text}, which is not broken`);
}

// In October 2025 bots moved this pin to 3.14.0, which could be built from March 2026 on.
const incident = { sample: 'pyenv-python-incident', to: /^3\.14\./, days: { '2025-10-10': false, '2026-03-20': true } };

function judgeIncident({ run, comparison }, fail) {
  if (!(run.name in incident.days)) return;
  const cell = comparison.cells.find(({ sample }) => sample.id === incident.sample);
  const proposed = [...cell.preset.keys()];
  const words = `the incident: ${run.name}: .python-version ${cell.current} -> ${proposed.join(', ') || 'nothing'}`;
  if (proposed.some((text) => incident.to.test(text)) === incident.days[run.name]) console.log(words);
  else fail(`${words}, which is wrong`);
}

// [{run, comparison, findings}] of the runs that have a preset of ours; the broken ones are judged here.
export function judgeRuns(plan, results, context) {
  const judged = [];
  for (const run of plan.filter(({ state }) => state)) {
    const comparison = compare(run, results, context);
    if (!comparison) continue;
    if (comparison.cells.length === 0) context.fail(`${run.name}: nothing was judged`);
    const findings = findingsOf(run.name, comparison);
    if (run.control) judgeControl(run, findings, context.fail);
    else judged.push({ run, comparison, findings });
  }
  for (const run of plan.filter(({ wantedResult }) => wantedResult))
    if (results.get(run.name).result === run.wantedResult)
      console.log(`negative control: ${run.name}: Renovate ends with ${run.wantedResult}`);
  for (const entry of judged) judgeIncident(entry, context.fail);
  return judged;
}

// Runtimes of which the world has releases that cannot be built today.
function boundedRuntimes({ worlds, states }) {
  const isBound = ({ runtime, releases }) =>
    releases.some(({ judged }) => judged !== null && states.default.verdict(runtime, judged) !== 'buildable');
  return new Set(
    Object.values(worlds.full)
      .filter(isBound)
      .map(({ runtime }) => runtime),
  );
}

function checkWhole(comparisons, needless, context) {
  for (const { line } of needless) context.fail(`docs/bots.md lists what does not happen any more: ${line}`);
  const bounded = boundedRuntimes(context);
  for (const { id } of provingNothing(context.samples, comparisons, (runtime) => bounded.has(runtime)))
    context.fail(`proves nothing: ${id}`);
}

// The tables and the totals. `isWhole`: all runs were done, so that what is missing can be told.
export function conclude(judged, isWhole, context) {
  const comparisons = judged.map(({ comparison }) => comparison);
  const findings = judged.flatMap((entry) => entry.findings);
  const { unknown, listed, needless } = againstKnown(findings, knownFindings(context.document));
  printTable(linesByManager(comparisons));
  console.log();
  printTable(linesByRun(judged));
  console.log();
  for (const { run, sample, kind, text } of unknown)
    context.fail(`${kind.replace(/s$/, '')}: ${run}: ${sample}: ${text}`);
  if (isWhole) checkWhole(comparisons, needless, context);
  const pins = comparisons.reduce((total, { cells }) => total + cells.length, 0);
  const count = (kind) => unknown.filter((finding) => finding.kind === kind).length;
  console.log(
    `${context.samples.length} samples, ${judged.length} runs with presets, ${pins} pins judged; listed in docs/bots.md: ${listed}`,
  );
  console.log(
    `leaks ${count('leaks')}, overblocks ${count('overblocks')}${count('strays') ? `, strays ${count('strays')}` : ''}`,
  );
}
