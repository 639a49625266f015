/** An export that has begun: it is sent until its bytes end, and closed whatever happens. */
export interface OpenExport {
  /** A bounded number of bytes at a time, made when they are asked for. */
  readonly bytes: AsyncGenerator<Buffer>;
  /** Gives back what the export holds; call it when `bytes` has ended or been returned. */
  close(): Promise<void>;
}
