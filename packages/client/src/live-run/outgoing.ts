import { formatWireJson } from '@summa/core/json/format-json';
import { parseJson } from '@summa/core/json/parse-json';
import { fromWire } from '@summa/core/json/wire-json';
import type { DefineMetricInput, UpdateRunInput, UpdateSummaryInput } from '../generated/graphql.ts';

/** A row as its wire JSON text: nothing that happens to the caller's object later can change it. */
export interface OutgoingRow {
  readonly kind: 'row';
  readonly text: string;
  /** Where it came from, for whoever reports that it was refused. */
  readonly line?: number;
}

/** What may be changed of a run beside its rows. */
export type RunChange =
  | { readonly kind: 'define'; readonly input: Omit<DefineMetricInput, 'runId'> }
  | { readonly kind: 'summary'; readonly input: Omit<UpdateSummaryInput, 'runId'> }
  | { readonly kind: 'update'; readonly input: Omit<UpdateRunInput, 'runId'> }
  | { readonly kind: 'finish'; readonly exitCode: number };

/** A change; it keeps its place among the rows, and may be sent again after an unknown outcome. */
export interface OutgoingChange {
  readonly kind: 'change';
  readonly change: RunChange;
  /** The change as wire JSON text. */
  readonly text: string;
}

/** A file that belongs to the run, with its content. */
export interface OutgoingFile {
  readonly path: string;
  readonly sha256: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Files that have to be there before what is logged next. */
export interface OutgoingFiles {
  readonly kind: 'files';
  readonly files: readonly OutgoingFile[];
}

/** What waits to be sent. */
export type Outgoing = OutgoingRow | OutgoingChange | OutgoingFiles;

/** Sends items that stand one after the other, and resolves when the server has them; called again with the same ones after any failure. */
export type SendItems = (items: readonly Outgoing[], signal: AbortSignal) => Promise<void>;

/** A change as it stands now: what happens to its values later changes nothing. Throws INVALID_JSON for what is none. */
export function outgoingChange(change: RunChange): OutgoingChange {
  return parseOutgoingChange(formatWireJson(fromWire(change)));
}

/** The change that a text of `outgoingChange` says. */
export function parseOutgoingChange(text: string): OutgoingChange {
  // Only `outgoingChange` writes such texts.
  return { kind: 'change', change: fromWire(parseJson(text)) as unknown as RunChange, text };
}

/** Whether a change may go in one request with those before it: all of them set values, at keys that lie apart. */
export function joinsSets(change: RunChange, before: readonly RunChange[]): boolean {
  const added = setKeys(change);
  const known = before.map(setKeys);
  if (added.length === 0 || known.some((keys) => keys.length === 0)) return false;
  return added.every((key) => isApart(key, known.flat()));
}

/** The keys of a change that does nothing but set values. */
function setKeys(change: RunChange): string[] {
  if (change.kind !== 'summary') return [];
  const { set, delete: deleted, clear } = change.input;
  return deleted || clear ? [] : Object.keys(set ?? {});
}

/** Whether a key neither repeats one of these nor could lie above or below one, so that their order does not matter. */
function isApart(key: string, others: readonly string[]): boolean {
  const [top] = key.split('.', 1);
  return key !== '__proto__' && others.every((other) => other.split('.', 1)[0] !== top);
}
