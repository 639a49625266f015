import type { JsonValue } from '@summa/client';
import { numberOf } from './number-of.ts';

/** Which way a row gets better; null when it does not. */
export type RowGoal = 'minimize' | 'maximize' | null;

/** The columns with the best number of a row. None without a goal, or when the row has no two different numbers. */
export function bestColumns(values: readonly (JsonValue | undefined)[], goal: RowGoal): ReadonlySet<number> {
  if (goal === null) return new Set();
  const numbers = values.map(finiteOf);
  const finite = numbers.filter((number) => number !== null);
  const best = goal === 'minimize' ? Math.min(...finite) : Math.max(...finite);
  if (finite.every((number) => number === best)) return new Set();
  return new Set(numbers.flatMap((number, column) => (number === best ? [column] : [])));
}

function finiteOf(value: JsonValue | undefined): number | null {
  const number = Number(numberOf(value) ?? Number.NaN);
  return Number.isFinite(number) ? number : null;
}
