import type { FileTransport } from '../file/upload-file.ts';
import { type RunFilter, type RunOrder, RunsSeriesDocument } from '../generated/graphql.ts';
import { readPages, toPage } from './read-pages.ts';
import { projectNotFound } from './read-runs.ts';
import { type SeriesOf, type SeriesOptions, toMetricSeries } from './read-series.ts';
import { type StoredRun, toStoredRun } from './stored-run.ts';

/** Which metrics of which runs to read as series. */
export interface RunsSeriesOptions<Keys extends readonly string[] = readonly string[]> extends SeriesOptions {
  readonly entity: string;
  readonly project: string;
  readonly keys: Keys;
  readonly filter?: RunFilter | undefined;
  /** Newest first when left out. */
  readonly orderBy?: readonly RunOrder[] | undefined;
}

/** A run with its series, one per key, in the order asked for. */
export interface RunSeries<Keys extends readonly string[] = readonly string[]> {
  readonly run: StoredRun;
  readonly series: SeriesOf<Keys>;
}

/** Buckets that one request asks for; the server answers with at most 500,000. */
const BUCKETS_PER_PAGE = 400_000;
const MOST_RUNS_PER_PAGE = 50;
/** What the server takes when nothing is asked for. */
const DEFAULT_BUCKETS = 1_000;

/** The series of all runs that match, some runs a request and one request ahead. */
export function readRunsSeries<const Keys extends readonly string[]>(
  transport: FileTransport,
  { entity, project: name, keys, filter, orderBy, signal: given, ...options }: RunsSeriesOptions<Keys>,
): AsyncGenerator<RunSeries<Keys>, void, undefined> {
  const path = { entity, project: name };
  const perRun = Math.max(1, keys.length * (options.buckets ?? DEFAULT_BUCKETS));
  const first = Math.min(MOST_RUNS_PER_PAGE, Math.max(1, Math.floor(BUCKETS_PER_PAGE / perRun)));
  const asked = { ...path, ...options, filter, orderBy: orderBy && [...orderBy], keys: [...keys], first };
  return readPages(
    async (after, signal) => {
      const variables = { ...asked, withX: options.x !== undefined, after };
      const { project } = await transport.execute(RunsSeriesDocument, variables, { signal });
      if (project === null) throw projectNotFound(path);
      return toPage(project.runs, ({ history, ...fields }) => ({
        run: toStoredRun(transport, fields),
        // The server answers with one for each key.
        series: history.series.map(toMetricSeries) as SeriesOf<Keys>,
      }));
    },
    { signal: given },
  );
}
