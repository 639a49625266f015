import { crc32 } from './crc32.ts';

/** What a frame holds. */
export const FrameType = {
  /** The first frame of a file: what the run is and whose the file is, as JSON. */
  header: 1,
  /** A row, as wire JSON. */
  row: 2,
  /** A change, as wire JSON. */
  change: 3,
  /** Files: see `spool-item`. */
  files: 4,
  /** The run as the server started it, as JSON. */
  start: 5,
  /** How far the server has followed, as JSON. */
  settle: 6,
  /** The number of an item that the server refused, as JSON. */
  refuse: 7,
  /** Nothing follows: who wrote the file is done with it. */
  close: 8,
} as const;

export type FrameType = (typeof FrameType)[keyof typeof FrameType];

/** Length, its complement, CRC-32 of all that follows (little-endian, 4 bytes each), type (1 byte); then the payload. */
export const FRAME_HEAD = 13;

const TYPE_AT = 12;
const ROOM_BYTES = 65_536;
const MOST_VIEWS = 4_096;

/** Where frames of texts are written, one after the other in the same place, without garbage: `log` waits for it. */
export class FrameRoom {
  readonly bytes: Buffer = Buffer.allocUnsafe(ROOM_BYTES);
  /** Views of the payload, by its length: making one takes as long as its checksum. */
  readonly #payloads: Buffer[] = [];

  /** Writes the frame of a text at the beginning of `bytes` and returns its length; 0 when it may not fit. */
  write(type: FrameType, text: string): number {
    // A UTF-16 unit takes at most three bytes.
    if (text.length * 3 > ROOM_BYTES - FRAME_HEAD) return 0;
    const length = this.bytes.write(text, FRAME_HEAD);
    writeHead(this.bytes, type, { length, checksum: crc32(this.#payload(length), seedOf(type)) });
    return FRAME_HEAD + length;
  }

  #payload(length: number): Buffer {
    if (length >= MOST_VIEWS) return this.bytes.subarray(FRAME_HEAD, FRAME_HEAD + length);
    const known = this.#payloads[length];
    if (known !== undefined) return known;
    const payload = this.bytes.subarray(FRAME_HEAD, FRAME_HEAD + length);
    this.#payloads[length] = payload;
    return payload;
  }
}

/** The frame of a text. */
export function textFrame(type: FrameType, text: string): Buffer {
  return bytesFrame(type, [Buffer.from(text)]);
}

/** The frame of these bytes, one after the other. */
export function bytesFrame(type: FrameType, parts: readonly Uint8Array[]): Buffer {
  const frame = Buffer.concat([Buffer.alloc(FRAME_HEAD), ...parts]);
  const payload = frame.subarray(FRAME_HEAD);
  writeHead(frame, type, { length: payload.length, checksum: crc32(payload, seedOf(type)) });
  return frame;
}

interface Payload {
  readonly length: number;
  readonly checksum: number;
}

function writeHead(frame: Buffer, type: FrameType, { length, checksum }: Payload): void {
  frame.writeUInt32LE(length, 0);
  frame.writeUInt32LE(~length >>> 0, 4);
  frame.writeUInt32LE(checksum, 8);
  frame[TYPE_AT] = type;
}

/** The checksums of the types alone: where that of each payload begins. */
const seeds = Object.values(FrameType).map((type) => crc32(Buffer.of(type)));

function seedOf(type: FrameType): number {
  return seeds[type - 1] ?? 0;
}

/** The payload length that a head states; null when its two forms disagree, which is damage. */
export function frameLength(head: Buffer): number | null {
  const length = head.readUInt32LE(0);
  return head.readUInt32LE(4) === ~length >>> 0 ? length : null;
}

/** The type of a whole frame; null when its bytes are not the ones that were written. */
export function frameType(frame: Buffer): number | null {
  return crc32(frame.subarray(TYPE_AT)) === frame.readUInt32LE(8) ? (frame[TYPE_AT] ?? null) : null;
}
