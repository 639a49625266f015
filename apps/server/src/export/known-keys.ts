import { quoteKey } from '@summa/core/key/check-key';
import type { KeySection } from '../metric/metric-keys.ts';
import { ServerError } from '../server-error.ts';
import type { Services } from '../services.ts';

/** Keys that somebody named in a parameter. */
export interface NamedKeys {
  readonly section: KeySection;
  readonly keys: readonly string[];
  readonly parameter: string;
}

/**
 * Returns when the project has seen every key: one that it has not is misspelt, while a run may well lack a key that others have.
 *
 * @throws ServerError KEY_NOT_FOUND, which names the first
 */
export async function requireKnownKeys(
  { keys: known }: Services,
  projectId: string,
  { section, keys, parameter }: NamedKeys,
): Promise<void> {
  const storable = keys.filter((key) => !key.includes('\0'));
  const ids = await known.existing(projectId, section, storable);
  const missing = keys.find((key) => !ids.has(key));
  if (missing === undefined) return;
  const what = section === 'config' ? 'config key' : 'metric';
  throw new ServerError(
    'KEY_NOT_FOUND',
    `no run of the project has the ${what} ${quoteKey(missing)}; look for it in Project.keys, nested keys are written as paths`,
    [parameter],
  );
}
