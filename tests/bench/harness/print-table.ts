import type { BenchRow } from './bench-row.ts';
import type { CaseResult } from './compare.ts';
import type { Spread } from './spread.ts';

/** A row's results as a table for people: one line a measure. */
export function formatTable(row: BenchRow, cases: readonly CaseResult[]): string {
  return [`\n${row.title}`, ...cases.flatMap(formatCase)].join('\n');
}

function formatCase({ name, work, baseline, goal, reached, rounds, ratios, sides }: CaseResult): string[] {
  const others = Object.keys(sides).filter((side) => side !== work && side !== baseline);
  const columns = [work, baseline, ...others];
  const measures = [...new Set(columns.flatMap((side) => Object.keys(sides[side] ?? {})))];
  const lines = measures.map((measure) => {
    const bound = goal?.measures.includes(measure) ? `<= ${goal.atMost}` : '';
    return [measure, ...columns.map((side) => show(sides[side]?.[measure])), show(ratios[measure]), bound];
  });
  const verdict = reached === null ? '' : reached ? ', goal reached' : ', GOAL NOT REACHED';
  return [
    `\n  ${name}: ${work} / ${baseline}, ${rounds} rounds${verdict}`,
    ...aligned([['', ...columns, 'ratio', 'goal'], ...lines]).map((line) => `    ${line}`),
  ];
}

function show(spread: Spread | undefined): string {
  return spread ? `${spread.median} (${spread.least} to ${spread.most})` : '-';
}

function aligned(lines: readonly (readonly string[])[]): string[] {
  const widths = (lines[0] ?? []).map((_, i) => Math.max(...lines.map((line) => (line[i] ?? '').length)));
  return lines.map((line) =>
    line
      .map((text, i) => text.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
