import type { Column } from '@summa/core/history/column';
import { decodeColumn, decodeInPlace } from '@summa/core/history/column-codec';
import { mergeColumns } from '@summa/core/history/merge-columns';
import { decodeSegment } from '@summa/core/history/segment-codec';
import { CHUNK_SIZE, sliceColumn } from '@summa/core/history/slice-column';
import type { PoolClient } from 'pg';
import type { StepSpan } from '../history/column-store.ts';
import { TIME_KEY_ID } from '../metric/metric-keys.ts';
import type { RunRef } from '../services.ts';
import { emptyWindow, putColumn, type RowWindow, withoutEmptyRows } from './row-window.ts';
import { eachChunkIn, eachSegmentIn, findBlockEnd, findChunkBytes } from './window-store.ts';

/** How much is read at once. */
export interface WindowSizes {
  /** Rows whose steps are looked up together, about, and of one window at most. */
  readonly blockRows: number;
  /** Cells of one window. */
  readonly cells: number;
  /** Stored bytes that the values of one window come from, about: text and lists take several times as much once they are read. */
  readonly bytes: number;
}

const SIZES: WindowSizes = { blockRows: 16 * CHUNK_SIZE, cells: 2 * 1024 * 1024, bytes: 8 * 1024 * 1024 };

/** What of a run is to be read. */
export interface WindowsAsk {
  /** The metrics, in the order of the columns. */
  readonly keyIds: readonly number[];
  readonly span: StepSpan;
  /** Whether rows that have none of the metrics are left out. */
  readonly skipEmptyRows: boolean;
}

/**
 * The rows of a run in step order, a bounded number of values at a time, however long the run is and however its values are stored.
 *
 * Call it in a snapshot: then these are the rows as they stood at its moment, each once.
 */
export async function* readWindows(
  client: PoolClient,
  run: RunRef,
  { keyIds, span, skipEmptyRows }: WindowsAsk,
  sizes: WindowSizes = SIZES,
): AsyncGenerator<RowWindow> {
  for (let from = span.from; from <= span.to; ) {
    const end = await findBlockEnd(client, run, { from, rows: sizes.blockRows });
    if (end === null) return;
    const block = { from, to: Math.min(end, span.to) };
    const { rows, segmentBytes } = await readRowTimes(client, run, block);
    const chunkBytes = await findChunkBytes(client, run, { keyIds, span: block });
    const size = windowRows(sizes, keyIds.length, { rows: rows.steps.length, bytes: segmentBytes + chunkBytes });
    for (let start = 0; start < rows.steps.length; start += size) {
      const end = Math.min(start + size, rows.steps.length);
      const some = { steps: rows.steps.subarray(start, end), times: rows.numbers.subarray(start, end) };
      const window = await readWindow(client, run, emptyWindow(some, keyIds.length), keyIds);
      yield skipEmptyRows ? withoutEmptyRows(window) : window;
    }
    from = block.to + 1;
  }
}

/** The steps within a span, with the time of each; and what the segments take that reach into it. */
async function readRowTimes(
  client: PoolClient,
  run: RunRef,
  span: StepSpan,
): Promise<{ rows: Column; segmentBytes: number }> {
  const parts: Column[] = [];
  let segmentBytes = 0;
  const keep = (column: Column) => parts.push(sliceColumn(column, { fromStep: span.from, toStep: span.to }));
  await eachChunkIn(client, run, { keyIds: [TIME_KEY_ID], span }, (_place, body) => keep(decodeColumn(body)));
  await eachSegmentIn(client, run, span, (body) => {
    segmentBytes += body.length;
    const times = decodeSegment(body).column(TIME_KEY_ID);
    if (times) keep(times.column);
  });
  return { rows: mergeColumns(parts), segmentBytes };
}

/** How many of the rows of a block are read at once. Whole chunks where that may be, so that none is read twice. */
function windowRows(
  sizes: WindowSizes,
  keys: number,
  { rows, bytes }: { readonly rows: number; readonly bytes: number },
): number {
  const most = Math.min(sizes.blockRows, sizes.cells / Math.max(1, keys), (rows * sizes.bytes) / Math.max(1, bytes));
  if (most >= CHUNK_SIZE) return Math.floor(most / CHUNK_SIZE) * CHUNK_SIZE;
  return Math.max(1, Math.floor(most));
}

/** Fills a window: chunks first, then the segments that came after them, each in the place of what was there. */
async function readWindow(
  client: PoolClient,
  run: RunRef,
  window: RowWindow,
  keyIds: readonly number[],
): Promise<RowWindow> {
  const span = { from: window.steps[0] ?? 0, to: window.steps.at(-1) ?? 0 };
  const room = new Float64Array(CHUNK_SIZE);
  const roomFor = (count: number) => (count <= room.length ? room.subarray(0, count) : new Float64Array(count));
  await eachChunkIn(client, run, { keyIds, span }, (place, body) =>
    putColumn(window, place, decodeInPlace(body, roomFor)),
  );
  await eachSegmentIn(client, run, span, (body) => {
    const segment = decodeSegment(body);
    for (const [place, keyId] of keyIds.entries()) {
      const timed = segment.column(keyId);
      if (timed) putColumn(window, place, timed.column);
    }
  });
  return window;
}
