import type { ByteRange } from '../file/blob-store.ts';

/** What a `Range` header asks for: a part, all of it, or something that is not there. */
export type RangeAsk = ByteRange | 'all' | 'unsatisfiable';

const SINGLE = /^bytes=\s*(\d*)-(\d*)\s*$/i;

/**
 * What a `Range` header asks of `size` bytes (RFC 9110, 14.2). Several ranges at once, other units and what cannot be read
 * count as no header, as the RFC allows: then all of it is the answer.
 */
export function readRange(header: string | undefined, size: number): RangeAsk {
  const [, from, to] = SINGLE.exec(header ?? '') ?? [];
  if (from === undefined || to === undefined || from + to === '') return 'all';
  if (from === '') return lastBytes(Number(to), size);
  const start = Number(from);
  const end = to === '' ? Number.POSITIVE_INFINITY : Number(to);
  if (end < start) return 'all';
  return start < size ? { start, end: Math.min(end, size - 1) } : 'unsatisfiable';
}

function lastBytes(count: number, size: number): RangeAsk {
  return count > 0 && size > 0 ? { start: Math.max(size - count, 0), end: size - 1 } : 'unsatisfiable';
}
