import { createClient } from '@summa/client';
import { DIGITS_RUNS, digitsRows } from '../../support/digits.ts';
import type { SummaProcess } from '../../support/summa-process.ts';

/** Logs the six recorded runs into the project `digits` of the first user. @returns the name of the user's entity */
export async function logDigits(server: SummaProcess): Promise<string> {
  const client = createClient({ url: server.url, apiKey: server.apiKey });
  for (const name of DIGITS_RUNS) {
    const run = await client.startRun({ project: 'digits', name, displayName: name, config: { recorded: true } });
    for (const { _step, _timestamp, ...values } of await digitsRows(name)) run.log(values as never, { step: _step });
    await run.finish();
  }
  return (await client.viewer()).name;
}
