import type { Queryable } from '../history/history-store.ts';
import { LIMITS } from '../limits.ts';
import { ServerError } from '../server-error.ts';
import { findFiles } from './file-store.ts';
import type { FileTotals } from './file-totals-store.ts';
import { sumOpenUploads, type UploadRecord } from './upload-store.ts';

/** A new upload and what the run, whose totals are held, has already. */
export interface RoomAsk {
  readonly upload: UploadRecord;
  readonly totals: FileTotals;
  readonly now: Date;
  readonly maxRunFileBytes: number;
}

/**
 * Returns when a run has room for one more upload beside its files and its open uploads. A file that is to be replaced
 * counts until it is.
 *
 * @throws ServerError TOO_MANY_UPLOADS, RUN_FILES_TOO_LARGE, TOO_MANY_FILES
 */
export async function requireRoom(client: Queryable, { upload, totals, now, maxRunFileBytes }: RoomAsk): Promise<void> {
  const open = await sumOpenUploads(client, upload, now);
  if (open.count >= LIMITS.openUploadsPerRun) {
    const message = `the run has ${open.count} uploads that are not completed, as many as it may have; complete them first`;
    throw new ServerError('TOO_MANY_UPLOADS', message, ['runId']);
  }
  const bytes = totals.bytes + open.bytes + upload.size;
  if (bytes > maxRunFileBytes) {
    const message = `with this file and what is being uploaded the files of the run would have ${bytes} bytes, more than ${maxRunFileBytes}; delete some`;
    throw new ServerError('RUN_FILES_TOO_LARGE', message, ['size']);
  }
  if (totals.files + open.count < LIMITS.filesPerRun) return;
  if ((await findFiles(client, [upload])).length === 0) requireRoomForFile(totals);
}

/** Returns when a run has room for one more path. @throws ServerError TOO_MANY_FILES */
export function requireRoomForFile(totals: FileTotals): void {
  if (totals.files < LIMITS.filesPerRun) return;
  throw new ServerError(
    'TOO_MANY_FILES',
    `the run has ${totals.files} files, as many as a run may have; delete some, or pack several into one`,
  );
}
