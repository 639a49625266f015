import { builder } from '../graphql/builder.ts';
import { connectionType } from '../graphql/connection-type.ts';
import { momentOf } from './moment.ts';
import type { Row } from './read-rows.ts';

/** The GraphQL type of a row. */
export const RowType = builder.objectRef<Row>('Row').implement({
  description: 'What a run logged at one step.',
  fields: (t) => ({
    step: t.field({ type: 'Step', description: 'The step.', resolve: (row) => row.step }),
    time: t.field({
      type: 'DateTime',
      description: 'When it was logged, to the millisecond.',
      resolve: (row) => momentOf(row.time),
    }),
    timestamp: t.float({
      description: 'When it was logged, in seconds since 1970, as exactly as it was sent.',
      resolve: (row) => row.time,
    }),
    values: t.field({
      type: 'JSON',
      description: 'The values, nested as they were logged.',
      resolve: (row) => row.values,
    }),
  }),
});

/** The GraphQL type of a page of rows. */
export const RowConnection = connectionType(RowType, { name: 'Row', one: 'a row', many: 'rows' });
