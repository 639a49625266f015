import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunRef } from '../services.ts';
import { openTestServices, type TestServices } from '../testing/test-services.ts';
import { configLeaves, prepareConfigFields } from './config-fields.ts';

let test: TestServices;
beforeAll(async () => {
  test = await openTestServices();
});
afterAll(() => test.close());

async function writeConfig(run: RunRef, config: Parameters<typeof prepareConfigFields>[2]): Promise<void> {
  const write = await prepareConfigFields(test.services, run, config);
  await write(test.services.database.pool);
}

async function fieldsOf(run: RunRef) {
  const found = await test.services.database.pool.query(
    `SELECT key, number, text, boolean FROM run_field f JOIN metric_key k ON k.project_id = f.project_id AND k.id = f.key_id
     WHERE f.project_id = $1 AND f.run_id = $2 AND f.section = 'config' ORDER BY key COLLATE "C"`,
    [run.projectId, run.runId],
  );
  return Object.fromEntries(found.rows.map(({ key, number, text, boolean }) => [key, [number, text, boolean]]));
}

describe('config fields', () => {
  it('hold each scalar in the column of its type, and of all else that it exists', async () => {
    const run = await test.startRun();
    await writeConfig(run, {
      lr: 0.1,
      big: 2n ** 60n,
      nan: Number.NaN,
      inf: Number.POSITIVE_INFINITY,
      optimizer: { name: 'adam', nesterov: false, nothing: null },
      'a.b': 1,
      sizes: [1, 2],
      image: { _type: 'image' },
      prompt: 'x'.repeat(1025),
      nul: 'a\0b',
      none: null,
    });
    expect(await fieldsOf(run)).toEqual({
      'a\\.b': [1, null, null],
      big: [2 ** 60, null, null],
      image: [null, null, null],
      inf: [Number.POSITIVE_INFINITY, null, null],
      lr: [0.1, null, null],
      nan: [null, null, null],
      nul: [null, null, null],
      'optimizer.name': [null, 'adam', null],
      'optimizer.nesterov': [null, null, false],
      prompt: [null, null, null],
      sizes: [null, null, null],
    });
  });

  it('follow the config when it changes', async () => {
    const run = await test.startRun();
    await writeConfig(run, { lr: 0.1, layers: 3, optimizer: 'adam' });
    await writeConfig(run, { lr: 'auto', layers: 3 });
    expect(await fieldsOf(run)).toEqual({ lr: [null, 'auto', null], layers: [3, null, null] });
    await writeConfig(run, {});
    expect(await fieldsOf(run)).toEqual({});
  });

  it('leave out keys that no filter can name, and keep the rest', () => {
    const config = { '': 1, 'a\0': 2, '\ud800': 3, [`k${'x'.repeat(512)}`]: 4, lr: 0.1 };
    expect(configLeaves(config)).toEqual([{ key: 'lr', value: 0.1 }]);
  });

  it('stop after 5,000 values', () => {
    const config = Object.fromEntries(Array.from({ length: 6_000 }, (_, i) => [`k${i}`, i]));
    const leaves = configLeaves(config);
    expect([leaves.length, leaves.at(-1)]).toEqual([5_000, { key: 'k4999', value: 4_999 }]);
  });
});
