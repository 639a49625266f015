import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { bundle } from './support/bundle.ts';
import { type Consumer, createConsumer } from './support/consumer.ts';

let consumer: Consumer;
beforeAll(async () => {
  consumer = await createConsumer(inject('tarballs').client);
});
afterAll(() => consumer?.[Symbol.asyncDispose]());

it.each([
  ['query', 3_000],
  // The goal is 12,000. Statistics of tensors, which `log` takes at once, weigh 8,000, and the fold of the live summary 5,000.
  ['log', 31_000],
])('@summa/client/%s weighs at most %i bytes, gzipped, in a page that makes a client', async (door, budget) => {
  const text = `import { createClient } from '@summa/client/${door}';\nglobalThis.used = createClient;\n`;
  const { gzippedBytes, heaviest } = await bundle(await consumer.write(`${door}.js`, text));
  process.stdout.write(`@summa/client/${door}: ${gzippedBytes} of ${budget} bytes, gzipped\n`);
  expect(gzippedBytes, heaviest).toBeLessThanOrEqual(budget);
});

it('costs nothing where nothing of it is used', async () => {
  const text = `import '@summa/client';\nimport { toNumber } from '@summa/client/query';\n`;
  const { scripts } = await bundle(await consumer.write('nothing.js', text));
  expect(scripts.map(({ code }) => code.trim())).toEqual(['']);
});
