import { requireRun } from '../access/project-access.ts';
import type { RequestContext } from '../access/request-context.ts';
import { compactRun } from '../history/compact-run.ts';
import { ServerError } from '../server-error.ts';
import type { RunRef } from '../services.ts';
import { changeRun, type KnownRun } from './change-run.ts';
import type { RunRecord } from './run-record.ts';

/**
 * Ends a run: `finished` when its process ended with exit code 0, else `failed`. Its history is then merged for fast reading.
 *
 * Finishing again with the same exit code changes nothing.
 *
 * @throws ServerError RUN_NOT_FOUND, FORBIDDEN, RUN_FINISHED when it ended with another exit code
 */
export async function finishRun(context: RequestContext, ref: RunRef, exitCode: number): Promise<RunRecord> {
  const run = await requireRun(context, ref, 'write');
  if (hasEnded(run, exitCode)) return run;
  const { services } = context;
  const finished = await changeRun(services, ref, (known) =>
    hasEnded(known, exitCode)
      ? null
      : {
          changes: { state: exitCode === 0 ? 'finished' : 'failed', exitCode, finishedAt: services.clock() },
          heard: true,
        },
  );
  await mergeHistory(context, ref);
  return finished;
}

/** Whether a run has ended with this very exit code. @throws ServerError RUN_FINISHED when with another one */
function hasEnded(run: Pick<KnownRun, 'state' | 'exitCode'>, exitCode: number): boolean {
  if (run.state !== 'finished' && run.state !== 'failed') return false;
  if (run.exitCode === exitCode) return true;
  const message = `the run ended with exit code ${run.exitCode}; resume it with startRun before it can end with ${exitCode}`;
  throw new ServerError('RUN_FINISHED', message, ['exitCode']);
}

/** A run that is finished stays so even if its history cannot be merged now: it reads slower, and the next merge takes it up. */
async function mergeHistory({ services }: RequestContext, ref: RunRef): Promise<void> {
  try {
    await compactRun(services, ref);
  } catch (error) {
    services.log.error({ err: error, ...ref }, 'the history of a finished run could not be merged');
  }
}
