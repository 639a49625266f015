import type { JsonValue } from '@summa/client';
import { formatJson } from '@summa/core/json/format-json';
import { csvLine } from '../../format/csv-line.ts';
import { formatNumber } from '../../format/format-number.ts';
import type { CompareRow } from './compare-rows.ts';
import { STATISTICS } from './compare-search.ts';
import { numberOf } from './number-of.ts';

/** What a row shows of its metric, in a word; nothing where it is the value itself. */
export function statisticWord({ chosen, ownStatistic }: Pick<CompareRow, 'chosen' | 'ownStatistic'>): string {
  if (chosen !== null) return STATISTICS.find(([statistic]) => statistic === chosen)?.[1] ?? chosen;
  return ownStatistic === 'value' ? '' : ownStatistic;
}

/** A value as text with all its digits; nothing where there is none. */
export function valueText(value: JsonValue | undefined): string {
  if (value === undefined) return '';
  const number = numberOf(value);
  if (number !== null) return formatNumber(number).full;
  return typeof value === 'string' ? value : formatJson(value);
}

/** The comparison as CSV (RFC 4180), all digits. */
export function compareCsv(runs: readonly string[], rows: readonly CompareRow[]): string {
  return tableOf(runs, rows).map(csvLine).join('');
}

/** The comparison as a Markdown table, all digits; the best number of a row is bold. */
export function compareMarkdown(runs: readonly string[], rows: readonly CompareRow[]): string {
  const [head = [], ...body] = tableOf(runs, rows).map((cells) => cells.map(markdownCell));
  const lines = body.map((cells, row) =>
    cells.map((cell, at) => (rows[row]?.best.has(at - LEADING) ? `**${cell}**` : cell)),
  );
  const rule = head.map((_, at) => (at < LEADING ? '---' : '---:'));
  return [head, rule, ...lines].map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}

const LEADING = 2;

function tableOf(runs: readonly string[], rows: readonly CompareRow[]): string[][] {
  const keyOf = (row: CompareRow) => [row.key, statisticWord(row)].filter((part) => part !== '').join(' · ');
  return [['section', 'key', ...runs], ...rows.map((row) => [row.section, keyOf(row), ...row.values.map(valueText)])];
}

function markdownCell(cell: string): string {
  return cell.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replaceAll(/\s+/g, ' ');
}
