import { open, rename, rm } from 'node:fs/promises';
import { CommandError } from '../command-error.ts';
import { type Output, writeOut } from '../frame/command-io.ts';

/** Where the bytes of an export go; `write` resolves when there is room for more. */
export interface ExportSink {
  write(bytes: Uint8Array): Promise<void>;
  /** Everything has arrived. */
  finish(): Promise<void>;
  /** It broke off. */
  discard(): Promise<void>;
  /** What holds after `discard`, in a sentence. */
  readonly afterDiscard: string;
}

/** Standard output: what is written is gone, so after a failure only the exit code tells that something is missing. */
export function outputSink(output: Output): ExportSink {
  return {
    write: (bytes) => writeOut(output, bytes),
    finish: async () => {},
    discard: async () => {},
    afterDiscard: 'What was printed is not all of it.',
  };
}

/** A file that has its name only once it is whole: until then it is `<name>.<process id>.partial`, which a failure takes away. */
export async function fileSink(path: string): Promise<ExportSink> {
  const draft = `${path}.${process.pid}.partial`;
  const file = await open(draft, 'w').catch((error: NodeJS.ErrnoException) => {
    throw new CommandError(`${path}: ${error.code === 'ENOENT' ? 'there is no such folder' : error.message}`);
  });
  return {
    write: async (bytes) => {
      await file.writeFile(bytes);
    },
    async finish() {
      await file.sync();
      await file.close();
      await rename(draft, path);
    },
    async discard() {
      await file.close();
      await rm(draft, { force: true });
    },
    afterDiscard: 'Nothing was kept.',
  };
}
