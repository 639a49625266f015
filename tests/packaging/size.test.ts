import { expect, inject, it } from 'vitest';
import { bundleSize } from './support/bundle-size.ts';
import { createConsumer } from './support/consumer.ts';

/** What a program that uses a door of the client may weigh, gzipped. */
const BUDGETS = [
  { door: 'query', uses: 'createClient', bytes: 3_000 },
  { door: 'log', uses: 'createClient', bytes: 28_000 },
] as const;

it('keeps each door of the client within its budget, and pays nothing for what a program does not use', async () => {
  await using consumer = await createConsumer(inject('tarballs').client);
  for (const { door, uses, bytes } of BUDGETS) {
    const program = `import { ${uses} } from '@summa/client/${door}'; globalThis.used = ${uses};`;
    const { gzippedBytes, heaviest } = await bundleSize(consumer, program);
    process.stdout.write(`@summa/client/${door} with ${uses}: ${gzippedBytes} of ${bytes} bytes gzipped\n`);
    expect(gzippedBytes, heaviest).toBeLessThanOrEqual(bytes);
  }
  const nothing = await bundleSize(consumer, `import '@summa/client'; import { toNumber } from '@summa/client/query';`);
  // An empty file, gzipped.
  expect(nothing.gzippedBytes, nothing.heaviest).toBeLessThanOrEqual(25);
});
