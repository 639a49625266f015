import { closeSync, ftruncateSync, mkdirSync, openSync, read, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import type { Outgoing } from '../live-run/outgoing.ts';
import type { Spool, SpooledRun, SpoolPart, SpoolProgress } from '../platform/spool.ts';
import { SummaClientError } from '../summa-client-error.ts';
import { FrameRoom, FrameType, textFrame } from './frame.ts';
import { FrameReader } from './frame-reader.ts';
import { formatHeader, type SpoolHeader } from './spool-header.ts';
import { itemFrame, readItem, writeItemFrame } from './spool-item.ts';

const readAsync = promisify(read);

/** How a spool is kept. */
export interface SpoolFileOptions {
  /** Most bytes of the file, whether settled or not. */
  readonly maxBytes: number;
  /** Called once when the disk fails. */
  readonly onFailure: (error: Error) => void;
}

/** A file whose settled part is this long is begun anew when what is not settled is short. */
const TRIM_BYTES = 16_000_000;

/**
 * The spool of a writer: an append-only file of frames, each with its length and CRC-32.
 *
 * `append` has written its bytes when it returns (one `write(2)`, without waiting for the disk): they outlive the
 * process, however it ends, but not a loss of power in the same seconds.
 */
export class SpoolFile implements Spool {
  readonly path: string;
  readonly #options: SpoolFileOptions;
  readonly #room = new FrameRoom();
  #header: SpoolHeader;
  #run: SpooledRun | null;
  #fd: number;
  #position: number;
  #isUsable = true;
  #isOpen = true;

  private constructor(path: string, opened: OpenedFile, options: SpoolFileOptions) {
    this.path = path;
    this.#options = options;
    this.#header = opened.header;
    this.#run = opened.run;
    this.#fd = opened.fd;
    this.#position = opened.position;
  }

  /** Begins a new file. Throws the disk's error: EEXIST when there is one of the name, which holds rows that were not sent. */
  static create(path: string, header: SpoolHeader, options: SpoolFileOptions): SpoolFile {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const fd = openSync(path, 'ax+', 0o600);
    const spool = new SpoolFile(path, { fd, header, run: null, position: 0 }, options);
    spool.#note(FrameType.header, formatHeader(header));
    return spool;
  }

  /** Goes on with a file whose frames end at `position`. A torn frame behind them is cut off; one that is damaged is only read. */
  static adopt(path: string, left: Omit<OpenedFile, 'fd'> & { readonly isDamaged: boolean }): SpoolFile {
    const fd = openSync(path, left.isDamaged ? 'r' : 'a+');
    if (!left.isDamaged) ftruncateSync(fd, left.position);
    const spool = new SpoolFile(path, { ...left, fd }, { maxBytes: Number.MAX_SAFE_INTEGER, onFailure: () => {} });
    spool.#isUsable = !left.isDamaged;
    return spool;
  }

  get position(): number {
    return this.#position;
  }

  get isUsable(): boolean {
    return this.#isUsable;
  }

  get hasRoom(): boolean {
    return this.#position * 2 <= this.#options.maxBytes;
  }

  append(items: readonly Outgoing[]): boolean {
    const [first] = items;
    if (!this.#isUsable || first === undefined) return false;
    const length = items.length === 1 ? writeItemFrame(this.#room, first) : 0;
    if (length > 0) return this.#hasSpace(length, items) && this.#write(this.#room.bytes, length);
    const frames = Buffer.concat(items.map((item) => itemFrame(item)));
    return this.#hasSpace(frames.length, items) && this.#write(frames);
  }

  settle(progress: SpoolProgress): void {
    this.#note(FrameType.settle, JSON.stringify(progress));
  }

  refuse(entry: number): void {
    this.#note(FrameType.refuse, String(entry));
  }

  start(run: SpooledRun): void {
    this.#run = run;
    this.#note(FrameType.start, JSON.stringify(run));
  }

  async read(position: number, mostBytes: number): Promise<SpoolPart> {
    const end = this.#position;
    const frames = new FrameReader((buffer, at) => this.#readAt(buffer, at, end), position);
    const items: Outgoing[] = [];
    while (items.length === 0 || frames.position - position < mostBytes) {
      const frame = await frames.next();
      if (frame === 'end' && items.length > 0) break;
      if (typeof frame === 'string') throw damaged(this.path, frames.position);
      const item = readItem(frame);
      if (item) items.push(item);
    }
    return { items, next: frames.position };
  }

  trim(progress: SpoolProgress, unsettled: readonly Outgoing[]): void {
    if (this.#position < TRIM_BYTES || !this.#isUsable) return;
    const fresh = `${this.path}.new`;
    const header = { ...this.#header, firstEntry: progress.entries };
    const frames = [
      textFrame(FrameType.header, formatHeader(header)),
      // The rows of the new file are counted from here.
      ...(this.#run ? [textFrame(FrameType.start, JSON.stringify({ ...this.#run, acceptedRows: progress.rows }))] : []),
      textFrame(FrameType.settle, JSON.stringify(progress)),
      ...unsettled.map((item) => itemFrame(item)),
    ];
    try {
      const fd = openSync(fresh, 'w+', 0o600);
      const bytes = Buffer.concat(frames);
      writeAll(fd, bytes, bytes.length);
      renameSync(fresh, this.path);
      closeSync(this.#fd);
      this.#fd = fd;
      this.#position = bytes.length;
      this.#header = header;
    } catch (error) {
      this.#fail(error);
    }
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#note(FrameType.close, '');
    this.#isUsable = false;
    this.#isOpen = false;
    closeSync(this.#fd);
  }

  remove(): void {
    if (this.#isOpen) closeSync(this.#fd);
    this.#isUsable = false;
    this.#isOpen = false;
    rmSync(this.path, { force: true });
  }

  #hasSpace(length: number, items: readonly Outgoing[]): boolean {
    return this.#position + length <= this.#options.maxBytes || items.every(({ kind }) => kind === 'change');
  }

  #note(type: FrameType, text: string): void {
    if (this.#isUsable) this.#write(textFrame(type, text));
  }

  #write(bytes: Buffer, length: number = bytes.length): boolean {
    try {
      writeAll(this.#fd, bytes, length);
      this.#position += length;
      return true;
    } catch (error) {
      this.#fail(error);
      return false;
    }
  }

  #fail(error: unknown): void {
    this.#isUsable = false;
    try {
      // Of a frame that was not written whole nothing may stay, lest it looks like damage to what follows.
      ftruncateSync(this.#fd, this.#position);
    } catch {}
    this.#options.onFailure(error instanceof Error ? error : new Error(String(error)));
  }

  async #readAt(buffer: Buffer, position: number, end: number): Promise<number> {
    const length = Math.min(buffer.length, end - position);
    if (length <= 0) return 0;
    return (await readAsync(this.#fd, buffer, 0, length, position)).bytesRead;
  }
}

interface OpenedFile {
  readonly fd: number;
  readonly header: SpoolHeader;
  readonly run: SpooledRun | null;
  readonly position: number;
}

function writeAll(fd: number, bytes: Buffer, length: number): void {
  for (let done = 0; done < length; ) done += writeSync(fd, bytes, done, length - done);
}

/** The error for a spool whose bytes are not those that were written. */
export function damaged(path: string, offset: number): SummaClientError {
  const message = `Spool ${path} is damaged at byte ${offset}; what lies before it was sent, what lies behind it cannot be read.`;
  return new SummaClientError('SPOOL_DAMAGED', message);
}
