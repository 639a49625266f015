import { platform } from '#platform';
import type { SpoolOptions, SpoolRequest } from '../platform/platform.ts';
import type { Spool } from '../platform/spool.ts';
import { SummaClientError } from '../summa-client-error.ts';
import { isTransient } from '../transport/backoff.ts';
import type { Execute } from '../transport/execute.ts';
import type { Endpoint } from '../transport/post-graphql.ts';
import { type DeliveryPolicy, defaultPolicy } from './delivery-policy.ts';
import { LiveRun } from './live-run.ts';
import { loadRunState } from './load-run-state.ts';
import { LocalSummary } from './local-summary.ts';
import { mayStartAgain, requestStart, type SettledStart, type StartRunOptions, settleStart } from './start-run.ts';

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
  /**
   * Where there are files, what waits is kept in one too, so that it outlives the process (`summa sync` sends it) and may
   * be more than memory holds, and so that a new run can begin without its server. False keeps it in memory alone.
   */
  readonly spool?: boolean | SpoolOptions;
  /** Aborting it while the run is being started rejects with ABORTED. */
  readonly signal?: AbortSignal;
}

/**
 * Starts a run on the server and opens it for logging; a resumed one brings its summary along.
 *
 * With a spool a new run begins even when its server is away, which `onError` tells (OFFLINE): it is started when the
 * server is back, or by `summa sync`.
 */
export async function openLiveRun(endpoint: Endpoint, execute: Execute, options: LiveRunOptions): Promise<LiveRun> {
  const {
    delivery,
    onError = printError,
    onRetry = () => {},
    heartbeatMs = 30_000,
    spool: kept,
    signal,
    ...start
  } = options;
  const policy: DeliveryPolicy = { ...defaultPolicy, ...delivery };
  const settled = settleStart(start);
  const spool = openSpool(kept, { url: endpoint.url, start: settled, onError });
  try {
    const started = await requestStart(execute, settled, policy, { signal }).catch((error: unknown) => {
      if (spool === null || !mayBeginOffline(error, settled)) throw error;
      onError(offline(settled, error as SummaClientError));
      return null;
    });
    const local = new LocalSummary();
    if (started?.resumed) local.load(await loadRunState(execute, started.fields.id, signal));
    if (started) spool?.start({ id: started.fields.id, path: started.fields.path, acceptedRows: started.acceptedRows });
    const { beforeExit } = platform;
    return new LiveRun({
      endpoint,
      execute,
      settled,
      started,
      local,
      policy,
      heartbeatMs,
      spool,
      beforeExit,
      onError,
      onRetry,
    });
  } catch (error) {
    spool?.remove();
    throw error;
  }
}

function openSpool(kept: boolean | SpoolOptions = true, request: SpoolRequest): Spool | null {
  return kept === false ? null : platform.openSpool({ ...(kept !== true && kept), ...request });
}

/** What a resumed run had is not known without its server. */
function mayBeginOffline(error: unknown, { input, isNameRandom }: SettledStart): boolean {
  return input.resume === 'NEVER' && isTransient(error) && mayStartAgain(error, input, isNameRandom);
}

function offline({ input }: SettledStart, cause: SummaClientError): SummaClientError {
  const message = `${cause.message} Run ${input.name} begins without it: what is logged is kept, and sent when the server is back or by \`summa sync\`.`;
  return new SummaClientError('OFFLINE', message, { cause });
}

function printError(error: SummaClientError): void {
  console.error(`summa: ${error.message} (${error.code})`);
}
