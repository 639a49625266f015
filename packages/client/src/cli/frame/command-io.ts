import type { ReadStream, WriteStream } from 'node:tty';

/** Where a command writes; only a terminal is drawn upon. */
export interface Output extends Pick<WriteStream, 'write'> {
  readonly isTTY?: boolean;
  readonly columns?: number;
  once?(event: 'drain', listener: () => void): unknown;
}

/** The process around a command. */
export interface CommandIo {
  readonly stdin: NodeJS.ReadableStream & Partial<Pick<ReadStream, 'isTTY'>>;
  /** For results. */
  readonly stdout: Output;
  /** For progress, remarks and problems. */
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /**
   * From the first call on, Ctrl-C and SIGTERM abort this signal instead of ending the process; the second one ends it all
   * the same.
   */
  interruptSignal(): AbortSignal;
}

/** The process itself. */
export function processIo(): CommandIo {
  let interrupt: AbortController | null = null;
  return {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    interruptSignal() {
      if (interrupt !== null) return interrupt.signal;
      const controller = new AbortController();
      interrupt = controller;
      process.once('SIGINT', () => controller.abort()).once('SIGTERM', () => controller.abort());
      return controller.signal;
    },
  };
}

/** Writes and waits while the reader is behind, so that nothing piles up in memory. */
export async function writeOut(output: Output, text: string | Uint8Array): Promise<void> {
  if (output.write(text)) return;
  await new Promise<void>((resolve) => output.once?.('drain', resolve));
}
