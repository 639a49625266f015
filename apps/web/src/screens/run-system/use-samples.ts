import { useQueries } from '@tanstack/react-query';
import { found } from '../../api/failure.ts';
import { execute } from '../../api/query.ts';
import { queryClient } from '../../api/query-client.ts';
import { drawable } from '../../chart/chart-line.ts';
import { RunSystemPointsDocument, type RunSystemPointsQuery } from '../../generated/graphql.ts';
import type { RunName } from '../../live/pulse.ts';
import { inOrder, type Samples } from './system-lines.ts';

interface ReadSamples extends Samples {
  readonly cursor: string | null;
}

const MOST_SAMPLES = 400_000;

/** The samples of some metrics, read once; of a metric that is known only what is new is read. */
export function useSamples(name: RunName, keys: readonly string[], revision: number) {
  return useQueries({
    queries: keys.map((key) => ({
      queryKey: ['run', name.entity, name.project, name.run, 'system', key, revision],
      queryFn: ({ signal }: { signal: AbortSignal }) => readSamples(name, key, signal),
      placeholderData: () => newestOf(name, key),
      staleTime: Number.POSITIVE_INFINITY,
    })),
  });
}

async function readSamples(name: RunName, key: string, signal: AbortSignal): Promise<ReadSamples> {
  let read: ReadSamples = newestOf(name, key) ?? { times: [], values: [], cursor: null };
  for (;;) {
    const answer: RunSystemPointsQuery = await execute(
      RunSystemPointsDocument,
      { ...name, key, after: read.cursor },
      { signal },
    );
    const [page] = found(answer.run, `run "${name.run}"`).history.points;
    if (!page || page.times.length === 0) return read;
    const values = page.values.map((value) => drawable(typeof value === 'number' ? value : null));
    const joined = inOrder({ times: [...read.times, ...page.times], values: [...read.values, ...values] });
    read = { ...joined, cursor: page.endCursor ?? read.cursor };
    if (!page.hasNextPage || read.times.length >= MOST_SAMPLES) return read;
  }
}

function newestOf(name: RunName, key: string): ReadSamples | undefined {
  const queryKey = ['run', name.entity, name.project, name.run, 'system', key];
  const known = queryClient.getQueriesData<ReadSamples>({ queryKey });
  return known.reduce<ReadSamples | undefined>(
    (best, [, data]) => (data && data.times.length >= (best?.times.length ?? 0) ? data : best),
    undefined,
  );
}
