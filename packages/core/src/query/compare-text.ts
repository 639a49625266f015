/**
 * Orders texts by code point: below 0, 0 or above 0 as `a` comes before, equals or comes after `b`.
 *
 * This is the order of their UTF-8 bytes, and of `COLLATE "C"` in a UTF-8 database; `<` orders by UTF-16 units, which
 * puts characters beyond U+FFFF before those from U+E000 on.
 */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const unitOfA = a.charCodeAt(i);
    const unitOfB = b.charCodeAt(i);
    if (unitOfA !== unitOfB) return rank(unitOfA) - rank(unitOfB);
  }
  return a.length - b.length;
}

/** Puts the halves of surrogate pairs (U+D800 to U+DFFF) above all other units, in their own order. */
function rank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}
