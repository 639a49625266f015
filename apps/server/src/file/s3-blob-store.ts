import { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  ListMultipartUploadsCommand,
  type ListMultipartUploadsCommandOutput,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { Config } from '../config.ts';
import { ServerError } from '../server-error.ts';
import { StartError } from '../start-error.ts';
import { type PartSizes, partSizesFor, readParts } from './blob-parts.ts';
import type { BlobObject, BlobStore, ByteRange, TemporaryUrlOptions } from './blob-store.ts';
import { putInParts } from './s3-multipart.ts';

/** The settings of an S3-compatible store. */
export type S3Settings = Pick<
  Config,
  's3Endpoint' | 's3Region' | 's3AccessKeyId' | 's3SecretAccessKey' | 's3Prefix' | 's3PathStyle'
> & {
  readonly s3Bucket: string;
};

/** Requests at once: uploads with their parts, and as many downloads as one server sends. */
const MAX_SOCKETS = 1_024;

/**
 * A blob store in a bucket of Amazon S3 or of a store that speaks its protocol.
 *
 * What is larger than one part is sent as a multipart upload, which becomes an object only when all parts are there; a
 * smaller one in a single request, after all of it has arrived.
 */
export class S3BlobStore implements BlobStore {
  readonly place: string;
  readonly #client: S3Client;
  readonly #bucket: string;
  readonly #prefix: string;
  readonly #sizes: PartSizes;

  constructor(settings: S3Settings, sizes: PartSizes = {}) {
    this.#client = new S3Client(clientConfigOf(settings));
    this.#bucket = settings.s3Bucket;
    this.#prefix = settings.s3Prefix;
    this.#sizes = sizes;
    this.place = `the bucket ${settings.s3Bucket}${settings.s3Endpoint === undefined ? '' : ` at ${new URL(settings.s3Endpoint).host}`}`;
  }

  /** Returns when the bucket answers. @throws StartError BLOB_STORE_UNREACHABLE */
  async check(): Promise<void> {
    try {
      await this.#client.send(new HeadBucketCommand({ Bucket: this.#bucket }));
    } catch (cause) {
      const reason = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
      throw new StartError(
        'BLOB_STORE_UNREACHABLE',
        `${this.place} cannot be used: ${reason}; check the settings SUMMA_S3_*`,
        [],
        { cause },
      );
    }
  }

  async put(object: BlobObject, bytes: AsyncIterable<Buffer>, size: number): Promise<void> {
    const place = this.#placeOf(object);
    const partBytes = partSizesFor(size, this.#sizes);
    if (size > partBytes) return putInParts({ client: this.#client, place, partBytes }, bytes);
    // One part at most, so this is all of it; an empty file has none.
    let body: Buffer = Buffer.alloc(0);
    for await (const part of readParts(bytes, Math.max(size, 1))) body = part;
    await this.#client.send(new PutObjectCommand({ ...place, Body: body, ContentLength: body.length }));
  }

  async open(object: BlobObject, range?: ByteRange): Promise<Readable> {
    const Range = range && `bytes=${range.start}-${range.end}`;
    try {
      const { Body, ContentLength } = await this.#client.send(
        new GetObjectCommand({ ...this.#placeOf(object), ...(Range && { Range }) }),
      );
      // A store that overlooks a range would give wrong bytes under a right status.
      const isAsked = !range || ContentLength === range.end - range.start + 1;
      if (Body instanceof Readable && isAsked) return Body;
    } catch (error) {
      if (!isNamed(error, 'NoSuchKey')) throw error;
      throw new ServerError('CORRUPT_DATA', 'the bytes of this file are not in the blob store', [], { cause: error });
    }
    throw new Error('the store answered with something else than the bytes that it was asked for');
  }

  async remove(object: BlobObject): Promise<void> {
    const place = this.#placeOf(object);
    await this.#abortUploads(place);
    await this.#client.send(new DeleteObjectCommand(place));
  }

  temporaryUrl(object: BlobObject, options: TemporaryUrlOptions): Promise<string> {
    const command = new GetObjectCommand({
      ...this.#placeOf(object),
      ResponseContentType: options.contentType,
      ResponseContentDisposition: options.disposition,
    });
    return getSignedUrl(this.#client, command, { expiresIn: options.seconds });
  }

  close(): void {
    this.#client.destroy();
  }

  async #abortUploads(place: { readonly Bucket: string; readonly Key: string }): Promise<void> {
    const listed: ListMultipartUploadsCommandOutput | undefined = await this.#client
      .send(new ListMultipartUploadsCommand({ Bucket: place.Bucket, Prefix: place.Key }))
      // Some stores cannot list them, and end them by themselves after a while.
      .catch((error: unknown) => {
        if (isNamed(error, 'NotImplemented')) return undefined;
        throw error;
      });
    for (const { UploadId } of listed?.Uploads ?? [])
      await this.#client.send(new AbortMultipartUploadCommand({ ...place, UploadId }));
  }

  #placeOf({ projectId, objectId }: BlobObject): { readonly Bucket: string; readonly Key: string } {
    return { Bucket: this.#bucket, Key: `${this.#prefix}${projectId}/${objectId}` };
  }
}

function clientConfigOf(settings: S3Settings): S3ClientConfig {
  const { s3AccessKeyId, s3SecretAccessKey, s3Endpoint } = settings;
  return {
    region: settings.s3Region,
    forcePathStyle: settings.s3PathStyle === 'on',
    // Many stores do not know the newer checksums and would keep them as a part of the bytes.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: {
      httpAgent: { maxSockets: MAX_SOCKETS },
      httpsAgent: { maxSockets: MAX_SOCKETS },
      connectionTimeout: 10_000,
      // A store may think for minutes before it says that a large object is complete.
      socketTimeout: 600_000,
    },
    ...(s3Endpoint !== undefined && { endpoint: s3Endpoint }),
    ...(s3AccessKeyId !== undefined &&
      s3SecretAccessKey !== undefined && {
        credentials: { accessKeyId: s3AccessKeyId, secretAccessKey: s3SecretAccessKey },
      }),
  };
}

function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}
