import { useQuery } from '@tanstack/react-query';
import { found } from '../api/failure.ts';
import { apiQuery } from '../api/query.ts';
import {
  ProjectPulseDocument,
  type ProjectPulseQuery,
  RunPulseDocument,
  type RunPulseQuery,
} from '../generated/graphql.ts';
import { useLive } from './live.ts';

/**
 * What is asked of a project again and again: its counts, and the runs that were heard of last.
 *
 * @public
 */
export type ProjectPulse = NonNullable<ProjectPulseQuery['project']>;

/**
 * What is asked of a run again and again: how it stands, and the revision that says whether anything has changed.
 *
 * @public
 */
export type RunPulse = NonNullable<RunPulseQuery['run']>;

const MOVING_MS = 1_000;
const RESTING_MS = 5_000;

/** Names a project. */
export interface ProjectName {
  readonly entity: string;
  readonly project: string;
}

/** Names a run. */
export interface RunName extends ProjectName {
  readonly run: string;
}

/** The pulse of a project, once for whoever needs it. A project that is not there is a `NotFoundError`. */
export function projectPulseQuery({ entity, project }: ProjectName) {
  const query = apiQuery(['project', entity, project, 'pulse'], ProjectPulseDocument, { entity, project });
  return { ...query, select: (data: ProjectPulseQuery) => found(data.project, `project "${entity}/${project}"`) };
}

/** The pulse of a run. A run that is not there is a `NotFoundError`. */
export function runPulseQuery({ entity, project, run }: RunName) {
  const query = apiQuery(['run', entity, project, run, 'pulse'], RunPulseDocument, { entity, project, run });
  return { ...query, select: (data: RunPulseQuery) => found(data.run, `run "${run}" in ${entity}/${project}`) };
}

/** Follows a project: every second while one of its runs is running, else every five. */
export function useProjectPulse(name: ProjectName) {
  const query = projectPulseQuery(name);
  const answer = useQuery(query);
  useLive(query.queryKey, (answer.data?.runningCount ?? 0) > 0 ? MOVING_MS : RESTING_MS);
  return answer;
}

/** Follows a run: every second while it is running, else every five. */
export function useRunPulse(name: RunName) {
  const query = runPulseQuery(name);
  const answer = useQuery(query);
  useLive(query.queryKey, answer.data?.state === 'RUNNING' ? MOVING_MS : RESTING_MS);
  return answer;
}
