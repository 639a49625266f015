import { createHash } from 'node:crypto';
import { formatJson } from '@summa/core/json/format-json';
import type { JsonValue } from '@summa/core/json/json-value';
import { parseJson } from '@summa/core/json/parse-json';
import type { RunOrder } from '@summa/core/query/compare-runs';
import { RUN_FIELD_TYPES, type RunTarget } from '@summa/core/query/run-target';
import { ServerError } from '../server-error.ts';

/** What a run had at one level of an order; a time is in milliseconds since 1970, null is no value. */
export type CursorValue = number | string | boolean | null;

/** A place in an order of runs: right at a run, with the values that put it there. */
export interface RunCursor {
  readonly values: readonly CursorValue[];
  readonly runId: string;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Longest cursor that is read: 8 levels of the longest text, escaped, in base64. */
const MAX_CURSOR_LENGTH = 100_000;

// Postgres reads four-digit years.
const EARLIEST_MS = Date.parse('0001-01-01T00:00:00Z');
const LATEST_MS = Date.parse('9999-12-31T00:00:00Z');

/** Text that stands for an order: equal for equal orders only. */
export function orderFingerprint(order: readonly RunOrder[]): string {
  const levels = order.map(({ target, direction }) => [
    target.section,
    target.section === 'field' ? target.field : target.key,
    target.section === 'summary' ? target.statistic : null,
    direction,
  ]);
  return createHash('sha256').update(JSON.stringify(levels)).digest('base64url').slice(0, 11);
}

/** The text of a cursor; it says nothing to a client but where to go on. */
export function encodeCursor(fingerprint: string, cursor: RunCursor): string {
  return Buffer.from(formatJson([fingerprint, cursor.values, cursor.runId])).toString('base64url');
}

/**
 * Reads a cursor that `encodeCursor` made for this order.
 *
 * @throws ServerError INVALID_CURSOR for any other text, and for a cursor of another order; `name` is the argument it stood in.
 */
export function decodeCursor(order: readonly RunOrder[], text: string, name: 'after' | 'before'): RunCursor {
  const [fingerprint, values, runId] = readCursor(text, name);
  if (fingerprint !== orderFingerprint(order)) {
    throw new ServerError(
      'INVALID_CURSOR',
      `${name}: this cursor is of a list in another order; begin that list anew`,
      [name],
    );
  }
  const isPlace =
    Array.isArray(values) && values.length === order.length && typeof runId === 'string' && UUID.test(runId);
  if (!isPlace || !order.every(({ target }, i) => isValueOf(target, values[i]))) throw malformed(name);
  // Every value was just checked.
  return { values: values as CursorValue[], runId };
}

function readCursor(text: string, name: string): readonly (JsonValue | undefined)[] {
  if (text.length > MAX_CURSOR_LENGTH) throw malformed(name);
  try {
    const parts = parseJson(Buffer.from(text, 'base64url').toString());
    if (Array.isArray(parts) && parts.length === 3) return parts;
  } catch {
    // Falls through: text that is no JSON is as malformed as JSON that is no cursor.
  }
  throw malformed(name);
}

function malformed(name: string): ServerError {
  return new ServerError(
    'INVALID_CURSOR',
    `${name}: not a cursor of this list; use one from its pageInfo or its edges`,
    [name],
  );
}

function isValueOf(target: RunTarget, value: unknown): boolean {
  if (value === null) return true;
  if (target.section === 'field') return isFieldValue(RUN_FIELD_TYPES[target.field], value);
  if (typeof value === 'number') return !Number.isNaN(value);
  if (target.section === 'summary' && target.statistic !== 'VALUE') return false;
  return typeof value === 'boolean' || isText(value);
}

function isFieldValue(type: (typeof RUN_FIELD_TYPES)[keyof typeof RUN_FIELD_TYPES], value: unknown): boolean {
  if (type === 'text') return isText(value);
  if (typeof value !== 'number' || Number.isNaN(value)) return false;
  return (
    type === 'number' || (type === 'time' && Number.isInteger(value) && value >= EARLIEST_MS && value <= LATEST_MS)
  );
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && !value.includes('\0');
}
