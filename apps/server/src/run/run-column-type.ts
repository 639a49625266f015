import type { ObjectRef } from '@pothos/core';
import { parseConfigTarget } from '@summa/core/query/parse-target';
import { inArgument } from '../graphql/argument-path.ts';
import { type BuilderTypes, builder } from '../graphql/builder.ts';
import type { Connection } from '../graphql/page.ts';
import { KeySectionType } from '../metric/key-type.ts';
import { type ColumnTarget, listColumns, type RunColumnValues } from '../run-list/list-columns.ts';
import { StatisticType } from './run-filter-type.ts';
import { readMetricStatistics } from './run-group-input.ts';
import { MetricStatisticInput } from './run-group-type.ts';
import type { RunRecord } from './run-record.ts';

const RunColumn = builder.objectRef<RunColumnValues>('RunColumn').implement({
  description: 'One column of a table of runs.',
  fields: (t) => ({
    section: t.field({
      type: KeySectionType,
      description: 'Which document of the runs the key stands in.',
      resolve: ({ target }) => target.section,
    }),
    key: t.string({ description: 'The key.', resolve: ({ target }) => target.key }),
    statistic: t.field({
      type: StatisticType,
      nullable: true,
      description: 'What is shown of the metric. It is null for a value of the config.',
      resolve: ({ target }) => (target.section === 'summary' ? target.statistic : null),
    }),
    values: t.field({
      type: ['JSON'],
      nullable: { list: false, items: true },
      description: 'One value for each run of the page, in the order of `nodes`. It is null where the run has none.',
      resolve: ({ values }, _, { lists }) => lists.json(values),
    }),
  }),
});

/** Adds the columns to the type of a page of runs. */
export function addColumns(connection: ObjectRef<BuilderTypes, Connection<RunRecord>>): void {
  builder.objectField(connection, 'columns', (t) =>
    t.field({
      type: [RunColumn],
      description:
        'Values of all runs of the page as columns: first those of `config`, then those of `summary`, in the order asked for; at most 250 in all. ' +
        'It is the fastest way to read a few values of many runs.',
      args: {
        config: t.arg.stringList({ description: 'Keys of the config.' }),
        summary: t.arg({ type: [MetricStatisticInput], description: 'Metrics, and what is shown of them.' }),
      },
      extensions: { cost: 200 },
      resolve: (page, { config, summary }, context) => {
        const targets = [...readConfigKeys(config ?? []), ...readMetricStatistics('summary', summary ?? [])];
        return listColumns(
          context,
          page.edges.map((edge) => edge.node),
          targets,
        );
      },
    }),
  );
}

function readConfigKeys(keys: readonly string[]): ColumnTarget[] {
  return keys.map((value, i) =>
    inArgument('config', () => {
      const target = parseConfigTarget({ value, name: 'config', path: [i], code: 'INVALID_KEY' });
      if (target.section !== 'config') throw new Error('a config target is of the config');
      return target;
    }),
  );
}
