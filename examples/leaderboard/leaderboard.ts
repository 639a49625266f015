// Prints the best runs of a project, and exits with 1 when the newest one is worse than the best by more than 0.01.
import { createClient } from '@summa/client';
import type { Digits } from './digits.ts'; // summa codegen --project digits --out digits.ts

const { runs, config, summary } = await createClient()
  .project<Digits>('digits')
  .table({
    config: ['optimizer', 'lr'],
    summary: [{ key: 'val/acc', statistic: 'MAX' }],
    filter: { field: { name: 'STATE', eq: 'FINISHED' } },
  });
const accuracy = summary['MAX(val/acc)'].values.map((value) => value ?? 0);
const board = runs.name
  .map((name, i) => ({ name, acc: accuracy[i] ?? 0, by: config.optimizer.values[i], lr: config.lr.values[i] }))
  .sort((a, b) => b.acc - a.acc);
console.table(board.slice(0, 10));

const [newest, best] = [{ name: runs.name[0], acc: accuracy[0] ?? 0 }, board[0]];
if (best !== undefined && newest.acc < best.acc - 0.01) {
  console.error(`${newest.name} regressed: val/acc ${newest.acc.toFixed(4)}, ${best.name} has ${best.acc.toFixed(4)}`);
  process.exitCode = 1;
}
