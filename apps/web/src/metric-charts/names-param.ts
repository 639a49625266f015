/** Names in an address: `a,b`; as a list where a name itself has a comma. */
export type NamesParam = string | readonly string[];

/** Reads names from an address, whatever stands there. */
export function parseNames(param: unknown): readonly string[] {
  // The router reads `?names=12` as a number.
  const given = typeof param === 'number' || typeof param === 'boolean' ? String(param) : param;
  const names = typeof given === 'string' ? given.split(',') : Array.isArray(given) ? given : [];
  return [...new Set(names.filter((name) => typeof name === 'string' && name !== ''))];
}

/** Writes names for an address; nothing for none. */
export function writeNames(names: readonly string[]): NamesParam | undefined {
  if (names.length === 0) return undefined;
  return names.some((name) => name.includes(',')) ? names : names.join(',');
}
