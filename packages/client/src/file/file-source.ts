/** Bytes that are made anew for every try, such as a file on disk that is too large for memory. */
export interface StreamSource {
  /** How many bytes there are. */
  readonly size: number;
  /** The bytes from the first one on. */
  stream(): ReadableStream<Uint8Array>;
}

/** What can be uploaded: a text (as UTF-8), bytes, a `Blob` (in browsers a `File`; in Node `await openAsBlob(path)`), or streams. */
export type FileSource = string | Uint8Array<ArrayBuffer> | ArrayBuffer | Blob | StreamSource;

/** How one request sends a source: its body, and what `fetch` wants to be told of it. */
export interface SourceBody {
  readonly body: NonNullable<RequestInit['body']>;
  /** Set for streams, whose length no request says. */
  readonly duplex?: 'half';
}

/** How many bytes a source has. */
export function sizeOf(source: FileSource): number {
  if (typeof source === 'string') return new TextEncoder().encode(source).length;
  return 'byteLength' in source ? source.byteLength : source.size;
}

/** The body of one request that sends a source. */
export function bodyOf(source: FileSource): SourceBody {
  if (typeof source === 'string' || source instanceof Blob || 'byteLength' in source) return { body: source };
  return { body: source.stream(), duplex: 'half' };
}
