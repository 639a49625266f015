import type { FileRecord } from './file-store.ts';
import { type SecretPlace, ServerSecret } from './server-secret.ts';
import { readToken, signToken } from './signed-token.ts';
import type { UploadRecord, UploadRef } from './upload-store.ts';

const SECRET_NAME = 'file-urls';
const QUARTER_HOUR_MS = 15 * 60_000;
const DOWNLOAD_QUARTERS = 4;

/** The content of a file that a signed URL gives access to. */
export type SignedFile = Pick<FileRecord, 'projectId' | 'runId' | 'path' | 'sha256'>;

/** Makes and reads the signed URLs of files: whoever has one needs no key until it expires. */
export class FileUrls {
  readonly #secret: ServerSecret;
  readonly #clock: () => Date;

  constructor({ clock, ...place }: SecretPlace & { readonly clock: () => Date }) {
    this.#secret = new ServerSecret(place, SECRET_NAME);
    this.#clock = clock;
  }

  /** Where the bytes of an upload are to be sent with PUT, until the upload expires. */
  async uploadUrl(baseUrl: string, upload: UploadRecord): Promise<string> {
    const token = signToken(await this.#secret.get(), 'upload', {
      fields: [upload.projectId, upload.id],
      expiresAt: upload.expiresAt,
    });
    return `${baseUrl}/files/uploads/${token}`;
  }

  /** The upload that a token of `uploadUrl` is for. @throws ServerError INVALID_URL, URL_EXPIRED */
  async readUpload(token: string): Promise<UploadRef> {
    const [projectId = '', uploadId = ''] = readToken(await this.#secret.get(), 'upload', {
      token,
      now: this.#clock(),
    });
    return { projectId, uploadId };
  }

  /**
   * Where these bytes of a file can be got, for an hour and at most a quarter more: the URL stays the same for a quarter of an
   * hour, so that browsers may keep what they got. It ends with the file's next bytes.
   */
  async downloadUrl(baseUrl: string, file: SignedFile): Promise<string> {
    const quarter = Math.floor(this.#clock().getTime() / QUARTER_HOUR_MS);
    const expiresAt = new Date((quarter + 1 + DOWNLOAD_QUARTERS) * QUARTER_HOUR_MS);
    const fields = [file.projectId, file.runId, file.path, file.sha256];
    return `${baseUrl}/files/${signToken(await this.#secret.get(), 'download', { fields, expiresAt })}`;
  }

  /** The content that a token of `downloadUrl` is for. @throws ServerError INVALID_URL, URL_EXPIRED */
  async readDownload(token: string): Promise<SignedFile> {
    const fields = readToken(await this.#secret.get(), 'download', { token, now: this.#clock() });
    const [projectId = '', runId = '', path = '', sha256 = ''] = fields;
    return { projectId, runId, path, sha256 };
  }
}
