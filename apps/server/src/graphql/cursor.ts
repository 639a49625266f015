import { ServerError } from '../server-error.ts';

/** A cursor: what a page stands behind, written so that nobody is tempted to take it apart. */
export function formatCursor(kind: string, position: string | number): string {
  return Buffer.from(JSON.stringify([kind, position])).toString('base64url');
}

/** The text that a cursor of this kind stands behind. @throws ServerError INVALID_CURSOR */
export function parseTextCursor(kind: string, cursor: string, argument: string): string {
  const position = parse(kind, cursor, argument);
  if (typeof position !== 'string' || position.includes('\0')) throw invalid(argument);
  return position;
}

/** The whole number that a cursor of this kind stands behind. @throws ServerError INVALID_CURSOR */
export function parseNumberCursor(kind: string, cursor: string, argument: string): number {
  const position = parse(kind, cursor, argument);
  if (typeof position !== 'number' || !Number.isSafeInteger(position)) throw invalid(argument);
  return position;
}

function parse(kind: string, cursor: string, argument: string): unknown {
  try {
    const read: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(read) && read.length === 2 && read[0] === kind) return read[1];
  } catch {
    // Not JSON: it is none of our cursors, as below.
  }
  throw invalid(argument);
}

function invalid(argument: string): ServerError {
  return new ServerError(
    'INVALID_CURSOR',
    `${argument} is not a cursor of this list; take it from endCursor or startCursor`,
    [argument],
  );
}
