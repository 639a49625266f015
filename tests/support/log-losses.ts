import { createClient } from '@summa/client';
import type { Asker } from './graphql.ts';

/**
 * Logs two finished runs: `first` with the losses 3, 1, NaN, 2 (its least is 1 at step 1, the mean of the finite ones 2), and `second`
 * with 0.5 and 2 (its least is 0.5 at step 0, its mean 1.25).
 */
export async function logLosses({ url, apiKey }: Asker, project: string): Promise<void> {
  const client = createClient({ url, apiKey });
  for (const [name, losses] of [
    ['first', [3, 1, Number.NaN, 2]],
    ['second', [0.5, 2]],
  ] as const) {
    const run = await client.startRun({ project, name });
    for (const loss of losses) run.log({ loss });
    await run.finish();
  }
}
