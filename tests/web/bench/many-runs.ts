import { type Asker, must } from '../../support/graphql.ts';

/** How large the project is. */
export interface ManyRuns {
  readonly runs: number;
  readonly summaryKeys: number;
  readonly configKeys: number;
}

const BATCH = 20;
const AT_ONCE = 6;
const ROWS = 3;
const OPTIMIZERS = ['adam', 'sgd', 'lion', 'adamw'] as const;

/** Logs that many finished runs into a new project, several at once. */
export async function logManyRuns(server: Asker, project: string, size: ManyRuns): Promise<void> {
  const batches = Array.from({ length: Math.ceil(size.runs / BATCH) }, (_, at) => at * BATCH);
  const worker = async () => {
    for (let first = batches.shift(); first !== undefined; first = batches.shift()) {
      await logBatch(server, project, { first, last: Math.min(size.runs, first + BATCH), size });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

interface Batch {
  readonly first: number;
  readonly last: number;
  readonly size: ManyRuns;
}

async function logBatch(server: Asker, project: string, { first, last, size }: Batch): Promise<void> {
  const numbers = Array.from({ length: last - first }, (_, at) => first + at);
  const started = await mutate(
    server,
    'StartRunInput!',
    'startRun(input: INPUT) { run { id } }',
    numbers.map((number) => ({
      project,
      name: `run-${number}`,
      tags: [`t${number % 7}`],
      config: configOf(number, size.configKeys),
    })),
  );
  const ids = started.map(({ run }) => String(run?.id));
  await mutate(
    server,
    'LogInput!',
    'log(input: INPUT) { __typename }',
    numbers.map((number, at) => ({
      runId: ids[at],
      writer: 'w',
      offset: 0,
      rows: rowsOf(number, size.summaryKeys),
    })),
  );
  await mutate(
    server,
    'FinishRunInput!',
    'finishRun(input: INPUT) { __typename }',
    ids.map((runId) => ({ runId, exitCode: 0 })),
  );
}

interface Answer {
  readonly run?: { readonly id: string };
}

/** Sends one mutation for each input, in one request. */
async function mutate(server: Asker, type: string, field: string, inputs: readonly object[]): Promise<Answer[]> {
  const variables = inputs.map((_, at) => `$i${at}: ${type}`).join(', ');
  const fields = inputs.map((_, at) => `m${at}: ${field.replace('INPUT', `$i${at}`)}`).join(' ');
  const data = await must(
    server,
    `mutation (${variables}) { ${fields} }`,
    Object.fromEntries(inputs.map((input, at) => [`i${at}`, input])),
  );
  return inputs.map((_, at) => data[`m${at}`]);
}

function configOf(number: number, keys: number): Record<string, unknown> {
  const config: Record<string, unknown> = { lr: 10 ** -(1 + (number % 5)), optimizer: OPTIMIZERS[number % 4] };
  for (let key = 2; key < keys; key++)
    config[`option_${key}`] = key % 3 === 0 ? `value ${(number * key) % 11}` : (number * key) % 97;
  return config;
}

function rowsOf(number: number, keys: number): object[] {
  return Array.from({ length: ROWS }, (_, step) => {
    const row: Record<string, number> = {};
    for (let key = 0; key < keys; key++) {
      row[`${key % 2 === 0 ? 'train' : 'val'}/metric_${String(key).padStart(2, '0')}`] = pseudo(number, key, step);
    }
    return { step, values: row };
  });
}

/** A number between 0 and 1 that is the same in every run of the measurement. */
function pseudo(...parts: readonly number[]): number {
  let state = 2_166_136_261;
  for (const part of parts) state = Math.imul(state ^ (part + 1), 16_777_619) >>> 0;
  state ^= state >>> 15;
  return (Math.imul(state, 2_246_822_519) >>> 0) / 2 ** 32;
}
