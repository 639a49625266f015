import { formatWireJson } from '@summa/core/json/format-json';
import type { RunFilter } from '../../generated/graphql.ts';
import type { ProjectNames } from '../settle-project.ts';

/** What the server can stream: all runs of a project as a table, or the history of one run. */
export type ExportRequest = ExportedRuns | ExportedHistory;

/** A table of the runs of a project: a line a run. */
export interface ExportedRuns extends ProjectNames {
  readonly kind: 'runs';
  readonly format: ExportFormat;
  readonly filter: RunFilter | undefined;
  /** Keys of the config and of the summary; without any it is all of them. */
  readonly config: readonly string[];
  readonly summary: readonly string[];
}

/** The rows of one run: a line a step. */
export interface ExportedHistory extends ProjectNames {
  readonly kind: 'history';
  readonly format: ExportFormat;
  readonly run: string;
  /** Only these metrics; all when empty. */
  readonly keys: readonly string[];
  /** Steps, both included. */
  readonly from: number | undefined;
  readonly to: number | undefined;
}

/** The formats of an export. */
export const EXPORT_FORMATS = ['ndjson', 'csv', 'arrow'] as const;

/** A format of an export. */
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Where the server at an address streams what was asked for. */
export function exportUrl(server: string, request: ExportRequest): string {
  const project = ['api', 'export', request.entity, request.project, 'runs'];
  const path = request.kind === 'runs' ? project : [...project, request.run, 'history'];
  const parameters = new URLSearchParams({ format: request.format });
  for (const [name, value] of request.kind === 'runs' ? runsParameters(request) : historyParameters(request)) {
    parameters.append(name, value);
  }
  return `${server}/${path.map(encodeURIComponent).join('/')}?${parameters}`;
}

type Parameters = readonly (readonly [name: string, value: string])[];

function runsParameters({ config, summary, filter }: ExportedRuns): Parameters {
  return [
    ...config.map((key) => ['config', key] as const),
    ...summary.map((key) => ['summary', key] as const),
    // A filter is made of texts, numbers and booleans only.
    ...(filter === undefined ? [] : [['filter', formatWireJson(filter as never)] as const]),
  ];
}

function historyParameters({ keys, from, to }: ExportedHistory): Parameters {
  return [
    ...keys.map((key) => ['keys', key] as const),
    ...(from === undefined ? [] : [['from', String(from)] as const]),
    ...(to === undefined ? [] : [['to', String(to)] as const]),
  ];
}
