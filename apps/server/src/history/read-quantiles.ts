import { numericValues } from '@summa/core/history/numeric-values';
import { quantiles } from '@summa/core/history/quantile';
import type { RunRef, Services } from '../services.ts';
import { assembleColumns } from './assemble-columns.ts';
import { findColumnsOfRuns } from './columns-of-runs-store.ts';

/** One quantile of a metric of a run. */
export interface QuantileWish {
  readonly run: RunRef;
  readonly key: string;
  /** From 0 to 1. */
  readonly p: number;
  /** How many values the metric has. */
  readonly points: number;
  /** How many values all metrics of the run have: a bound of what lies in segments, which are read whole. */
  readonly runPoints: number;
}

/** Values that are read in one statement at most, unless one metric alone has more. */
const MAX_POINTS = 4_000_000;
/** Values that the segments of a run hold at most, before they are merged. */
const MAX_SEGMENT_POINTS = 500_000;

/**
 * The quantiles over all finite values of the metrics, in the order asked; NaN where there is none.
 *
 * The number of statements depends on the number of values alone, one for some millions, not on that of metrics and runs;
 * memory is bounded by the same.
 */
export async function readQuantiles(services: Services, wishes: readonly QuantileWish[]): Promise<number[]> {
  const answers = new Array<number>(wishes.length).fill(Number.NaN);
  const places = wishes.map((wish, place) => ({ ...wish, place }));
  for (const projectId of new Set(wishes.map((wish) => wish.run.projectId))) {
    const ofProject = places.filter((wish) => wish.run.projectId === projectId);
    for (const group of groupByCost(ofProject)) await readGroup(services, projectId, { group, answers });
  }
  return answers;
}

type PlacedWish = QuantileWish & { readonly place: number };

async function readGroup(
  services: Services,
  projectId: string,
  { group, answers }: { group: readonly PlacedWish[]; answers: number[] },
): Promise<void> {
  const ids = await services.keys.existing(projectId, 'summary', [...new Set(group.map((wish) => wish.key))]);
  const wanted = distinct(group).flatMap(({ run, key }) => {
    const keyId = ids.get(key);
    return keyId === undefined ? [] : [{ runId: run.runId, keyId }];
  });
  if (wanted.length === 0) return;
  for (const [runId, stored] of await findColumnsOfRuns(services.database.pool, projectId, wanted)) {
    const columns = assembleColumns(
      stored,
      wanted.filter((each) => each.runId === runId).map((each) => each.keyId),
    );
    for (const [keyId, column] of columns) {
      const ofMetric = group.filter((wish) => wish.run.runId === runId && ids.get(wish.key) === keyId);
      const found = quantiles(
        numericValues(column),
        ofMetric.map((wish) => wish.p),
      );
      for (const [i, { place }] of ofMetric.entries()) answers[place] = found[i] ?? Number.NaN;
    }
  }
}

function distinct(wishes: readonly PlacedWish[]): PlacedWish[] {
  return [...new Map(wishes.map((wish) => [`${wish.run.runId}/${wish.key}`, wish])).values()];
}

/** Cuts wishes into groups that one statement reads; those of one run stay together as far as they can. */
function groupByCost(wishes: readonly PlacedWish[]): PlacedWish[][] {
  const byRun = [...wishes].sort((a, b) => compare(a.run.runId, b.run.runId) || compare(a.key, b.key));
  const groups: PlacedWish[][] = [];
  let cost = 0;
  let previous: PlacedWish | undefined;
  for (const wish of byRun) {
    const isSameRun = previous?.run.runId === wish.run.runId;
    const added =
      isSameRun && previous?.key === wish.key
        ? 0
        : wish.points + (isSameRun ? 0 : Math.min(wish.runPoints, MAX_SEGMENT_POINTS));
    const group = groups.at(-1);
    if (group === undefined || (added > 0 && cost + added > MAX_POINTS)) {
      groups.push([wish]);
      cost = added;
    } else {
      group.push(wish);
      cost += added;
    }
    previous = wish;
  }
  return groups;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
