const MIB = 1024 * 1024;
const SMALLEST_PART_BYTES = 8 * MIB;
/** What S3 allows for one object. */
const MOST_PARTS = 10_000;

/** How large parts are; a test takes smaller ones than S3 would. */
export interface PartSizes {
  readonly smallestBytes?: number;
}

/** How large the parts of an object of `size` bytes are: 8 MiB, or more where that would make more than 10,000 parts. */
export function partSizesFor(size: number, { smallestBytes = SMALLEST_PART_BYTES }: PartSizes = {}): number {
  return Math.max(smallestBytes, Math.ceil(size / MOST_PARTS / MIB) * MIB);
}

/** The same bytes in parts of exactly `partBytes`, the last one of what is left; no part when there are no bytes. */
export async function* readParts(bytes: AsyncIterable<Buffer>, partBytes: number): AsyncGenerator<Buffer> {
  let part: Buffer | undefined;
  let filled = 0;
  for await (const chunk of bytes) {
    for (let taken = 0; taken < chunk.length; ) {
      // A new one for each part: the one before is still being sent.
      part ??= Buffer.allocUnsafeSlow(partBytes);
      const copied = chunk.copy(part, filled, taken);
      taken += copied;
      filled += copied;
      if (filled < partBytes) continue;
      yield part;
      part = undefined;
      filled = 0;
    }
  }
  if (part) yield part.subarray(0, filled);
}
