import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseJson } from '@summa/core/json/parse-json';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { must } from '../support/graphql.ts';
import { type SummaProcess, startSumma } from '../support/summa-process.ts';
import { runPython } from './python.ts';

const ROWS = 80_000;
const LOG = 'mutation ($input: LogInput!) { log(input: $input) { acceptedRows } }';

let summa: SummaProcess;
let folder: string;
beforeAll(async () => {
  summa = await startSumma();
  folder = await mkdtemp(join(tmpdir(), 'summa-arrow-'));
});
afterAll(async () => {
  await summa[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

function valuesOf(step: number): Record<string, unknown> {
  return {
    loss: step % 7 === 3 ? 'NaN' : 1 / (step + 1),
    ...(step % 100 === 0 && { val: { acc: step / ROWS } }),
    ...(step % 3 === 0 && { flag: step % 2 === 0 }),
    ...(step % 1000 === 1 && { note: `"é" ${step}` }),
  };
}

async function download(name: string): Promise<string> {
  const answer = await fetch(`${summa.url}/api/export/admin/arrow/runs/${name}/history?format=arrow`, {
    headers: { authorization: `Bearer ${summa.apiKey}` },
  });
  const file = join(folder, `${name}.arrows`);
  await writeFile(file, new Uint8Array(await answer.arrayBuffer()));
  return file;
}

it('pyarrow reads a run of several record batches as it was logged', async () => {
  const input = { project: 'arrow', name: 'long' };
  const { startRun } = await must(
    summa,
    'mutation ($input: StartRunInput!) { startRun(input: $input) { run { id } } }',
    { input },
  );
  const steps = Array.from({ length: ROWS }, (_, i) => 2 ** 40 + 2 * i);
  const rows = steps.map((step, i) => ({ step, timestamp: 1_750_000_000 + i / 8, values: valuesOf(i) }));
  await must(summa, LOG, { input: { runId: startRun.run.id, writer: 'w', offset: 0, rows } });

  const read = parseJson(await runPython('read_arrow.py', await download('long')));
  const column = (key: (values: Record<string, unknown>) => unknown) => rows.map(({ values }) => key(values) ?? null);
  expect(read).toMatchObject({
    types: {
      _step: 'int64 not null',
      _timestamp: 'double',
      loss: 'double',
      'val.acc': 'double',
      flag: 'double',
      note: 'string',
    },
    columns: {
      _step: steps,
      _timestamp: rows.map(({ timestamp }) => timestamp),
      loss: column(({ loss }) => (loss === 'NaN' ? Number.NaN : loss)),
      'val.acc': column(({ val }) => (val as { acc: number } | undefined)?.acc),
      flag: column(({ flag }) => (flag === undefined ? undefined : Number(flag))),
      note: column(({ note }) => note && JSON.stringify(note)),
    },
  });
  expect((read as { batches: number }).batches).toBeGreaterThan(1);
});
