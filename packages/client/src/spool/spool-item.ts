import { type Outgoing, type OutgoingFile, parseOutgoingChange } from '../live-run/outgoing.ts';
import { bytesFrame, type FrameRoom, FrameType, textFrame } from './frame.ts';
import type { Frame } from './frame-reader.ts';

/** The frame of an item. */
export function itemFrame(item: Outgoing): Buffer {
  return item.kind === 'files' ? filesFrame(item.files) : textFrame(FrameType[item.kind], item.text);
}

/** Writes the frame of an item into a room and returns its length; 0 when it needs a buffer of its own. */
export function writeItemFrame(room: FrameRoom, item: Outgoing): number {
  return item.kind === 'files' ? 0 : room.write(FrameType[item.kind], item.text);
}

/** The item of a frame; null for frames that hold none. */
export function readItem({ type, payload }: Frame): Outgoing | null {
  if (type === FrameType.row) return { kind: 'row', text: payload.toString() };
  if (type === FrameType.change) return parseOutgoingChange(payload.toString());
  return type === FrameType.files ? { kind: 'files', files: readFiles(payload) } : null;
}

/** The length of a list `[{ path, sha256, size }]` as JSON (4 bytes), the list, and the bytes of the files. */
function filesFrame(files: readonly OutgoingFile[]): Buffer {
  const list = files.map(({ path, sha256, bytes }) => ({ path, sha256, size: bytes.length }));
  const text = Buffer.from(JSON.stringify(list));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(text.length);
  return bytesFrame(FrameType.files, [length, text, ...files.map(({ bytes }) => bytes)]);
}

function readFiles(payload: Buffer): OutgoingFile[] {
  let at = 4 + payload.readUInt32LE(0);
  // Only `filesFrame` writes such lists, and the frame's checksum holds.
  const list = JSON.parse(payload.toString('utf8', 4, at)) as { path: string; sha256: string; size: number }[];
  return list.map(({ path, sha256, size }) => {
    const bytes = new Uint8Array(payload.subarray(at, at + size));
    at += size;
    return { path, sha256, bytes };
  });
}
