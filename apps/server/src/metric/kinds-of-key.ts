import type { KeyUse } from './key-use-store.ts';
import type { KeyKind } from './metric-keys.ts';

const KINDS: readonly KeyKind[] = ['number', 'text', 'boolean', 'list', 'object'];

/**
 * The kinds of the values that runs have under a key now, in a fixed order; the kind seen first where no run has any.
 *
 * Values that are no number, text or boolean are of the kind seen first where that explains them (a list, an object, a very
 * long text, a NaN that a config holds); else they count as list and object both.
 */
export function kindsOfKey(first: KeyKind, use: KeyUse): KeyKind[] {
  if (use.runs === 0) return [first];
  const seen = new Set<KeyKind>();
  if (use.numbers > 0) seen.add('number');
  if (use.texts > 0) seen.add('text');
  if (use.booleans > 0) seen.add('boolean');
  if (use.others > 0) for (const kind of otherKinds(first, use)) seen.add(kind);
  return KINDS.filter((kind) => seen.has(kind));
}

function otherKinds(first: KeyKind, use: KeyUse): readonly KeyKind[] {
  if (first === 'list' || first === 'object' || first === 'text') return [first];
  return first === 'number' && use.numbers === 0 ? ['number'] : ['list', 'object'];
}
