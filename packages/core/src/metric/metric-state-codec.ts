import { xxhash32Range } from '../hash/xxhash32.ts';
import { SummaError } from '../summa-error.ts';
import type { MetricState } from './metric-state.ts';
import { readRecord } from './state-record-reader.ts';
import { RecordWriter } from './state-record-writer.ts';

// All numbers are little-endian. Header: magic, format version and state count; then the checksum of the directory,
// and of the eight bytes before it. Directory: for each state, ascending by id: id, end of its record (counted from the
// first record), checksum of its record. Then the records, one behind the other.
const MAGIC = 0x53_4d; // "MS"
const VERSION = 1;
const HEADER_BYTES = 12;
const CHECKSUM_AT = 8;
const ENTRY_BYTES = 12;
const MAX_ID = 2 ** 32 - 1;

/** The states of a run's metrics as bytes, by metric key id (whole numbers 0 to 2^32-1). */
export function encodeStates(states: ReadonlyMap<number, MetricState>): Uint8Array {
  const ids = [...states.keys()].sort((a, b) => a - b);
  const recordsAt = HEADER_BYTES + ids.length * ENTRY_BYTES;
  const writer = new RecordWriter(recordsAt, states.size);
  const ends = new Uint32Array(ids.length);
  for (const [i, id] of ids.entries()) {
    const state = states.get(id);
    if (id > MAX_ID || state === undefined) throw new RangeError(`metric key id ${id} is beyond 32 bits`);
    ends[i] = writer.write(state) - recordsAt;
  }
  const bytes = writer.bytes();
  writeDirectory(bytes, ids, ends);
  return bytes;
}

/**
 * The states that `encodeStates` wrote: all of them, or those of `wanted` that there are, without reading the rest.
 *
 * Throws CORRUPT_DATA when the directory or a record that is read was changed in any way.
 */
export function decodeStates(bytes: Uint8Array, wanted?: Iterable<number>): Map<number, MetricState> {
  const directory = new Directory(bytes);
  const states = new Map<number, MetricState>();
  if (wanted === undefined) {
    for (let i = 0; i < directory.count; i++) states.set(directory.idAt(i), directory.stateAt(i));
    return states;
  }
  for (const id of wanted) {
    const i = directory.indexOf(id);
    if (i !== -1) states.set(id, directory.stateAt(i));
  }
  return states;
}

function writeDirectory(bytes: Uint8Array, ids: readonly number[], ends: Uint32Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const recordsAt = HEADER_BYTES + ids.length * ENTRY_BYTES;
  view.setUint16(0, MAGIC, true);
  view.setUint16(2, VERSION, true);
  view.setUint32(4, ids.length, true);
  let start = 0;
  for (const [i, id] of ids.entries()) {
    const entry = HEADER_BYTES + i * ENTRY_BYTES;
    const end = ends[i] ?? start;
    view.setUint32(entry, id, true);
    view.setUint32(entry + 4, end, true);
    view.setUint32(entry + 8, xxhash32Range(view, { start: recordsAt + start, end: recordsAt + end }), true);
    start = end;
  }
  view.setUint32(CHECKSUM_AT, directoryChecksum(view, recordsAt), true);
}

function directoryChecksum(view: DataView, recordsAt: number): number {
  const seed = xxhash32Range(view, { start: 0, end: CHECKSUM_AT });
  return xxhash32Range(view, { start: HEADER_BYTES, end: recordsAt, seed });
}

class Directory {
  readonly count: number;
  readonly #view: DataView;
  readonly #bytes: Uint8Array;
  readonly #recordsAt: number;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (bytes.length < HEADER_BYTES) throw corrupt('are cut off');
    if (this.#view.getUint16(0, true) !== MAGIC) throw corrupt('are something else');
    const version = this.#view.getUint16(2, true);
    if (version !== VERSION) throw corrupt(`have format version ${version}, this program reads ${VERSION}`);
    this.count = this.#view.getUint32(4, true);
    this.#recordsAt = HEADER_BYTES + this.count * ENTRY_BYTES;
    if (this.#recordsAt > bytes.length) throw corrupt('are cut off');
    if (directoryChecksum(this.#view, this.#recordsAt) !== this.#view.getUint32(CHECKSUM_AT, true)) {
      throw corrupt('have a wrong checksum');
    }
    if (this.#endAt(this.count - 1) !== bytes.length) throw corrupt('have the wrong length');
  }

  idAt(i: number): number {
    return this.#view.getUint32(this.#entryAt(i), true);
  }

  /** Where an id stands in the directory, or -1. */
  indexOf(id: number): number {
    let low = 0;
    let high = this.count - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const found = this.idAt(middle);
      if (found === id) return middle;
      if (found < id) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }

  stateAt(i: number): MetricState {
    const start = this.#endAt(i - 1);
    const end = this.#endAt(i);
    const checksum = this.#view.getUint32(this.#entryAt(i) + 8, true);
    if (end < start || end > this.#bytes.length || xxhash32Range(this.#view, { start, end }) !== checksum) {
      throw corrupt(`have a wrong checksum at metric ${this.idAt(i)}`);
    }
    try {
      return readRecord(this.#view, this.#bytes, { start, end });
    } catch (cause) {
      throw corrupt(`cannot be read at metric ${this.idAt(i)}`, cause);
    }
  }

  #entryAt(i: number): number {
    return HEADER_BYTES + i * ENTRY_BYTES;
  }

  #endAt(i: number): number {
    return i < 0 ? this.#recordsAt : this.#recordsAt + this.#view.getUint32(this.#entryAt(i) + 4, true);
  }
}

function corrupt(what: string, cause?: unknown): SummaError {
  const message = `the stored states of the run's metrics ${what}; fold them again from the history`;
  return new SummaError('CORRUPT_DATA', message, [], { cause });
}
