import { formatWireJson } from '@summa/core/json/format-json';
import type { JsonValue } from '@summa/core/json/json-value';
import { RunDocument } from '../../generated/graphql.ts';
import type { MetricStatistics } from '../../read/metric-statistics.ts';
import { type StoredRun, toStoredRun } from '../../read/stored-run.ts';
import { CommandError, UsageError } from '../command-error.ts';
import { defineCommand } from '../frame/command.ts';
import { writeOut } from '../frame/command-io.ts';
import { connect, type ServerConnection, serverOptions } from '../server-options.ts';
import { settleProject } from '../settle-project.ts';
import { tableSpace } from '../terminal/table-space.ts';
import { describeRun } from './describe-run.ts';
import { runJson } from './run-json.ts';

/** `summa run`: one run with its config, its summary and the statistics of its metrics. */
export const showRunCommand = defineCommand({
  name: 'run',
  summary: 'show a run: its config, its summary, and the statistics of its metrics',
  operands: { usage: '<entity/project/run>', min: 1, max: 1 },
  options: {
    metrics: { type: 'string', short: 'm', value: '<prefix>', summary: 'only metrics whose key begins with this' },
    json: { type: 'boolean', summary: 'as a JSON object' },
    ...serverOptions,
  },
  description: 'Shows one run: what is known of it, its config, its summary, and every statistic of every metric.',
  notes: `Examples:
  summa run ada/digits/sgd-small --metrics val/
  summa run digits/sgd-small --json | jq '.metrics[] | {key, min, minStep}'

In JSON numbers that it lacks are "NaN", "Infinity" and "-Infinity".`,
  async run({ options, operands: [path = ''] }, io) {
    const run = await findRun(await connect(options, io.env), path);
    const found = await readAll(run, options.metrics);
    const text = options.json ? formatWireJson(toJson(found)) : describeRun(found, tableSpace(io));
    await writeOut(io.stdout, `${text}\n`);
    return 0;
  },
});

/** A run that `entity/project/run` or `project/run` names. */
async function findRun({ endpoint, execute }: ServerConnection, path: string): Promise<StoredRun> {
  const cut = path.lastIndexOf('/');
  if (cut <= 0 || cut === path.length - 1) {
    throw new UsageError(`${JSON.stringify(path)} is no run; give "entity/project/run" or "project/run"`);
  }
  const names = { ...(await settleProject(execute, path.slice(0, cut))), name: path.slice(cut + 1) };
  const { run } = await execute(RunDocument, names);
  if (run !== null) return toStoredRun({ ...endpoint, execute }, run);
  throw new CommandError(
    `there is no run ${names.name} in ${names.entity}/${names.project}, or the key may not see it; try: summa runs ${names.entity}/${names.project}`,
  );
}

async function readAll(run: StoredRun, prefix: string | undefined) {
  const [config, summary] = await Promise.all([run.config(), run.summary.document()]);
  const metrics: MetricStatistics[] = [];
  for await (const metric of run.summary.metrics(prefix === undefined ? {} : { prefix })) metrics.push(metric);
  return { run, config, summary, metrics };
}

function toJson({ run, config, summary, metrics }: Awaited<ReturnType<typeof readAll>>): JsonValue {
  // Statistics are numbers, texts and values that were logged, all of them JSON.
  return {
    ...runJson(run),
    config,
    summary,
    metrics: metrics.map(({ percentiles: _, ...metric }) => metric) as unknown as JsonValue,
  };
}
