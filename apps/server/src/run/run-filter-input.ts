import type { RunOrder } from '@summa/core/query/compare-runs';
import { parseFilter } from '@summa/core/query/parse-filter';
import { parseOrder } from '@summa/core/query/parse-order';
import type { RunFilter } from '@summa/core/query/run-filter';
import { inArgument } from '../graphql/argument-path.ts';

/** The filter that a caller gave, checked, or null for every run. @throws SummaError INVALID_FILTER */
export function readRunFilter(input: object | null | undefined): RunFilter | null {
  return input == null ? null : inArgument('filter', () => parseFilter(input));
}

/** The order that a caller gave, checked, or null for the default one. @throws SummaError INVALID_ORDER */
export function readRunOrder(input: readonly object[] | null | undefined): readonly RunOrder[] | null {
  return input == null || input.length === 0 ? null : inArgument('orderBy', () => parseOrder(input));
}
