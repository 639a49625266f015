import { extname } from 'node:path';
import { UsageError } from '../command-error.ts';
import type { CommandArguments } from '../frame/command.ts';
import { type FilterText, parseFilterText } from '../runs/parse-filter-text.ts';
import { parseNames, splitNames, type WrittenName } from '../runs/parse-names.ts';
import { serverOptions } from '../server-options.ts';
import { EXPORT_FORMATS, type ExportFormat } from './export-url.ts';

/** The options of `summa export`. */
export const exportOptions = {
  format: {
    type: 'string',
    value: '<format>',
    choices: EXPORT_FORMATS,
    summary: "ndjson, csv, or for a run's history arrow (default: by the ending of --out, else ndjson)",
  },
  out: { type: 'string', short: 'o', value: '<file>', isFile: true, summary: 'into this file (default: stdout)' },
  keys: {
    type: 'string',
    short: 'k',
    multiple: true,
    value: '<names>',
    summary: 'only these, parted by commas (default: all)',
  },
  filter: {
    type: 'string',
    short: 'f',
    multiple: true,
    value: '<filter>',
    summary: 'of a project: only runs that match, as with summa runs',
  },
  from: { type: 'string', value: '<step>', summary: 'of a run: from this step on' },
  to: { type: 'string', value: '<step>', summary: 'of a run: up to this step, which is included' },
  ...serverOptions,
} as const;

/** What `summa export` was asked for. */
export type ExportAsk = RunsExportAsk | HistoryExportAsk;

interface AnyExportAsk {
  readonly path: string;
  readonly format: ExportFormat;
  readonly out: string | undefined;
}

/** The runs of a project. */
export interface RunsExportAsk extends AnyExportAsk {
  readonly kind: 'runs';
  readonly filter: FilterText | null;
  readonly keys: readonly WrittenName[];
}

/** The history of a run. */
export interface HistoryExportAsk extends AnyExportAsk {
  readonly kind: 'history';
  readonly run: string;
  readonly keys: readonly string[];
  readonly from: number | undefined;
  readonly to: number | undefined;
}

/** Reads the arguments; throws `UsageError` that names the one which is wrong. */
export function parseExportArguments({ options, operands }: CommandArguments<typeof exportOptions>): ExportAsk {
  const [text = ''] = operands;
  const [entity, project, run, ...more] = text.split('/');
  if ([entity, project, run].includes('') || more.length > 0) {
    throw new UsageError(`${JSON.stringify(text)} is neither "entity/project" nor "entity/project/run"`);
  }
  const format = settleFormat(options.format, options.out);
  if (run === undefined)
    return { kind: 'runs', path: text, format, out: options.out, ...parseRunsPart(options, format) };
  return { kind: 'history', path: `${entity}/${project}`, run, format, out: options.out, ...parseHistoryPart(options) };
}

type Options = CommandArguments<typeof exportOptions>['options'];

function parseRunsPart({ filter, keys, from, to }: Options, format: ExportFormat) {
  if (format === 'arrow')
    throw new UsageError('a list of runs is exported as ndjson or csv; arrow is for the history of a run');
  if (from !== undefined || to !== undefined)
    throw new UsageError('--from and --to are steps of a run: give entity/project/run');
  const filters = filter.map(parseFilterText);
  return { filter: filters.length === 0 ? null : { and: filters }, keys: keys.flatMap(parseNames) };
}

function parseHistoryPart({ filter, keys, from, to }: Options) {
  if (filter.length > 0) throw new UsageError('--filter chooses runs of a project: give entity/project');
  return { keys: keys.flatMap(splitNames), from: parseStep('--from', from), to: parseStep('--to', to) };
}

function parseStep(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const step = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(step)) return step;
  throw new UsageError(`${option} is ${JSON.stringify(text)}; a step is a whole number from 0 to 2^53-1`);
}

const FORMATS_BY_ENDING: Readonly<Record<string, ExportFormat>> = {
  '.ndjson': 'ndjson',
  '.jsonl': 'ndjson',
  '.csv': 'csv',
  '.arrow': 'arrow',
  '.arrows': 'arrow',
};

function settleFormat(format: string | undefined, out: string | undefined): ExportFormat {
  const known = EXPORT_FORMATS.find((candidate) => candidate === format);
  return known ?? FORMATS_BY_ENDING[extname(out ?? '').toLowerCase()] ?? 'ndjson';
}
