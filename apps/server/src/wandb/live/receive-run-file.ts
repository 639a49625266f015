import { parseJsonObject } from '@summa/core/json/parse-json';
import type { RequestContext } from '../../access/request-context.ts';
import { completeUpload } from '../../file/complete-upload.ts';
import { createUpload } from '../../file/create-upload.ts';
import type { IncomingBytes } from '../../file/receive-upload.ts';
import { receiveUpload } from '../../file/receive-upload.ts';
import { LIMITS } from '../../limits.ts';
import { updateRun } from '../../run/update-run.ts';
import type { RunRef } from '../../services.ts';

/** The file in which the client says where a run runs. */
const METADATA_PATH = 'wandb-metadata.json';

/**
 * Stores the bytes of a file of a run: it is visible when this resolves. `wandb-metadata.json` becomes the metadata of the run too.
 *
 * @throws ServerError as `createUpload`, `receiveUpload` and `completeUpload` do
 */
export async function receiveRunFile(
  context: RequestContext,
  { ref, path, size, bytes }: { ref: RunRef; path: string; size: number; bytes: AsyncIterable<Buffer> },
): Promise<void> {
  const seen: Buffer[] = [];
  const isMetadata = path === METADATA_PATH && size <= LIMITS.documentBytes;
  const incoming: IncomingBytes = { bytes: isMetadata ? remember(bytes, seen) : bytes, declaredSize: size };
  const upload = await createUpload(context, ref, { path, size });
  const uploadRef = { projectId: upload.projectId, uploadId: upload.id };
  await receiveUpload(context.services, uploadRef, incoming);
  await completeUpload(context, uploadRef);
  const metadata = isMetadata ? parseJsonObject(Buffer.concat(seen).toString('utf8')) : null;
  if (metadata) await updateRun(context, ref, { metadata });
}

async function* remember(bytes: AsyncIterable<Buffer>, seen: Buffer[]): AsyncGenerator<Buffer> {
  for await (const part of bytes) {
    seen.push(part);
    yield part;
  }
}
