import type { FileTransport } from '../file/upload-file.ts';
import { joinPoints, type MetricPoints, type PointsBlock } from './points-block.ts';
import { loadPoints, type PointsSelection, readPoints } from './read-points.ts';
import { isLittleEndian, streamPoints } from './stream-points.ts';

/** Where a run stands, and its id. */
export interface RunPlace {
  readonly id: string;
  readonly name: string;
  readonly project: { readonly name: string };
  readonly entity: { readonly name: string };
}

/** Up to so many points one answer by GraphQL is all that it takes. */
const FIRST_POINTS = 10_000;

/** Metrics that stand beside the rows of an export instead of in them. */
const BESIDE_ROWS = new Set(['_step', '_timestamp']);

/**
 * All points of one metric: the first by GraphQL, and when there are many the others as a stream of columns.
 *
 * When the server has no stream to give, or one breaks off, the points that are missing are read in pages: what fails then fails as any
 * other question does.
 */
export async function readAllPoints(
  transport: FileTransport,
  run: RunPlace,
  { key, range, signal }: PointsSelection,
): Promise<MetricPoints> {
  const { execute } = transport;
  const ask = { id: run.id, key, range, after: null, first: FIRST_POINTS };
  const { items: blocks, after } = await loadPoints(execute, ask, signal);
  if (after === null) return joinPoints(key, blocks);
  const all: PointsBlock[] = [...blocks];
  const rest = () => ({ ...range, from: (all.at(-1)?.steps.at(-1) ?? -1) + 1 });
  if (isLittleEndian && !BESIDE_ROWS.has(key)) {
    const take = (block: PointsBlock) => all.push(block);
    if (await streamPoints(transport, run, { key, range: rest(), signal, take })) return joinPoints(key, all);
  }
  const { from } = rest();
  if (from > (range?.to ?? Number.MAX_SAFE_INTEGER)) return joinPoints(key, all);
  all.push(await readPoints(execute, run.id, { key, range: rest(), signal }).then(toBlock));
  return joinPoints(key, all);
}

function toBlock({ steps, times, values, others }: MetricPoints): PointsBlock {
  return { steps, times, values, others: new Map(others) };
}
