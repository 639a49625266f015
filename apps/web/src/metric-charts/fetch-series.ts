import { execute } from '../api/query.ts';
import { ChartSeriesDocument } from '../generated/graphql.ts';
import type { ProjectName } from '../live/pulse.ts';
import { seriesPoints } from './series-points.ts';
import type { FetchSeries } from './series-store.ts';

/** Asks the server for metrics of runs of one project. */
export function fetchSeriesOf({ entity, project }: ProjectName): FetchSeries {
  return async ({ keys, runNames, axis, range, buckets, hasBand }, signal) => {
    const variables = {
      entity,
      project,
      keys: [...keys],
      runs: [...runNames],
      count: runNames.length,
      x: axis.kind === 'metric' ? axis.key : null,
      range,
      buckets,
      withBand: hasBand,
      withTimes: axis.kind === 'time' || axis.kind === 'duration',
    };
    const answer = await execute(ChartSeriesDocument, variables, { signal });
    const runs = answer.project?.runs.nodes ?? [];
    return runs.map(({ id, revision, history }) => ({ runId: id, revision, points: seriesPoints(history, axis) }));
  };
}
