import type { Column } from './column.ts';
import { mergeColumns } from './merge-columns.ts';
import { CHUNK_SIZE, type StepRange, splitColumn, upperBound } from './slice-column.ts';

/** What is known of a stored chunk without reading its body. */
export interface ChunkRange {
  readonly firstStep: number;
  readonly lastStep: number;
  readonly count: number;
}

/**
 * One independent part of a compaction: read `replaced` (possibly none), merge the incoming points of the range into
 * them with `rechunk`, and store the result instead.
 */
export interface ChunkReplacement<R extends ChunkRange> extends StepRange {
  readonly replaced: readonly R[];
}

/**
 * Which chunks of a metric must be read and replaced so that the points at `steps` (ascending) can be added.
 *
 * `chunks` are all chunks of the metric, ascending and disjoint. A chunk is replaced when a point falls into it, or next
 * to it and it is not full; the others stay as they are, and stay disjoint from what `rechunk` makes of each part. The
 * parts ascend and their ranges together hold every incoming step once.
 */
export function planCompaction<R extends ChunkRange>(
  chunks: readonly R[],
  steps: Float64Array,
  size: number = CHUNK_SIZE,
): ChunkReplacement<R>[] {
  const parts: { replaced: R[]; fromStep: number; toStep: number }[] = [];
  let nextChunk = 0;
  for (let i = 0; i < steps.length; ) {
    const step = steps[i] as number; // i is within bounds
    while (nextChunk < chunks.length && (chunks[nextChunk] as R).lastStep < step) nextChunk++;
    const home = homeOf(chunks, nextChunk, { step, size });
    // A point between two chunks takes all others of that gap with it; a point in a chunk takes the chunk's.
    const following = chunks[nextChunk];
    const isInside = following !== undefined && following.firstStep <= step;
    const limit = isInside ? following.lastStep : (following?.firstStep ?? Number.POSITIVE_INFINITY) - 1;
    const end = upperBound(steps, limit);
    const toStep = steps[end - 1] as number; // end > i, for the point itself is before it
    const previous = parts.at(-1);
    if (previous !== undefined && home !== null && previous.replaced.at(-1) === home) previous.toStep = toStep;
    else parts.push({ replaced: home === null ? [] : [home], fromStep: step, toStep });
    i = end;
  }
  return parts;
}

/**
 * Merges the incoming columns (in order of arrival) into the existing chunks they replace: ascending, disjoint columns
 * of at most `size` points. What is only appended fills chunks up; what falls between is spread evenly over them.
 */
export function rechunk(existing: readonly Column[], incoming: readonly Column[], size: number = CHUNK_SIZE): Column[] {
  const held = mergeColumns(existing);
  const added = mergeColumns(incoming);
  const merged = mergeColumns([held, added]);
  const isAppend = (held.steps.at(-1) ?? -1) < (added.steps[0] ?? Number.POSITIVE_INFINITY);
  if (isAppend) return splitColumn(merged, size);
  // A full chunk that takes one late point would else leave a chunk of one point behind it, again and again.
  const pieces = Math.ceil(merged.steps.length / size);
  return splitColumn(merged, Math.ceil(merged.steps.length / pieces));
}

/** The chunk that takes a point in or before `chunks[next]`: the one it lies in, else a neighbour with room, else none. */
function homeOf<R extends ChunkRange>(
  chunks: readonly R[],
  next: number,
  { step, size }: { step: number; size: number },
): R | null {
  const following = chunks[next];
  const preceding = chunks[next - 1];
  if (following !== undefined && following.firstStep <= step) return following;
  if (preceding !== undefined && preceding.count < size) return preceding;
  return following !== undefined && following.count < size ? following : null;
}
