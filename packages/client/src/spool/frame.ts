import { crc32 } from 'node:zlib';

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

/**
 * A frame of a text, written into `room` when it surely fits, else into a buffer of its own. Made in one pass: `log`
 * waits for it.
 */
export function textFrame(type: FrameType, text: string, room?: Buffer): Buffer {
  // A UTF-16 unit takes at most three bytes.
  const fits = room !== undefined && text.length * 3 <= room.length - FRAME_HEAD;
  const buffer = fits ? room : Buffer.allocUnsafe(FRAME_HEAD + Buffer.byteLength(text));
  const length = buffer.write(text, FRAME_HEAD);
  return seal(type, buffer.subarray(0, FRAME_HEAD + length));
}

/** A frame of these bytes, one after the other. */
export function bytesFrame(type: FrameType, parts: readonly Uint8Array[]): Buffer {
  return seal(type, Buffer.concat([Buffer.allocUnsafe(FRAME_HEAD), ...parts]));
}

function seal(type: FrameType, frame: Buffer): Buffer {
  const length = frame.length - FRAME_HEAD;
  frame.writeUInt32LE(length, 0);
  frame.writeUInt32LE(~length >>> 0, 4);
  frame[TYPE_AT] = type;
  frame.writeUInt32LE(crc32(frame.subarray(TYPE_AT)), 8);
  return frame;
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
