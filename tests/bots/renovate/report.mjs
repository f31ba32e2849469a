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

const columns = [
  'runtime',
  'manager',
  'samples',
  'without',
  'unbuildable',
  'with',
  'right',
  'leaks',
  'overblocks',
  'other',
];

function lineFor(lines, runtime, manager) {
  const key = `${runtime} ${manager}`;
  if (!lines.has(key))
    lines.set(key, {
      runtime,
      manager,
      samples: new Set(),
      without: 0,
      unbuildable: 0,
      with: 0,
      right: 0,
      leaks: 0,
      overblocks: 0,
      other: 0,
    });
  return lines.get(key);
}

// One line for each runtime and manager over all runs that were judged.
export function tableOf(comparisons) {
  const lines = new Map();
  for (const { cells } of comparisons)
    for (const cell of cells) {
      const line = lineFor(lines, cell.isRuntime ? cell.sample.runtime : '(not governed)', cell.manager);
      line.samples.add(cell.sample.id);
      line.without += cell.plain.size;
      line.unbuildable += cell.unbuildableWithout.length;
      line.with += cell.preset.size;
      line.right += cell.wanted.size;
      line.leaks += cell.leaks.length;
      line.overblocks += cell.overblocks.length;
      line.other += cell.strays.length;
    }
  const sorted = [...lines.values()].sort(
    (left, right) => left.runtime.localeCompare(right.runtime) || left.manager.localeCompare(right.manager),
  );
  return sorted.map((line) => ({ ...line, samples: line.samples.size }));
}

export function printTable(lines) {
  const rows = [columns, ...lines.map((line) => columns.map((column) => String(line[column])))];
  const widths = columns.map((_, index) => Math.max(...rows.map((row) => row[index].length)));
  for (const row of rows)
    console.log(
      row
        .map((cell, index) => (index < 2 ? cell.padEnd(widths[index]) : cell.padStart(widths[index])))
        .join('  ')
        .trimEnd(),
    );
}
