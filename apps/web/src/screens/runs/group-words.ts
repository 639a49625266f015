import type { JsonValue } from '@summa/client';
import { formatNumber } from '../../format/format-number.ts';

/** What all runs of a group have, in words: `adam · 0.001`. */
export function groupWords(values: readonly { readonly value: JsonValue; readonly exists: boolean }[]): string {
  return values.map(valueWords).join(' · ');
}

function valueWords({ value, exists }: { readonly value: JsonValue; readonly exists: boolean }): string {
  if (!exists) return 'none';
  if (value === null) return 'other values';
  if (typeof value === 'number') return formatNumber(value).text;
  return value === '' ? 'empty text' : String(value);
}
