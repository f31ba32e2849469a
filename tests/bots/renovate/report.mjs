// The table, the findings, and the list of what docs/bots.md knows of.
import { readFileSync } from 'node:fs';

const kinds = ['leaks', 'overblocks', 'strays'];

// [{run, sample, kind, text}]
export function findingsOf(run, { cells, lost }) {
  const found = cells.flatMap((cell) =>
    kinds.flatMap((kind) =>
      cell[kind].map((text) => ({
        run,
        sample: cell.sample.id,
        runtime: cell.sample.runtime,
        datasource: cell.datasource,
        kind,
        text: `${cell.manager} ${cell.current} -> ${text}`,
      })),
    ),
  );
  return [
    ...found,
    ...lost.map((key) => ({
      run,
      sample: key.split('|')[1],
      runtime: '',
      kind: 'overblocks',
      text: `${key} is not seen any more`,
    })),
  ];
}

const startMark = '<!-- known: run | sample | kind | reason -->';
const endMark = '<!-- end of known -->';

// The rows of the table between the marks: run, sample (both may have *), kind, reason.
export function knownFindings(document) {
  const text = readFileSync(document, 'utf8');
  const start = text.indexOf(startMark);
  const end = text.indexOf(endMark);
  if (start < 0 || end < start) throw new Error(`${document} has no list of known findings`);
  const rows = text
    .slice(start + startMark.length, end)
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2);
  return rows.map((line) => {
    const [run, sample, kind, reason] = line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replace(/^`|`$/g, ''));
    if (!reason || !kinds.includes(kind)) throw new Error(`${document}: unreadable row: ${line}`);
    const pattern = (glob) =>
      new RegExp(
        `^${glob
          .split('*')
          .map((part) => part.replace(/[.+?()[\]{}^$\\|]/g, '\\$&'))
          .join('.*')}$`,
      );
    return {
      line,
      kind,
      reason,
      matches: (finding) =>
        finding.kind === kind && pattern(run).test(finding.run) && pattern(sample).test(finding.sample),
    };
  });
}

// Splits findings into those that the document knows and those that it does not; and its rows that
// nothing needs any more.
export function againstKnown(findings, known) {
  const used = new Set();
  const isKnown = (finding) => {
    const row = known.find(({ matches }) => matches(finding));
    if (row) used.add(row);
    return Boolean(row);
  };
  const unknown = findings.filter((finding) => !isKnown(finding));
  return { unknown, listed: findings.length - unknown.length, needless: known.filter((row) => !used.has(row)) };
}

const counts = {
  without: ({ plain }) => plain.size,
  unbuildable: ({ unbuildableWithout }) => unbuildableWithout.length,
  with: ({ preset }) => preset.size,
  right: ({ wanted }) => wanted.size,
  leaks: ({ leaks }) => leaks.length,
  overblocks: ({ overblocks }) => overblocks.length,
  strays: ({ strays }) => strays.length,
};

const sum = (cells, count) => cells.reduce((total, cell) => total + count(cell), 0);

function countsOf(cells) {
  const totals = Object.entries(counts).map(([name, count]) => [name, sum(cells, count)]);
  return { samples: new Set(cells.map(({ sample }) => sample.id)).size, ...Object.fromEntries(totals) };
}

// One line for each runtime and manager over all runs that were judged.
export function linesByManager(comparisons) {
  const groups = new Map();
  for (const cell of comparisons.flatMap(({ cells }) => cells)) {
    const runtime = cell.isRuntime ? cell.sample.runtime : '(no runtime)';
    const key = JSON.stringify([runtime, cell.manager]);
    groups.set(key, [...(groups.get(key) ?? []), cell]);
  }
  const lines = [...groups].map(([key, cells]) => {
    const [runtime, manager] = JSON.parse(key);
    return { runtime, manager, ...countsOf(cells) };
  });
  return lines.sort(
    (left, right) => left.runtime.localeCompare(right.runtime) || left.manager.localeCompare(right.manager),
  );
}

// One line for each run: [{run, comparison}].
export const linesByRun = (judged) =>
  judged.map(({ run, comparison }) => ({ run: run.name, track: run.state, ...countsOf(comparison.cells) }));

export function printTable(lines) {
  if (lines.length === 0) return;
  const columns = Object.keys(lines[0]);
  const rows = [columns, ...lines.map((line) => columns.map((column) => String(line[column])))];
  const widths = columns.map((_, index) => Math.max(...rows.map((row) => row[index].length)));
  const pad = (cell, index) => (index < 2 ? cell.padEnd(widths[index]) : cell.padStart(widths[index]));
  for (const row of rows) console.log(row.map(pad).join('  ').trimEnd());
}
