import { expect, it } from 'vitest';
import { tickLabels } from './tick-labels.ts';

it('labels ticks as short as can be', () => {
  expect(tickLabels([0, 0.5, null, 12_000])).toEqual(['0', '0.5', '', '12k']);
});

it('takes more digits where ticks would read alike', () => {
  expect(tickLabels([1801, 1801.25, 1801.5])).toEqual(['1801', '1801.25', '1801.5']);
  expect(tickLabels([1_234_500, 1_234_501])).toEqual(['1234500', '1234501']);
});
