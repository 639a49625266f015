import type { SummaClientError } from '../summa-client-error.ts';
import type { Execute } from '../transport/execute.ts';
import type { Endpoint } from '../transport/post-graphql.ts';
import { type DeliveryPolicy, defaultPolicy } from './delivery-policy.ts';
import { LiveRun } from './live-run.ts';
import { loadRunState } from './load-run-state.ts';
import { LocalSummary } from './local-summary.ts';
import { requestStart, type StartRunOptions } from './start-run.ts';

/** How a run begins, and how what it logs is sent. */
export interface LiveRunOptions extends StartRunOptions {
  /** Batch sizes, waits and the size of the queue, where they shall differ from the defaults. */
  readonly delivery?: Partial<DeliveryPolicy>;
  /** Called when something was refused or given up; by default it is printed on the console. */
  readonly onError?: (error: SummaClientError) => void;
  /** Called when a request failed and will be sent again after `waitMs`. */
  readonly onRetry?: (error: SummaClientError, waitMs: number) => void;
  /** The server is told that the run lives when it has heard nothing for this long, in ms; 30,000. */
  readonly heartbeatMs?: number;
}

/** Starts a run on the server and opens it for logging; a resumed one brings its summary along. */
export async function openLiveRun(endpoint: Endpoint, execute: Execute, options: LiveRunOptions): Promise<LiveRun> {
  const { delivery, onError, onRetry, heartbeatMs, ...start } = options;
  const policy: DeliveryPolicy = { ...defaultPolicy, ...delivery };
  const started = await requestStart(execute, start, policy);
  const local = new LocalSummary();
  if (started.resumed) local.load(await loadRunState(execute, started.fields.id));
  return new LiveRun({
    endpoint,
    execute,
    started,
    local,
    policy,
    heartbeatMs: heartbeatMs ?? 30_000,
    onError: onError ?? printError,
    onRetry: onRetry ?? (() => {}),
  });
}

function printError(error: SummaClientError): void {
  console.error(`summa: ${error.message} (${error.code})`);
}
