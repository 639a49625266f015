import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Column } from './column.ts';
import { completeFilter } from './complete-filter.ts';
import {
  type FilterGroup,
  type FilterNode,
  filterInput,
  filterText,
  filterWords,
  parseFilterText,
  readOperand,
} from './filter-tree.ts';

const acc: Column = { kind: 'summary', key: 'val/acc', statistic: 'MAX' };
const state: Column = { kind: 'field', field: 'state' };
const opt: Column = { kind: 'config', key: 'opt' };
const filter: FilterGroup = {
  kind: 'all',
  items: [
    { kind: 'condition', column: acc, operator: 'ge', operand: 0.9 },
    {
      kind: 'any',
      items: [
        { kind: 'condition', column: state, operator: 'eq', operand: 'RUNNING' },
        { kind: 'condition', column: opt, operator: 'matches', operand: '^adam' },
      ],
    },
    { kind: 'none', items: [{ kind: 'condition', column: opt, operator: 'exists', operand: false }] },
  ],
};

describe('a filter', () => {
  it('stands readable in an address', () => {
    expect(filterText(filter)).toBe('val/acc:max>=0.9,or(@state=RUNNING,config.opt~"^adam"),not(config.opt!?)');
  });

  it('is said in plain words', () => {
    expect(filter.items.map(filterWords)).toEqual([
      'val/acc · max ≥ 0.9',
      '(State = Running or opt matches ^adam)',
      'not (opt is missing)',
    ]);
  });

  it('is what the API takes', () => {
    expect(filterInput(filter)).toEqual({
      and: [
        { summary: { key: 'val/acc', statistic: 'MAX', ge: 0.9 } },
        { or: [{ field: { name: 'STATE', eq: 'RUNNING' } }, { config: { key: 'opt', matches: '^adam' } }] },
        { not: { or: [{ config: { key: 'opt', exists: false } }] } },
      ],
    });
    expect(filterInput({ kind: 'all', items: [] })).toBeNull();
  });

  it('compares with infinity as JSON can say it', () => {
    expect(filterInput(parseFilterText('loss<Infinity'))).toEqual({
      and: [{ summary: { key: 'loss', statistic: 'VALUE', lt: 'Infinity' } }],
    });
  });

  it('leaves out what cannot be read', () => {
    expect(parseFilterText('loss>,nonsense,@nobody=1,lr=0.1').items).toEqual([
      { kind: 'condition', column: { kind: 'summary', key: 'loss', statistic: 'VALUE' }, operator: 'gt', operand: '' },
      { kind: 'condition', column: { kind: 'summary', key: 'lr', statistic: 'VALUE' }, operator: 'eq', operand: 0.1 },
    ]);
  });

  it('is read back from its address, whatever keys and texts hold', () => {
    const key = fc.string({ minLength: 1, maxLength: 8, unit: fc.constantFrom(...'ab/.:,"\\()=<>~!?^* @é-') });
    const column: fc.Arbitrary<Column> = fc.oneof(
      key.map((text) => ({ kind: 'config' as const, key: text })),
      key.map((text) => ({ kind: 'summary' as const, key: text, statistic: 'MIN' as const })),
      fc.constant(state),
    );
    const operand = fc.oneof(
      fc.double({ noNaN: true }).map((x) => (Object.is(x, -0) ? 0 : x)),
      key,
      fc.boolean(),
    );
    const condition: fc.Arbitrary<FilterNode> = fc.record({
      kind: fc.constant('condition' as const),
      column,
      operator: fc.constantFrom('eq', 'ne', 'ge', 'lt', 'contains', 'startsWith', 'matches'),
      operand,
    });
    const { node } = fc.letrec<{ node: FilterNode }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 3 },
        condition,
        fc.record({
          kind: fc.constantFrom('all' as const, 'any' as const, 'none' as const),
          items: fc.array(tie('node'), { minLength: 1, maxLength: 3 }),
        }),
      ),
    }));
    const group = fc.array(node, { maxLength: 3 }).map((items): FilterGroup => ({ kind: 'all', items }));
    const roundTrip = fc.property(group, (any) => {
      expect(parseFilterText(filterText(any))).toEqual(any);
    });
    fc.assert(roundTrip);
  });
});

describe('completeFilter', () => {
  it('leaves out what nothing is typed for, and groups without conditions', () => {
    const draft: FilterGroup = {
      kind: 'all',
      items: [
        { kind: 'condition', column: opt, operator: 'eq', operand: '' },
        { kind: 'any', items: [{ kind: 'condition', column: opt, operator: 'matches', operand: '' }] },
        { kind: 'condition', column: opt, operator: 'exists', operand: true },
      ],
    };
    expect(completeFilter(draft).items).toEqual([
      { kind: 'condition', column: opt, operator: 'exists', operand: true },
    ]);
  });
});

describe('readOperand', () => {
  it.each([
    ['0.9', 0.9],
    ['1e-5', 1e-5],
    ['∞', Number.POSITIVE_INFINITY],
    ['true', true],
    ['adam', 'adam'],
    ['"12"', '12'],
    ['', ''],
  ])('takes %j as %j', (typed, operand) => expect(readOperand(typed)).toBe(operand));
});
