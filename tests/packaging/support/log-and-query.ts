import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Consumer } from './consumer.ts';

const PROGRAMS = fileURLToPath(new URL('../programs', import.meta.url));

/** Puts the programs beside the installed packages. */
export async function copyPrograms({ folder }: Consumer): Promise<void> {
  for (const name of ['log-and-query.mjs', 'main.mjs']) await copyFile(join(PROGRAMS, name), join(folder, name));
}

/** What the program answers: 3, 1, NaN, 2 were logged as `loss`, so that min is 1 at step 1 and the mean of the finite ones 2. */
export const LOGGED_AND_QUERIED = {
  live: 2,
  name: 'first',
  state: 'FINISHED',
  metric: { min: 1, minStep: 1, mean: 2, nanCount: 1 },
  rows: [
    [0, '3'],
    [1, '1'],
    [2, 'NaN'],
    [3, '2'],
  ],
  big: '1152921504606846976',
  tensor: [[64], [1, 1]],
  failure: 'GRAPHQL_VALIDATION_FAILED',
};
