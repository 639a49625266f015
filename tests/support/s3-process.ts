import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** An S3 server in a process of its own. */
export interface S3Process {
  /** The settings `SUMMA_S3_*` that lead to it. */
  readonly env: Readonly<Record<string, string>>;
  [Symbol.asyncDispose](): Promise<void>;
}

const MAIN = fileURLToPath(new URL('../../apps/server/src/testing/s3-server-process.ts', import.meta.url));

/** Starts an S3 server with an empty bucket. */
export async function startS3(): Promise<S3Process> {
  const child = spawn(process.execPath, ['--conditions=@summa/source', '--import', 'tsx', MAIN], {
    cwd: fileURLToPath(new URL('../../apps/server', import.meta.url)),
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const [env] = await once(child, 'message');
  return {
    env,
    async [Symbol.asyncDispose]() {
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
    },
  };
}
