import type { RunTarget } from '@summa/core/query/run-target';
import type { RunOrder } from '../../generated/graphql.ts';
import { syntaxError, tokenize } from './filter-tokens.ts';
import { parseTargetName, type TargetName } from './target-name.ts';

/** A name of a list, as it was written and as it was read. */
export interface WrittenName {
  readonly text: string;
  readonly name: TargetName;
}

/** A level of an order as it was written. */
export interface WrittenOrder extends WrittenName {
  readonly direction: 'ASC' | 'DESC';
}

/** Reads names parted by commas; one that holds a comma stands in quotes. Throws `UsageError` that marks the place. */
export function parseNames(text: string): WrittenName[] {
  return splitNames(text).map((word) => ({ text: word, name: parseTargetName(word) }));
}

/** Reads an order: names parted by commas, each with a minus in front when the greatest shall come first. */
export function parseOrderText(text: string): WrittenOrder[] {
  return splitNames(text).map((word) => {
    const [, sign, name = ''] = /^([+-]?)(.*)$/s.exec(word) ?? [];
    return { text: name, name: parseTargetName(name), direction: sign === '-' ? 'DESC' : 'ASC' };
  });
}

/** The API's form of a level of an order. */
export function toRunOrder(target: RunTarget, direction: WrittenOrder['direction']): RunOrder {
  if (target.section === 'field') return { field: target.field, direction };
  if (target.section === 'config') return { config: target.key, direction };
  return { summary: { key: target.key, statistic: target.statistic }, direction };
}

/** Cuts text at its commas; what stands in quotes is kept together. Throws `UsageError` that marks the place of what is missing. */
export function splitNames(text: string): string[] {
  const found: string[] = [];
  for (const [i, token] of tokenize(text).entries()) {
    const isPlace = i % 2 === 0;
    if (isPlace && token.kind === 'word') found.push(token.text);
    else if (isPlace) throw syntaxError(text, token, 'a name is missing');
    else if (token.kind !== 'end' && token.text !== ',') throw syntaxError(text, token, 'expected "," between names');
  }
  return found;
}
