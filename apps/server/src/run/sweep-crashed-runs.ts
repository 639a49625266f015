import type { Services } from '../services.ts';
import { storeCrashes } from './run-store.ts';

/** How many sweeps there are in the silence after which a run counts as crashed. */
const SWEEPS_PER_SILENCE = 10;
const SHORTEST_INTERVAL_MS = 1_000;

/**
 * Gives up every running run that has been silent for longer than `config.crashAfterSeconds`: its state becomes `crashed`.
 *
 * One statement, whatever the number of runs. Its next row or heartbeat makes such a run running again.
 *
 * @returns how many runs were given up.
 */
export async function sweepCrashedRuns(services: Services): Promise<number> {
  const silentSince = new Date(services.clock().getTime() - services.config.crashAfterSeconds * 1000);
  const crashed = await storeCrashes(services.database.pool, silentSince);
  for (const run of crashed) services.histories.forget(run);
  return crashed.length;
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
