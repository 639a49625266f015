import type { RunOrder } from '@summa/core/query/compare-runs';
import { ServerError } from '../../server-error.ts';
import { readTargets } from './run-targets.ts';

/**
 * The order that the client sends with `api.runs`: `+name` or `name` ascends, `-name` descends; null when there is none. Names are
 * those of the filters. Where a name may mean several values of a run, each settles what the ones before leave equal.
 *
 * @throws ServerError INVALID_FILTER for a name that stands for nothing a run has, INVALID_ORDER for tags
 */
export function parseRunOrder(text: string | null | undefined): readonly RunOrder[] | null {
  if (!text) return null;
  const direction = text.startsWith('-') ? 'DESC' : 'ASC';
  const name = /^[+-]/.test(text) ? text.slice(1) : text;
  const targets = readTargets(name);
  if (targets.some((target) => target.section === 'field' && target.field === 'TAGS')) {
    throw new ServerError('INVALID_ORDER', 'runs cannot be ordered by their tags; take another field', ['order']);
  }
  return targets.map((target) => ({ target, direction }));
}
