import type { Services } from '../services.ts';
import { storeCrashes } from './run-store.ts';

/** How many sweeps there are in the silence after which a run counts as crashed. */
const SWEEPS_PER_SILENCE = 10;
const SHORTEST_INTERVAL_MS = 1_000;
const RUNS_AT_ONCE = 5_000;

/**
 * Gives up every running run that has been silent for longer than `config.crashAfterSeconds`: its state becomes `crashed`.
 *
 * A statement for `runsAtOnce` of them, so that none takes long however many there are. Its next row or heartbeat makes such a run
 * running again.
 *
 * @returns how many runs were given up.
 */
export async function sweepCrashedRuns(services: Services, runsAtOnce: number = RUNS_AT_ONCE): Promise<number> {
  const silentSince = new Date(services.clock().getTime() - services.config.crashAfterSeconds * 1000);
  for (let count = 0; ; ) {
    const crashed = await storeCrashes(services.database.pool, silentSince, runsAtOnce);
    for (const run of crashed) services.histories.forget(run);
    count += crashed.length;
    if (crashed.length < runsAtOnce) return count;
  }
}

/** Sweeps from time to time until the returned function is called. A sweep that fails is logged, and the next one tried. */
export function startCrashSweep(services: Services): () => void {
  const intervalMs = Math.max(SHORTEST_INTERVAL_MS, (services.config.crashAfterSeconds * 1000) / SWEEPS_PER_SILENCE);
  const timer = setInterval(() => {
    sweepCrashedRuns(services).then(
      (count) => count > 0 && services.log.info({ runs: count }, 'runs that fell silent count as crashed now'),
      (error: unknown) => services.log.error({ err: error }, 'the sweep for crashed runs failed'),
    );
  }, intervalMs);
  timer.unref();
  return () => clearInterval(timer);
}
