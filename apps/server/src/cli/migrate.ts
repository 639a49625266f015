import type { Config } from '../config.ts';
import { createLog } from '../log.ts';
import { prepareDatabase } from './server-database.ts';

/** `summa migrate`: brings the database up to this version, says what was done, and ends. Returns the exit code. */
export async function migrate(config: Config): Promise<number> {
  const log = createLog({ level: config.logLevel, apiKey: config.apiKey });
  const database = await prepareDatabase(config, log, () => undefined);
  await database.stop();
  const done =
    database.applied.length === 0 ? 'is up to date' : `was brought up to date: ${database.applied.join(', ')}`;
  process.stdout.write(`${database.place} ${done}\n`);
  return 0;
}
