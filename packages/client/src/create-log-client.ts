import { platform } from '#platform';
import { type ClientOptions, endpointOf } from './client-options.ts';
import type { LiveRun } from './live-run/live-run.ts';
import { type LiveRunOptions, openLiveRun } from './live-run/open-live-run.ts';
import { createExecute, type Execute } from './transport/execute.ts';

/** The part of `SummaClient` that logs. */
export interface LogClient {
  /** Runs any operation, typed by its document. */
  readonly execute: Execute;
  /** Starts a run, or goes on with one, to log into. */
  startRun(options: LiveRunOptions): Promise<LiveRun>;
}

/** A client of one server for one API key that logs and does not read: options and errors are those of the whole client. */
export function createLogClient(options: ClientOptions = {}): LogClient {
  const endpoint = endpointOf(platform.withLogin(options));
  const execute = createExecute(endpoint);
  return { execute, startRun: (run) => openLiveRun(endpoint, execute, run) };
}
