import { csvLine } from '../format/csv-line.ts';
import { formatNumber } from '../format/format-number.ts';
import { commonX } from './align-lines.ts';
import type { ChartLine } from './chart-line.ts';

/** What a chart shows as CSV (RFC 4180): a row for each x; a column for each line, and two more for its band. All digits. */
export function chartCsv(xName: string, lines: readonly ChartLine[]): string {
  const columns = lines.flatMap(({ label, x, y, min, max }) => [
    { name: label, x, values: y },
    ...(min ? [{ name: `${label} min`, x, values: min }] : []),
    ...(max ? [{ name: `${label} max`, x, values: max }] : []),
  ]);
  const rows = new Map<number, string[]>();
  for (const x of commonX(lines)) rows.set(x, new Array(columns.length).fill(''));
  columns.forEach(({ x, values }, column) => {
    for (let at = 0; at < x.length; at++) {
      const value = values[at];
      const row = rows.get(x[at] ?? 0);
      if (row && value !== null && value !== undefined) row[column] = formatNumber(value).full;
    }
  });
  const head = [xName, ...columns.map(({ name }) => name)];
  const body = [...rows].map(([x, cells]) => [formatNumber(x).full, ...cells]);
  return [head, ...body].map(csvLine).join('');
}
