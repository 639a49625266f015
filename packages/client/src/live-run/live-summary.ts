import type { JsonObject, JsonValue } from '@summa/core/json/json-value';
import { fromWire } from '@summa/core/json/wire-json';
import { checkKey } from '@summa/core/key/check-key';
import { parseKey } from '@summa/core/key/key-path';
import type { UpdateSummaryInput } from '../generated/graphql.ts';
import { takeTensors } from '../tensor/take-tensors.ts';
import type { LocalSummary } from './local-summary.ts';
import type { LogValue } from './log-value.ts';
import { type Outgoing, type OutgoingFile, outgoingChange } from './outgoing.ts';

/** What a live summary needs of its run. */
export interface SummaryOwner {
  /** Throws when the run is finished here. */
  readonly mustBeOpen: () => void;
  /** Keeps a change in its place behind what was logged and these tensors; false when there is no room for them. */
  readonly add: (change: Outgoing, tensors?: readonly OutgoingFile[]) => boolean;
}

/**
 * The summary of a run that is being logged, without a round trip: it folds what this process logs and sets, starting
 * from what the server had. Percentiles and what other writers log are not in it: `client.run(…)` asks the server.
 *
 * Changes are sent in order with the rows; each throws core's `SummaError` at once for a key or value that is none.
 */
export class LiveSummary {
  readonly #local: LocalSummary;
  readonly #owner: SummaryOwner;

  /** Made with its run. */
  constructor(local: LocalSummary, owner: SummaryOwner) {
    this.#local = local;
    this.#owner = owner;
  }

  /** What the document shows at a key: a value, an object of statistics or nested keys; undefined when nothing. */
  get(key: string): JsonValue | undefined {
    return this.#local.value(key);
  }

  /** The whole document. */
  document(): JsonObject {
    return this.#local.document();
  }

  /**
   * Sets the value shown at `key`, and with an object everything below it; it stays until it is cleared or the metric
   * is logged again. Null deletes. Tensors in it are uploaded whole, as with `run.log`; when the queue has no room for
   * them nothing is set, which `onError` and the next `flush` tell.
   */
  set(key: string, value: Exclude<LogValue, undefined>): void {
    this.#owner.mustBeOpen();
    const taken = takeTensors(value, { key: parseKey(key), path: [key] });
    const read = fromWire(taken.value);
    if (taken.files.length > 0) {
      this.#setTensors(key, read, taken.files);
      return;
    }
    this.#local.set(key, read);
    this.#owner.add(changeOf({ set: { [key]: read } }));
  }

  /** Hides what is shown at `key`, until it is set, cleared or logged again. */
  delete(key: string): void {
    this.#owner.mustBeOpen();
    this.#local.delete(key);
    this.#owner.add(changeOf({ delete: [key] }));
  }

  /** Takes back what was set or deleted at and below `key`: what is derived there shows again. */
  clear(key: string): void {
    this.#owner.mustBeOpen();
    this.#local.clear(key);
    this.#owner.add(changeOf({ clear: [key] }));
  }

  #setTensors(key: string, value: JsonValue, tensors: readonly OutgoingFile[]): void {
    checkKey(key);
    if (!this.#owner.add(changeOf({ set: { [key]: value } }), tensors)) return;
    this.#local.set(key, value);
  }
}

function changeOf(input: Omit<UpdateSummaryInput, 'runId'>): Outgoing {
  return outgoingChange({ kind: 'summary', input });
}
