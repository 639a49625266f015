import type { JsonValue } from '@summa/core/json/json-value';
import type { RunSummaryData } from './load-summaries.ts';

/** What an object of the kind takes beside the values in it. */
const SUMMARY_BYTES = 1_000;
const STATE_BYTES = 600;
const EXPLICIT_BYTES = 200;
const DEFINITION_BYTES = 500;
const VALUE_BYTES = 16;

/** The memory that a summary takes, in bytes, near enough to share it out. */
export function weightOf({ states, explicit, definitions }: RunSummaryData): number {
  let bytes = SUMMARY_BYTES + definitions.length * DEFINITION_BYTES;
  for (const [key, { first, last }] of states) {
    bytes += STATE_BYTES + weightOfText(key);
    // What was logged once is first and last, and one object.
    for (const sample of first === last ? [last] : [first, last]) if (sample) bytes += weightOfValue(sample.value);
  }
  for (const entry of explicit.values()) {
    bytes += EXPLICIT_BYTES + weightOfText(entry.key);
    if (!entry.deleted) bytes += weightOfValue(entry.value);
  }
  return bytes;
}

function weightOfValue(value: JsonValue): number {
  if (typeof value === 'string') return weightOfText(value);
  if (typeof value !== 'object' || value === null) return VALUE_BYTES;
  let bytes = VALUE_BYTES;
  for (const [key, inner] of Object.entries(value)) bytes += weightOfText(key) + weightOfValue(inner);
  return bytes;
}

function weightOfText(text: string): number {
  return VALUE_BYTES + 2 * text.length;
}
