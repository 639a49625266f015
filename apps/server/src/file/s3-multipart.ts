import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { readParts } from './blob-parts.ts';

const PARTS_AT_ONCE = 3;

/** Where the parts go, and how large they are. */
export interface MultipartTarget {
  readonly client: S3Client;
  readonly place: { readonly Bucket: string; readonly Key: string };
  readonly partBytes: number;
}

/**
 * Stores bytes as one object, part by part, at most three at once. The object appears when the last part is there.
 *
 * When anything fails, the upload is aborted, so that the store keeps no part of it, and the failure is thrown.
 */
export async function putInParts(target: MultipartTarget, bytes: AsyncIterable<Buffer>): Promise<void> {
  const { UploadId } = await target.client.send(new CreateMultipartUploadCommand(target.place));
  const upload = { ...target.place, UploadId };
  try {
    const Parts = await sendParts(target, upload, bytes);
    await target.client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } }));
  } catch (error) {
    // Should this fail too, the object stays a stray one, and the sweep ends it.
    await target.client.send(new AbortMultipartUploadCommand(upload)).catch(() => undefined);
    throw error;
  }
}

async function sendParts(
  { client, partBytes }: MultipartTarget,
  upload: { readonly Bucket: string; readonly Key: string; readonly UploadId: string | undefined },
  bytes: AsyncIterable<Buffer>,
): Promise<CompletedPart[]> {
  const sent: CompletedPart[] = [];
  const sending = new Set<Promise<void>>();
  const stop = new AbortController();
  const send = async (PartNumber: number, Body: Buffer) => {
    const command = new UploadPartCommand({ ...upload, PartNumber, Body, ContentLength: Body.length });
    const { ETag } = await client.send(command, { abortSignal: stop.signal });
    sent[PartNumber - 1] = { PartNumber, ETag };
  };
  try {
    let number = 0;
    for await (const body of readParts(bytes, partBytes)) {
      number++;
      const part = send(number, body).catch((error: unknown) => stop.abort(error));
      const tracked = part.finally(() => sending.delete(tracked));
      sending.add(tracked);
      if (sending.size >= PARTS_AT_ONCE) await Promise.race(sending);
      stop.signal.throwIfAborted();
    }
    await Promise.all(sending);
    stop.signal.throwIfAborted();
    return sent;
  } finally {
    // A part that arrives after the abort would be kept, and paid for.
    stop.abort();
    await Promise.all(sending);
  }
}
