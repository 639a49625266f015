import { describe, expect, it } from 'vitest';
import { parseOrder } from './parse-order.ts';

describe('parseOrder', () => {
  it('reads levels, ascending unless said otherwise', () => {
    const order = [
      { summary: { key: 'val/loss', statistic: 'MIN' }, direction: 'DESC', field: null },
      { config: 'lr' },
      { summary: { key: 'acc' }, direction: null },
      { field: 'CREATED_AT', direction: 'ASC' },
    ];
    expect(parseOrder(order)).toEqual([
      { target: { section: 'summary', key: 'val/loss', statistic: 'MIN' }, direction: 'DESC' },
      { target: { section: 'config', key: 'lr' }, direction: 'ASC' },
      { target: { section: 'summary', key: 'acc', statistic: 'VALUE' }, direction: 'ASC' },
      { target: { section: 'field', field: 'CREATED_AT' }, direction: 'ASC' },
    ]);
    expect(parseOrder([])).toEqual([]);
  });

  it.each<[input: unknown, path: (string | number)[], problem: string]>([
    [null, [], 'expected a list'],
    [Array.from({ length: 9 }, () => ({ config: 'a' })), [], '9 levels; give at most 8'],
    [[{}], [0], 'give one of field, config, summary'],
    [[{ config: 'a', field: 'NAME' }], [0], 'give only one'],
    [[{ config: 'a' }, { config: '' }], [1, 'config'], 'an empty key'],
    [[{ config: 'a', direction: 'UP' }], [0, 'direction'], '"UP" is unknown; use one of ASC, DESC'],
    [[{ field: 'TAGS' }], [0, 'field'], 'tags have no order'],
    [[{ summary: { statistic: 'MIN' } }], [0, 'summary', 'key'], 'undefined is not a text'],
    [[{ summary: 'loss' }], [0, 'summary'], 'expected an object'],
  ])('refuses %j and names the place', (input, path, problem) => {
    expect(() => parseOrder(input)).toThrow(
      expect.objectContaining({ code: 'INVALID_ORDER', path, message: expect.stringContaining(problem) }),
    );
  });
});
