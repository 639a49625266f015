import { type Column, valueAt } from '@summa/core/history/column';
import { lowerBound } from '@summa/core/history/slice-column';
import { isJsonObject, type JsonObject, type JsonValue } from '@summa/core/json/json-value';
import { parseJson } from '@summa/core/json/parse-json';
import { nestValues } from '@summa/core/key/nest-values';
import type { RequestContext } from '../../access/request-context.ts';
import { readColumns, type StepRange } from '../../history/read-history.ts';
import { TIME_KEY } from '../../metric/metric-keys.ts';
import { type RunRecord, refOf } from '../../run/run-record.ts';
import { ServerError } from '../../server-error.ts';
import { findSources, type KeySource } from './find-sources.ts';
import { sampleIndexes } from './sample-indexes.ts';

/** Which rows the client wants: those that have all of `keys`, evenly spread ones when there are more than `samples`. */
export interface SampleSpec {
  readonly keys: readonly string[];
  readonly range: StepRange;
  readonly samples: number;
}

const DEFAULT_SAMPLES = 500;
const STEP_KEY = '_step';

/** Reads a spec of `sampledHistory`: `{ "keys": […], "samples": n, "minStep": a, "maxStep": b }`, both steps included. */
export function readSampleSpec(text: string): SampleSpec {
  const spec = parseJson(text);
  if (!isJsonObject(spec) || !Array.isArray(spec.keys)) {
    throw new ServerError('INVALID_INPUT', 'a spec of sampledHistory is a JSON object with a list of keys', ['specs']);
  }
  const { minStep, maxStep, samples } = spec;
  return {
    keys: [...new Set(spec.keys.filter((key) => typeof key === 'string'))],
    range: { ...(isNumber(minStep) && { from: minStep }), ...(isNumber(maxStep) && { to: maxStep }) },
    samples: isNumber(samples) ? samples : DEFAULT_SAMPLES,
  };
}

/**
 * The rows of a spec, with the keys as the client wrote them. The client joins the names of a path with dots and escapes none, so a
 * key with dots is any path of that spelling; a key of an object has all that is below it.
 */
export async function readSampledRows(
  context: RequestContext,
  run: RunRecord,
  { keys, range, samples }: SampleSpec,
): Promise<JsonObject[]> {
  const logged = (await context.loaders.summaries.load(refOf(run)))?.states ?? new Map();
  const sources = findSources(
    keys.filter((key) => key !== STEP_KEY),
    [TIME_KEY, ...logged.keys()],
  );
  const stored = [...new Set(sources.flatMap((source) => source.stored))];
  const columns = await readColumns(context.services, refOf(run), [TIME_KEY, ...stored], range);
  const read: Columns = new Map([...columns].map(([key, { column }]) => [key, column]));
  const steps = [...(read.get(TIME_KEY)?.steps ?? [])].filter((step) =>
    sources.every((source) => source.stored.some((key) => indexOf(read.get(key), step) !== null)),
  );
  return sampleIndexes(steps.length, samples).map((i) => rowAt(steps[i] ?? 0, { keys, sources, columns: read }));
}

type Columns = ReadonlyMap<string, Column>;

function rowAt(
  step: number,
  { keys, sources, columns }: { keys: readonly string[]; sources: readonly KeySource[]; columns: Columns },
): JsonObject {
  const values = sources.map((source): [string, JsonValue] => [source.key, readValue(source, columns, step)]);
  return Object.fromEntries(keys.includes(STEP_KEY) ? [[STEP_KEY, step], ...values] : values);
}

function readValue({ stored, below }: KeySource, columns: Columns, step: number): JsonValue {
  const leaves = stored.flatMap((key): [string, JsonValue][] => {
    const column = columns.get(key);
    const i = indexOf(column, step);
    return column && i !== null ? [[key, valueAt(column, i)]] : [];
  });
  if (!below) return leaves[0]?.[1] ?? null;
  return nestValues(leaves.map(([key, value]) => [below.get(key) ?? key, value]));
}

function indexOf(column: Column | undefined, step: number): number | null {
  if (!column) return null;
  const i = lowerBound(column.steps, step);
  return column.steps[i] === step ? i : null;
}

function isNumber(value: JsonValue | undefined): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
