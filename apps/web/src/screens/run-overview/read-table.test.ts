import { expect, it } from 'vitest';
import { readTable } from './read-table.ts';

it('reads what W&B writes, and nothing else', () => {
  const table = { columns: ['a'], data: [[1], [2]] };
  expect(readTable(table)).toBe(table);
  expect([readTable({ columns: ['a'] }), readTable({ columns: ['a'], data: [1] }), readTable([1])]).toEqual([
    null,
    null,
    null,
  ]);
});
