import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { found } from '../../api/failure.ts';
import { execute } from '../../api/query.ts';
import { queryClient } from '../../api/query-client.ts';
import { type FileLineFragment, RunFileListDocument, type RunFileListQuery } from '../../generated/graphql.ts';
import { useLive } from '../../live/live.ts';
import { type RunName, useRunPulse } from '../../live/pulse.ts';

/** A file in a list. */
export type RunFile = FileLineFragment;

/** The files of a run as far as they are listed. */
export interface RunFiles {
  readonly revision: number;
  readonly readOnly: boolean;
  readonly totalCount: number;
  readonly files: readonly RunFile[];
}

/** So many files are listed at most; where there are more the search asks the server for paths that begin with its text. */
export const MOST_FILES = 5_000;

const FEW_FILES = 1_000;
const LIVE_MS = 5_000;

/** Lists the files of a run, or, with a prefix, those that begin with it. */
export function useRunFiles(name: RunName, prefix: string) {
  const finishedAt = useRef<string | null | undefined>(undefined);
  const queryKey = ['run', name.entity, name.project, name.run, 'files', prefix];
  const id = JSON.stringify(queryKey);
  const query = useQuery({
    queryKey,
    queryFn: async ({ signal }): Promise<RunFiles> => {
      const files: RunFile[] = [];
      const filter = prefix === '' ? {} : { filter: { prefix } };
      let after: string | null = null;
      for (;;) {
        const answer: RunFileListQuery = await execute(RunFileListDocument, { ...name, after, ...filter }, { signal });
        const run = found(answer.run, `run "${name.run}"`);
        const { nodes, pageInfo, totalCount } = run.files;
        files.push(...nodes);
        if (pageInfo.hasNextPage && files.length < MOST_FILES) after = pageInfo.endCursor;
        else return { revision: run.revision, readOnly: run.readOnly, totalCount, files };
      }
    },
  });
  const pulse = useRunPulse(name).data;
  const isFew = (query.data?.totalCount ?? 0) <= FEW_FILES;
  // A file that arrives changes nothing of the run itself.
  useLive(queryKey, pulse?.state === 'RUNNING' && isFew ? LIVE_MS : null);
  const isOld = pulse?.finishedAt !== undefined && pulse.finishedAt !== finishedAt.current;
  useEffect(() => {
    if (!isOld) return;
    const wasRunning = finishedAt.current === null;
    finishedAt.current = pulse?.finishedAt;
    if (wasRunning) void queryClient.invalidateQueries({ queryKey: JSON.parse(id) });
  });
  return query;
}
