import type { JsonObject, JsonValue } from '@summa/core/json/json-value';
import { fromWire } from '@summa/core/json/wire-json';
import { checkKey } from '@summa/core/key/check-key';
import { parseKey } from '@summa/core/key/key-path';
import { UpdateSummaryDocument, type UpdateSummaryInput } from '../generated/graphql.ts';
import { takeTensors } from '../tensor/take-tensors.ts';
import type { TensorFile } from '../tensor/tensor-file.ts';
import type { Execute } from '../transport/execute.ts';
import type { LocalSummary } from './local-summary.ts';
import type { LogValue } from './log-value.ts';
import type { Outgoing } from './outgoing-queue.ts';

/** What a live summary needs of its run. */
export interface SummaryOwner {
  readonly id: string;
  readonly execute: Execute;
  /** Throws when the run is finished here. */
  readonly mustBeOpen: () => void;
  /** Keeps a change in its place behind what was logged and these tensors; false when there is no room for them. */
  readonly add: (change: Outgoing, tensors?: readonly TensorFile[]) => boolean;
  /** What was queued last, if it still is. */
  readonly last: () => Outgoing | undefined;
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
  /** Values that were set one after the other and have not been sent yet go in one request. */
  #open: { readonly change: Outgoing; readonly values: Record<string, JsonValue> } | null = null;

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
    if (this.#open !== null && this.#open.change === this.#owner.last() && isApart(key, this.#open.values)) {
      this.#open.values[key] = read;
      return;
    }
    const values = { [key]: read };
    const change = this.#changeOf({ set: values });
    this.#owner.add(change);
    this.#open = { change, values };
  }

  /** Hides what is shown at `key`, until it is set, cleared or logged again. */
  delete(key: string): void {
    this.#owner.mustBeOpen();
    this.#local.delete(key);
    this.#owner.add(this.#changeOf({ delete: [key] }));
  }

  /** Takes back what was set or deleted at and below `key`: what is derived there shows again. */
  clear(key: string): void {
    this.#owner.mustBeOpen();
    this.#local.clear(key);
    this.#owner.add(this.#changeOf({ clear: [key] }));
  }

  #setTensors(key: string, value: JsonValue, tensors: readonly TensorFile[]): void {
    checkKey(key);
    const values = { [key]: value };
    const change = this.#changeOf({ set: values });
    if (!this.#owner.add(change, tensors)) return;
    this.#open = { change, values };
    this.#local.set(key, value);
  }

  #changeOf(changes: Omit<UpdateSummaryInput, 'runId'>): Outgoing {
    const change: Outgoing = {
      kind: 'change',
      send: async (signal) => {
        if (this.#open?.change === change) this.#open = null;
        const input = { runId: this.#owner.id, ...changes };
        await this.#owner.execute(UpdateSummaryDocument, { input }, { signal });
      },
    };
    return change;
  }
}

/** Whether a key neither repeats one of these nor could lie above or below one, so that their order does not matter. */
function isApart(key: string, values: Readonly<Record<string, JsonValue>>): boolean {
  const [top] = key.split('.', 1);
  return key !== '__proto__' && Object.keys(values).every((other) => other.split('.', 1)[0] !== top);
}
