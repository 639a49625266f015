import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { BenchRow } from './harness/bench-row.ts';
import type { CaseResult } from './harness/compare.ts';
import { describeMachine, type Machine } from './harness/machine.ts';
import { formatTable } from './harness/print-table.ts';
import { charts } from './rows/charts.ts';
import { clientLog } from './rows/client-log.ts';
import { clientOnline } from './rows/client-online.ts';
import { exportRows } from './rows/export.ts';
import { historyLines } from './rows/history-lines.ts';
import { listOfRuns } from './rows/list-of-runs.ts';
import { logRows } from './rows/log.ts';
import { logAnywhere } from './rows/log-anywhere.ts';
import { longLists } from './rows/long-lists.ts';
import { manyClients } from './rows/many-clients.ts';
import { peers } from './rows/peers.ts';
import { allPoints } from './rows/points.ts';
import { summaries } from './rows/summary.ts';
import { tableOfRuns } from './rows/table-of-runs.ts';

// `npm run bench`: measures every row, or those that `--only` names, prints tables and keeps the results. With `--quick`, nothing
// is kept.

const ROWS: readonly BenchRow[] = [
  historyLines,
  clientLog,
  clientOnline,
  listOfRuns,
  tableOfRuns,
  charts,
  exportRows,
  logRows,
  logAnywhere,
  manyClients,
  summaries,
  allPoints,
  longLists,
  peers,
];

const { values } = parseArgs({
  options: { only: { type: 'string', multiple: true }, quick: { type: 'boolean', default: false } },
});
const say = (text: string) => process.stderr.write(`${text}\n`);

const machine = await describeMachine();
for (const row of chosen(values.only)) {
  say(`measuring: ${row.title}`);
  const cases = await row.measure({ quick: values.quick, say });
  process.stdout.write(`${formatTable(row, cases)}\n`);
  if (!values.quick) await keep(row, { machine, cases });
}

function chosen(names: readonly string[] | undefined): readonly BenchRow[] {
  for (const name of names ?? []) {
    if (!ROWS.some((row) => row.name === name)) {
      say(`there is no row ${name}; there are ${ROWS.map((row) => row.name).join(', ')}`);
      process.exit(2);
    }
  }
  return names ? ROWS.filter((row) => names.includes(row.name)) : ROWS;
}

async function keep(row: BenchRow, { machine, cases }: { machine: Machine; cases: readonly CaseResult[] }) {
  const result = { row: row.name, title: row.title, date: new Date().toISOString().slice(0, 10), machine, cases };
  const file = fileURLToPath(new URL(`results/${row.name}.json`, import.meta.url));
  await writeFile(file, `${JSON.stringify(result, null, 2)}\n`);
}
