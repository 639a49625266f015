/** A key cut before its last path part, so that what is shared with others can be muted: `train/layer1/` and `loss`. */
export function splitKey(key: string): readonly [prefix: string, name: string] {
  const cut = Math.max(key.lastIndexOf('/'), lastDot(key)) + 1;
  return cut === key.length ? ['', key] : [key.slice(0, cut), key.slice(cut)];
}

// A literal dot within a part is written "\.".
function lastDot(key: string): number {
  for (let at = key.lastIndexOf('.'); at > 0; at = key.lastIndexOf('.', at - 1)) if (key[at - 1] !== '\\') return at;
  return -1;
}
