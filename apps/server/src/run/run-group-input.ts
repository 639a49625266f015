import { parseConfigTarget, parseSummaryTarget } from '@summa/core/query/parse-target';
import type { QueryInput } from '@summa/core/query/query-input';
import { inArgument } from '../graphql/argument-path.ts';
import { GROUP_FIELDS, type GroupKey } from '../run-list/run-group.ts';
import type { GroupMetric } from '../run-list/run-group-store.ts';
import { ServerError } from '../server-error.ts';

/** The keys that a caller groups by, checked. @throws SummaError INVALID_KEY; ServerError INVALID_INPUT */
export function readGroupKeys(
  given: readonly { readonly field?: string | null | undefined; readonly config?: string | null | undefined }[],
): GroupKey[] {
  const keys = given.map(({ field, config }, i) => inArgument('by', () => readGroupKey({ field, config }, i)));
  const tags = keys.filter((key) => key.section === 'field' && key.field === 'TAGS');
  if (tags.length > 1) throw new ServerError('INVALID_INPUT', 'by names TAGS more than once', ['by']);
  return keys;
}

function readGroupKey({ field, config }: Parameters<typeof readGroupKeys>[0][number], i: number): GroupKey {
  const known = GROUP_FIELDS.find((name) => name === field);
  if (known !== undefined && config == null) return { section: 'field', field: known };
  const target = field == null && config != null ? parseConfigTarget(place(config, 'by', [i, 'config'])) : null;
  if (target?.section === 'config') return target;
  throw new ServerError('INVALID_INPUT', `by[${i}] must have exactly one of field and config`, [i]);
}

/** The metrics that a caller names, checked. @throws SummaError INVALID_KEY */
export function readMetricStatistics(
  name: string,
  given: readonly { readonly key: string; readonly statistic?: string | null | undefined }[],
): GroupMetric[] {
  return given.map(({ key, statistic }, i) =>
    inArgument(name, () => {
      const word = statistic == null ? undefined : place(statistic, name, [i, 'statistic']);
      const target = parseSummaryTarget(place(key, name, [i, 'key']), word);
      if (target.section !== 'summary') throw new Error('a summary target is of the summary');
      return target;
    }),
  );
}

function place(value: string, name: string, path: readonly (string | number)[]): QueryInput {
  return { value, name, path, code: 'INVALID_KEY' };
}
