import { must } from '../../support/graphql.ts';
import makeEnvironment from '../../wandb/make-environment.ts';
import { runScript } from '../../wandb/python.ts';
import type { BenchRow } from '../harness/bench-row.ts';
import { type Cost, compare } from '../harness/compare.ts';
import { startMeasuredServer } from '../harness/measured-server.ts';
import { startStandIn } from '../harness/stand-in-server.ts';

const VALUES = 10;
const ONLINE = 'online';
const OFFLINE = 'offline';
const STAND_IN = 'stand-in';

/** The real wandb client that logs as fast as it can: against this server, offline, and against a server that does nothing. */
export const clientOnline: BenchRow = {
  name: 'client-online',
  title: 'The wandb client logging as fast as it can, online, against its own offline mode',
  async measure({ quick, say }) {
    await makeEnvironment();
    const rows = quick ? 500 : 20_000;
    await using server = await startMeasuredServer();
    await using standIn = await startStandIn();
    const script = async (url: string, env: Record<string, string> = {}): Promise<Told> => {
      const options = { args: [String(rows), String(VALUES)], env };
      const { code, output, told } = await runScript({ url, apiKey: server.apiKey }, 'fast.py', options);
      if (code !== 0) throw new Error(`the client ended with ${code}: ${output}`);
      return told as Told; // what the script writes
    };
    const comparison = {
      name: `${rows.toLocaleString('en')} rows of ${VALUES} values`,
      work: ONLINE,
      baseline: OFFLINE,
      goal: { measures: ['loopMs'], atMost: 1.1 },
      sides: {
        [ONLINE]: async () => {
          let told: Told | undefined;
          const cost = await server.costOf(async () => (told = await script(server.url)));
          if (!told) throw new Error('the client told nothing');
          await expectRows(server, told.id, rows);
          return { ...cost, ...timesOf(told) };
        },
        [OFFLINE]: async () => timesOf(await script(server.url, { WANDB_MODE: 'offline' })),
        [STAND_IN]: async () => timesOf(await script(standIn.url)),
      },
    };
    const result = await compare(comparison, quick ? { rounds: 1, warmUp: 0 } : { rounds: 3, warmUp: 0 });
    say(`  requests of the client: ${[...standIn.requests].map(([kind, count]) => `${count} ${kind}`).join(', ')}`);
    return [result];
  },
};

type Told = Readonly<Record<'initMs' | 'loopMs' | 'finishMs' | 'wallMs', number>> & { readonly id: string };

function timesOf({ wallMs, initMs, loopMs, finishMs }: Told): Cost {
  return { wallMs, initMs, loopMs, finishMs };
}

/** A server that lost rows would be fast. */
async function expectRows(server: { url: string; apiKey: string }, name: string, count: number): Promise<void> {
  const query =
    'query ($name: String!) { run(entity: "admin", project: "fast", name: $name) { history { rowCount } } }';
  const { run } = await must(server, query, { name });
  if (run?.history.rowCount !== count) throw new Error(`${name} has ${run?.history.rowCount} rows, not ${count}`);
}
