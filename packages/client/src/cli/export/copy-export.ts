import { CommandError, Interrupted } from '../command-error.ts';
import type { ExportSink } from './export-sink.ts';

/** How a stream is copied. */
export interface CopyOptions {
  readonly signal: AbortSignal;
  /** Told how many bytes have arrived so far. */
  readonly onBytes: (bytes: number) => void;
}

/**
 * Copies a stream into a sink, never faster than the sink takes it, and resolves to the number of bytes.
 *
 * Throws `CommandError` when the stream breaks off and `Interrupted` when the signal is aborted; the sink is discarded then.
 */
export async function copyExport(
  stream: ReadableStream<Uint8Array>,
  sink: ExportSink,
  { signal, onBytes }: CopyOptions,
): Promise<number> {
  let bytes = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Uint8Array> & typeof stream) {
      await sink.write(chunk);
      bytes += chunk.byteLength;
      onBytes(bytes);
    }
    await sink.finish();
    return bytes;
  } catch (cause) {
    await sink.discard();
    if (signal.aborted) throw new Interrupted('the export', sink.afterDiscard);
    const reason = reasonOf(cause);
    throw new CommandError(`the export broke off after ${bytes} bytes: ${reason}. ${sink.afterDiscard}`, { cause });
  }
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  // fetch says "terminated" and hides what ended it beneath.
  return cause.cause instanceof Error ? cause.cause.message : cause.message;
}
