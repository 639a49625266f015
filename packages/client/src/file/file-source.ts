import { clientError } from '../error-families.ts';

/** Bytes that are made anew for every try, such as a file on disk that is too large for memory. */
export interface StreamSource {
  /** How many bytes there are. */
  readonly size: number;
  /** The bytes from the first one on. */
  stream(): ReadableStream<Uint8Array>;
}

/** Bytes that can be read only once, so that a failure on the way cannot be mended. Browsers may refuse to send them. */
export interface PassingSource {
  /** How many bytes there are. */
  readonly size: number;
  readonly data: ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;
}

/**
 * What can be uploaded: a text (as UTF-8), bytes, a `Blob` (in browsers a `File`; in Node `await openAsBlob(path)`), or
 * streams. Bytes must stay what they are until the upload has ended.
 */
export type FileSource = string | Uint8Array<ArrayBuffer> | ArrayBuffer | Blob | StreamSource | PassingSource;

/** How one request sends a source: its body, and what `fetch` wants to be told of it. */
export interface SourceBody {
  readonly body: NonNullable<RequestInit['body']>;
  /** Set for streams, whose length no request says. */
  readonly duplex?: 'half';
  /** Set for what may be larger than memory: Node's fetch keeps a copy of all that it sends unless both are so. */
  readonly redirect?: 'error';
  readonly window?: null;
}

/** How many bytes a source has; throws INVALID_OPTION for a stream that does not say it. */
export function sizeOf(source: FileSource): number {
  if (typeof source === 'string') return new TextEncoder().encode(source).length;
  const size = 'byteLength' in source ? source.byteLength : source.size;
  if (Number.isSafeInteger(size)) return size;
  const message = 'the size of the upload is not known; give { size, data } with the number of bytes in the stream';
  throw clientError('INVALID_OPTION', message);
}

const UNCOPIED = { redirect: 'error', window: null } as const;

/** The body of one request that sends a source. */
export function bodyOf(source: FileSource): SourceBody {
  if (isInMemory(source)) return { body: source };
  if (source instanceof Blob) return { body: source, ...UNCOPIED };
  const stream = 'stream' in source ? source.stream() : toStream(source.data);
  return { body: stream, duplex: 'half', ...UNCOPIED };
}

/** Whether the bytes can be sent a second time. */
export function isRepeatable(source: FileSource): boolean {
  return isInMemory(source) || source instanceof Blob || 'stream' in source;
}

const MOST_HASHED_BYTES = 16 * 1024 * 1024;

/** The SHA-256 of a source that is in memory and not large, 64 hexadecimal digits; undefined for others. */
export async function hashOf(source: FileSource): Promise<string | undefined> {
  // Pages of plain http have no WebCrypto.
  const subtle = globalThis.crypto?.subtle;
  if (subtle === undefined || !isInMemory(source)) return undefined;
  const bytes = typeof source === 'string' ? new TextEncoder().encode(source) : source;
  if (bytes.byteLength > MOST_HASHED_BYTES) return undefined;
  const digest = new Uint8Array(await subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function isInMemory(source: FileSource): source is string | Uint8Array<ArrayBuffer> | ArrayBuffer {
  return typeof source === 'string' || 'byteLength' in source;
}

function toStream(data: PassingSource['data']): ReadableStream<Uint8Array> {
  if (data instanceof ReadableStream) return data;
  const iterator = data[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel(reason) {
      await iterator.return?.(reason);
    },
  });
}
