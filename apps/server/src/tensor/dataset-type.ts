import { builder } from '../graphql/builder.ts';
import type { DatasetEntry, DatasetList } from './tensor-job.ts';

const Dataset = builder.objectRef<DatasetEntry>('Dataset').implement({
  description: 'One array in an HDF5 file.',
  fields: (t) => ({
    path: t.exposeString('path', { description: 'The path in the file, such as "summary/weights".' }),
    dtype: t.exposeString('dtype', {
      nullable: true,
      description:
        'The type of its values, by the name that numpy gives it. It is null when they are no plain numbers, and so no tensor.',
    }),
    shape: t.field({
      type: ['Count'],
      description: 'The lengths of its axes, outermost first.',
      resolve: ({ shape }) => [...shape],
    }),
  }),
});

/** The GraphQL type of what an HDF5 file holds. */
export const DatasetListType = builder.objectRef<DatasetList>('DatasetList').implement({
  description: 'What an HDF5 file holds.',
  fields: (t) => ({
    nodes: t.field({
      type: [Dataset],
      description: 'The datasets, by their paths; at most 1,000.',
      resolve: ({ datasets }) => [...datasets],
    }),
    hasMore: t.exposeBoolean('hasMore', { description: 'Whether the file has more than these.' }),
  }),
});
