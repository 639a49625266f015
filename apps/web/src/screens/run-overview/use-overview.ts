import { useQuery } from '@tanstack/react-query';
import { found } from '../../api/failure.ts';
import { apiQuery } from '../../api/query.ts';
import { RunOverviewDocument, type RunOverviewQuery } from '../../generated/graphql.ts';
import { useLiveByRevision } from '../../live/live.ts';
import { type RunName, useRunPulse } from '../../live/pulse.ts';

/** The query of the overview of a run; a run that is not there is a `NotFoundError`. */
export function overviewQuery(name: RunName) {
  const { entity, project, run } = name;
  const options = apiQuery(['run', entity, project, run, 'overview'], RunOverviewDocument, { entity, project, run });
  return { ...options, select: (data: RunOverviewQuery) => found(data.run, `run "${run}" in ${entity}/${project}`) };
}

/** Everything that the overview of a run shows, kept up to date; the state and the times are the pulse's. */
export function useOverview(name: RunName) {
  const options = overviewQuery(name);
  const query = useQuery(options);
  const { data: pulse } = useRunPulse(name);
  useLiveByRevision(options.queryKey, { shown: query.data?.revision, newest: pulse?.revision });
  return { query, pulse };
}
