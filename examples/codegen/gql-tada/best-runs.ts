import type { ResultOf, TadaDocumentNode } from 'gql.tada';
import { print } from 'graphql';
import { graphql } from './graphql.ts';

const BestRuns = graphql(`
  query BestRuns($entity: String!, $project: String!) {
    project(entity: $entity, name: $project) {
      runs(orderBy: [{ summary: { key: "loss", statistic: MIN }, direction: ASC }]) {
        nodes { name state summary { metric(key: "loss") { min minStep mean } } }
      }
    }
  }
`);

async function execute<Result, Variables>(document: TadaDocumentNode<Result, Variables>, variables: Variables) {
  const answer = await fetch(`${process.env.SUMMA_URL}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${process.env.SUMMA_API_KEY}` },
    body: JSON.stringify({ query: print(document), variables }),
  });
  const { data, errors } = (await answer.json()) as { data?: Result; errors?: { message: string }[] };
  if (errors) throw new Error(errors.map(({ message }) => message).join('\n'));
  return data;
}

const [entity = '', project = ''] = process.argv.slice(2);
const best: ResultOf<typeof BestRuns> | undefined = await execute(BestRuns, { entity, project });
for (const { name, state, summary } of best?.project?.runs.nodes ?? []) {
  const loss = summary.metric;
  console.log(name, state, loss && Number(loss.min), loss?.minStep, loss && Number(loss.mean));
}
