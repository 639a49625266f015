// Logs a run and reads it back with nothing but what @summa/client exports; the same text runs everywhere, a browser included.
import { createClient, SummaClientError } from '@summa/client';
import { createClient as createLogClient } from '@summa/client/log';
import { createClient as createQueryClient, readRows, toNumber } from '@summa/client/query';

const BEST = `query Best($entity: String!, $project: String!) {
  project(entity: $entity, name: $project) {
    runs(orderBy: [{ summary: { key: "loss", statistic: MIN }, direction: ASC }]) {
      nodes { id name state summary { metric(key: "loss") { min minStep mean nanCount } } }
    }
  }
}`;

export async function logAndQuery(options, project) {
  const client = createClient(options);
  const run = await createLogClient(options).startRun({ project, name: 'first', config: { big: 2n ** 60n } });
  for (const loss of [3, 1, Number.NaN, 2]) run.log({ loss, grads: new Float32Array(64).fill(loss) });
  const live = run.summary.document().loss;
  await run.finish();

  const { entity } = await client.viewer();
  const query = createQueryClient(options);
  const answer = await query.execute(BEST, { entity: entity.name, project });
  const [{ id, name, state, summary }] = answer.project.runs.nodes;
  const rows = [];
  for await (const { step, values } of readRows(query.execute, id, { keys: ['loss'] }))
    rows.push([step, String(values.loss)]);
  const stored = await client.run(entity.name, project, name);
  const tensor = await stored.tensor('grads', { step: 1 });
  const failure = await query.execute('{ nothing }').catch((error) => error);
  return {
    live,
    name,
    state,
    metric: { ...summary.metric, mean: toNumber(summary.metric.mean) },
    rows,
    big: String((await stored.config()).big),
    tensor: [tensor.shape, [...(await tensor.values())].slice(0, 2)],
    failure: failure instanceof SummaClientError && failure.code,
  };
}
