/**
 * The wait that a `Retry-After` header asks for, in ms: a count of seconds or an HTTP date, never less than 0.
 *
 * Undefined when the header is missing or is neither.
 */
export function parseRetryAfter(header: string | null, now: number = Date.now()): number | undefined {
  if (header === null || header.trim() === '') return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
