import type { Histogram } from '@summa/core/tensor/tensor-histogram';
import { builder } from '../graphql/builder.ts';

/** The GraphQL type of how values are spread. */
export const TensorHistogramType = builder.objectRef<Histogram>('TensorHistogram').implement({
  description:
    'How the finite values of a tensor are spread: how many lie between each edge and the next, the upper edge belonging to the last bin only.',
  fields: (t) => ({
    counts: t.field({
      type: ['Double'],
      description: 'How many values each bin has.',
      resolve: ({ counts }) => [...counts],
    }),
    edges: t.field({
      type: ['Double'],
      description: 'The edges of the bins, ascending; there is one more of them than bins.',
      resolve: ({ edges }) => [...edges],
    }),
  }),
});
