import type { ValueKind } from '@summa/client';

/** The keys of numbers that contain a text, whatever the case, in their order. */
export function chosenKeys(
  keys: readonly { readonly key: string; readonly kind: ValueKind }[],
  text: string,
): string[] {
  const wanted = text.toLowerCase();
  return keys.filter(({ key, kind }) => kind === 'NUMBER' && key.toLowerCase().includes(wanted)).map(({ key }) => key);
}
