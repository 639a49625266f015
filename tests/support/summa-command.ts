import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../../packages/client/bin/summa.mjs', import.meta.url));

/** What a `summa` command did. */
export interface CommandOutcome {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the `summa` command in a process of its own. `onStart` gets that process, for whoever wants to disturb it. */
export async function runSumma(
  args: readonly string[],
  {
    env,
    onStart,
  }: { readonly env: Readonly<Record<string, string>>; readonly onStart?: (child: ChildProcess) => void },
): Promise<CommandOutcome> {
  const child = spawn(process.execPath, [BIN, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const outcome = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (outcome.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (outcome.stderr += chunk.toString()));
  onStart?.(child);
  const [code] = await once(child, 'close');
  return { code, ...outcome };
}
