import { parseKey } from '@summa/core/key/key-path';
import type { MetricState } from '@summa/core/metric/metric-state';
import { isSystemKey } from '@summa/core/summary/select-metrics';
import { builder } from '../graphql/builder.ts';
import { ValueKindType } from '../metric/key-type.ts';
import { kindOf } from './key-kinds.ts';

/** A metric that a run has logged. */
export interface HistoryKeyView {
  readonly key: string;
  readonly state: MetricState;
}

/** The GraphQL type of a metric that a run has logged. */
export const HistoryKeyType = builder.objectRef<HistoryKeyView>('HistoryKey').implement({
  description: 'A metric that a run has logged.',
  fields: (t) => ({
    key: t.exposeString('key', { description: 'The key of the metric: its path with "." between the elements.' }),
    path: t.stringList({
      description: 'The elements of the key, outermost first.',
      resolve: (view) => [...parseKey(view.key)],
    }),
    kind: t.field({
      type: ValueKindType,
      description: 'What kind of value was logged last.',
      resolve: ({ state }) => kindOf(state.last?.value ?? null),
    }),
    count: t.field({
      type: 'Count',
      description: 'At how many steps the run logged it.',
      resolve: ({ state }) => state.count,
    }),
    lastStep: t.field({
      type: 'Step',
      description: 'The highest step at which the run logged it.',
      resolve: ({ state }) => state.last?.step ?? 0,
    }),
  }),
});

/** The metrics of a run by their key, without system metrics. */
export function historyKeysOf(states: ReadonlyMap<string, MetricState>): HistoryKeyView[] {
  return [...states]
    .filter(([key]) => !isSystemKey(key))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, state]) => ({ key, state }));
}
