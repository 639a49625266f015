import { describe, expect, it } from 'vitest';
import { searchTree, type TreeNode, treeRows, valueTree, withValueAt } from './value-tree.ts';

const none = { turned: new Set<string>(), allOpen: false };
const lines = (nodes: readonly TreeNode[], shown = none) =>
  treeRows(nodes, shown).map(
    ({ node, depth, isOpen }) => `${'  '.repeat(depth)}${isOpen === null ? '' : '▾'}${node.name}`,
  );

describe('valueTree', () => {
  it('groups nested objects, and keys that share a beginning up to a slash', () => {
    expect(lines(valueTree({ 'val/loss': 1, 'val/acc': 2, lr: 3, opt: { name: 'adam', lr: 4 } }))).toEqual([
      'lr',
      '▾opt',
      '  lr',
      '  name',
      '▾val/',
      '  acc',
      '  loss',
    ]);
  });

  it('leaves a key alone that shares its beginning with no other', () => {
    expect(lines(valueTree({ 'val/loss': 1, lr: 2 }))).toEqual(['lr', 'val/loss']);
  });

  it('orders numbers in names as numbers, and bookkeeping last', () => {
    expect(lines(valueTree({ _step: 1, layer10: 2, layer9: 3 }))).toEqual(['layer9', 'layer10', '_step']);
  });

  it('gives every value its key, with a literal dot escaped', () => {
    const [group] = valueTree({ a: { 'b.c': 1, d: 2 } });
    expect(group?.children.map((child) => child.key)).toEqual(['a.b\\.c', 'a.d']);
  });

  it('takes an object with a _type, an empty one and a list as one value', () => {
    const nodes = valueTree({ image: { _type: 'image-file', path: 'x' }, nothing: {}, list: [1, 2] });
    expect(nodes.map((node) => node.kind)).toEqual(['value', 'value', 'value']);
  });
});

describe('searchTree', () => {
  const tree = valueTree({ 'val/loss': 1, 'val/acc': 2, optimizer: 'AdamW' });

  it('keeps what holds every word, in its groups', () => {
    expect(lines(searchTree(tree, 'LOSS val'))).toEqual(['▾val/', '  loss']);
  });

  it('finds texts by what they say', () => {
    expect(lines(searchTree(tree, 'adamw'))).toEqual(['optimizer']);
  });
});

describe('treeRows', () => {
  it('has groups closed that somebody closed', () => {
    const tree = valueTree({ 'val/loss': 1, 'val/acc': 2 });
    expect(lines(tree, { turned: new Set(['val/*']), allOpen: false })).toEqual(['▾val/']);
  });

  it('closes large groups of a large tree by itself, and opens all for a search', () => {
    const large = Object.fromEntries(Array.from({ length: 400 }, (_, i) => [`layer/${i}`, i]));
    const tree = valueTree({ ...large, 'val/loss': 1, 'val/acc': 2 });
    expect(lines(tree)).toEqual(['▾layer/', '▾val/', '  acc', '  loss']);
    expect(lines(tree, { turned: new Set(), allOpen: true })).toHaveLength(404);
  });
});

describe('withValueAt', () => {
  it('sets, replaces and removes one value and leaves the rest', () => {
    const document = { a: { b: 1, c: 2 }, d: 3 };
    expect(withValueAt(document, ['a', 'b'], 9)).toEqual({ a: { b: 9, c: 2 }, d: 3 });
    expect(withValueAt(document, ['x', 'y'], 9)).toEqual({ ...document, x: { y: 9 } });
    expect(withValueAt(document, ['d'], undefined)).toEqual({ a: { b: 1, c: 2 } });
    expect(withValueAt({ a: { b: 1 } }, ['a', 'b'], undefined)).toEqual({});
    expect(withValueAt(document, ['no', 'such'], undefined)).toEqual(document);
  });

  it('puts a value in the place of a scalar above it', () => {
    expect(withValueAt({ a: 1 }, ['a', 'b'], 2)).toEqual({ a: { b: 2 } });
  });
});
