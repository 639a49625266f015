import { readFile } from 'node:fs/promises';
import type { BestRunsQuery, BestRunsQueryVariables } from './gql/operations.ts';

const [entity = '', project = ''] = process.argv.slice(2);
const query = await readFile('best-runs.graphql', 'utf8');
const variables: BestRunsQueryVariables = { entity, project };

const answer = await fetch(`${process.env.SUMMA_URL}/graphql`, {
  method: 'POST',
  headers: { 'content-type': 'application/json', authorization: `Bearer ${process.env.SUMMA_API_KEY}` },
  body: JSON.stringify({ query, variables }),
});
const { data, errors } = (await answer.json()) as { data?: BestRunsQuery; errors?: { message: string }[] };
if (errors) throw new Error(errors.map(({ message }) => message).join('\n'));

for (const { name, state, summary } of data?.project?.runs.nodes ?? []) {
  const loss = summary.metric;
  console.log(name, state, loss && Number(loss.min), loss?.minStep, loss && Number(loss.mean));
}
