/** The text before the first wildcard of a pattern of SQL's LIKE: what matches begins with it. */
export function likePrefix(pattern: string): string {
  return /^[^%_\\]*/.exec(pattern)?.[0] ?? '';
}

/**
 * A test for texts that match a pattern of SQL's LIKE: `%` is any text, `_` any one sign, and a `\` before a sign makes it plain. It
 * takes no longer than pattern times text.
 */
export function likeMatcher(pattern: string): (text: string) => boolean {
  const signs: readonly string[] = pattern.match(/\\[\s\S]|[\s\S]/gu) ?? [];
  return (text) => matches([...text], signs);
}

/** Where a `%` is met, the rest is tried after ever longer texts; only the last `%` met has to be tried again. */
function matches(text: readonly string[], signs: readonly string[]): boolean {
  let at = 0;
  let sign = 0;
  let wildcard = -1;
  let resumeAt = 0;
  while (at < text.length) {
    if (signs[sign] === '%') {
      wildcard = sign++;
      resumeAt = at;
    } else if (isSame(signs[sign], text[at])) {
      sign += 1;
      at += 1;
    } else if (wildcard >= 0) {
      sign = wildcard + 1;
      at = ++resumeAt;
    } else return false;
  }
  return signs.slice(sign).every((left) => left === '%');
}

function isSame(sign: string | undefined, letter: string | undefined): boolean {
  if (sign === undefined) return false;
  return sign === '_' || (sign.length > 1 && sign.startsWith('\\') ? sign.slice(1) : sign) === letter;
}
