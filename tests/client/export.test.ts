import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { formatWireJson } from '@summa/core/json/format-json';
import { parseJson } from '@summa/core/json/parse-json';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DIGITS_RUNS, digitsFile } from '../support/digits.ts';
import { type SummaProcess, startSumma } from '../support/summa-process.ts';

const BIN = fileURLToPath(new URL('../../packages/client/bin/summa.mjs', import.meta.url));

let server: SummaProcess;
let folder: string;
beforeAll(async () => {
  server = await startSumma();
  folder = await mkdtemp(join(tmpdir(), 'summa-export-'));
});
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

async function importFile(file: string, project: string): Promise<void> {
  const env = { ...process.env, SUMMA_URL: server.url, SUMMA_API_KEY: server.apiKey };
  await promisify(execFile)(process.execPath, [BIN, 'import', file, '--project', project], { env });
}

async function exportRun(project: string, run: string, query = ''): Promise<string> {
  const path = `/api/export/admin/${project}/runs/${run}/history${query}`;
  const answer = await fetch(`${server.url}${path}`, { headers: { authorization: `Bearer ${server.apiKey}` } });
  if (!answer.ok) throw new Error(await answer.text());
  return answer.text();
}

/** The lines of a file as objects, with the texts that the API has for numbers that JSON lacks. */
function objectsOf(text: string): object[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(formatWireJson(parseJson(line))));
}

it('gives back the rows of the recorded runs as they were imported', async () => {
  for (const run of DIGITS_RUNS) {
    await importFile(digitsFile(`${run}.jsonl`), 'digits');
    const recorded = await readFile(digitsFile(`${run}.jsonl`), 'utf8');
    expect(objectsOf(await exportRun('digits', run))).toEqual(objectsOf(recorded));
  }
});

it('gives the same run when it is imported again, whatever values it has', async () => {
  const lines = [
    '{"_step":0,"_timestamp":1750000000.125,"loss":0.1,"val":{"acc":1e-9,"per":{"0":1,"1":2}},"a.b":1,"note":"é \\"q\\"\\n"}',
    '{"_step":3,"_timestamp":1750000001,"loss":"NaN","big":90071992547409931,"neg":-0,"huge":1e300,"list":[1,"NaN",{"x":[]}]}',
    '{"_step":3,"_timestamp":1750000001,"val":5}',
    '{"_step":4,"_timestamp":1750000002}',
    '{"_step":9007199254740991,"_timestamp":1750000003,"flag":false,"hist":{"_type":"histogram","values":[1],"bins":[0,1]},"inf":"-Infinity"}',
    '{"_step":3,"_timestamp":1750000001,"val":{"acc":0.5}}',
  ];
  await writeFile(join(folder, 'strange.jsonl'), lines.join('\n'));
  await importFile(join(folder, 'strange.jsonl'), 'first');
  const exported = await exportRun('first', 'strange');
  expect(exported.split('\n').filter((line) => line.startsWith('{"_step":3,'))).toHaveLength(2);
  await writeFile(join(folder, 'again.jsonl'), exported);
  await importFile(join(folder, 'again.jsonl'), 'second');
  expect(await exportRun('second', 'again')).toBe(exported);
  const table = '?format=csv&keys=loss&keys=big&keys=val&keys=val.acc';
  expect(await exportRun('second', 'again', table)).toBe(await exportRun('first', 'strange', table));
});
