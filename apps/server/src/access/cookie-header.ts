/** The value of a cookie in a `Cookie` header; undefined when it has none of this name, or an empty one. */
export function cookieOf(header: string | undefined, name: string): string | undefined {
  const pair = header?.split(';').find((text) => text.trimStart().startsWith(`${name}=`));
  return pair?.slice(pair.indexOf('=') + 1).trim() || undefined;
}
