// Logs rows of `{ i }` and ends as it is told. Arguments: the server, how many rows, and how to end:
// `return` (the script is over), `wait` (for a signal), `listen` (the same, with a listener of its own), `count` (finishes
// and says how many listeners there were and are), `kill` (itself, with kill -9).
import { writeSync } from 'node:fs';
import { createClient } from '@summa/client';

const [url, rows, ending] = process.argv.slice(2);
const events = ['beforeExit', 'SIGINT', 'SIGTERM'];
const listeners = () => events.map((event) => process.listenerCount(event));
const before = listeners();
const client = createClient({ url, timeoutMs: 500 });
const run = await client.startRun({
  project: 'ends',
  // Nothing is sent before somebody asks for it.
  delivery: { batchAfterMs: 3_600_000, backoff: { firstMs: 10, mostMs: 100 } },
  onError: (error) => tell({ error: error.code }),
});
const during = listeners();
for (let i = 0; i < Number(rows); i++) run.log({ i });
tell({ run: run.name });
if (ending === 'kill') process.kill(process.pid, 'SIGKILL');
if (ending === 'listen') process.on('SIGTERM', () => setTimeout(() => process.exit(7), 500));
if (ending === 'wait' || ending === 'listen') setInterval(() => {}, 1_000_000);
if (ending === 'count') {
  await run.finish();
  tell({ before, during, after: listeners() });
}

function tell(event) {
  writeSync(1, `${JSON.stringify(event)}\n`);
}
