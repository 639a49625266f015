import { xxhash32 } from '../hash/xxhash32.ts';
import { SummaError } from '../summa-error.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import { corruptData } from './corrupt-data.ts';

/** Rows of one segment and points of one column body are at most this many, so that damaged bytes cannot ask for more. */
export const MAX_ENCODED_POINTS: number = 1 << 20;

/** Bytes of a sealed body around its content: the format's mark before it, the checksum after it. */
const MARK_BYTES = 4;
const CHECKSUM_BYTES = 4;

/** A writer for a body of exactly `contentLength` bytes of content; `mark` names the format and its version. */
export function openBody(mark: number, contentLength: number): ByteWriter {
  const writer = new ByteWriter(MARK_BYTES + contentLength + CHECKSUM_BYTES);
  writer.u32(mark);
  return writer;
}

/** Ends the body with the xxHash32 of everything before it; throws when the content is not as long as was announced. */
export function sealBody(writer: ByteWriter): Uint8Array {
  const { bytes, offset } = writer;
  if (offset !== bytes.length - CHECKSUM_BYTES)
    throw new RangeError(`a body of ${bytes.length} bytes ends at ${offset}`);
  writer.u32(xxhash32(bytes.subarray(0, offset)));
  return bytes;
}

/** A reader over the content of a sealed body; raises CORRUPT_DATA unless mark and checksum are right. */
export function readSealed(bytes: Uint8Array, mark: number): ByteReader {
  const contentEnd = bytes.length - CHECKSUM_BYTES;
  if (contentEnd < MARK_BYTES) throw corruptData(`${bytes.length} bytes are too few`);
  const reader = new ByteReader(bytes, 0, contentEnd);
  if (reader.u32() !== mark) throw corruptData('it is of another format or version');
  const checksum = reader.view.getUint32(contentEnd, true);
  if (checksum !== xxhash32(bytes.subarray(0, contentEnd))) throw corruptData('its checksum does not match');
  return reader;
}

/** Throws TOO_MANY_ROWS when `count` points do not fit into one body. */
export function refuseTooManyPoints(count: number): void {
  if (count <= MAX_ENCODED_POINTS) return;
  throw new SummaError('TOO_MANY_ROWS', `${count} rows are too many at once; send at most ${MAX_ENCODED_POINTS}`);
}

/** A count read from a body; CORRUPT_DATA when it is more than any body holds. */
export function readPointCount(reader: ByteReader): number {
  const count = reader.u32();
  if (count > MAX_ENCODED_POINTS) throw corruptData(`it claims ${count} points`);
  return count;
}
