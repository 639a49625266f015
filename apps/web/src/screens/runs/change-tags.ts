/** The tags with one more or one less; null when that changes nothing. */
export function changeTags(
  tags: readonly string[],
  { add, remove }: { readonly add?: string; readonly remove?: string },
): string[] | null {
  if (add !== undefined) return tags.includes(add) ? null : [...tags, add];
  return remove !== undefined && tags.includes(remove) ? tags.filter((tag) => tag !== remove) : null;
}
