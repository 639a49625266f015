import { createClient, toNumber } from '@summa/client/query';
import { BestRunsDocument } from './gql/graphql.ts';

const [entity = '', project = ''] = process.argv.slice(2);
const { execute } = createClient(); // SUMMA_URL and SUMMA_API_KEY

const best = await execute(BestRunsDocument, { entity, project });
for (const { name, state, summary } of best.project?.runs.nodes ?? []) {
  const loss = summary.metric;
  console.log(name, state, loss && toNumber(loss.min), loss?.minStep, loss && toNumber(loss.mean));
}
