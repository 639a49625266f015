import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('scripts/log-and-end.mjs', import.meta.url));

/** What a process that logged did and how it ended. */
export interface EndedProcess {
  readonly code: number | null;
  readonly signal: string | null;
  /** What it said, one object a line. */
  // biome-ignore lint/suspicious/noExplicitAny: each line has fields of its own
  readonly told: readonly any[];
  readonly complaints: string;
}

/** A process of `log-and-end.mjs` that runs. */
export interface LoggingProcess {
  kill(signal: NodeJS.Signals): void;
  /** Resolves when everything is logged. */
  readonly logged: Promise<void>;
  readonly ended: Promise<EndedProcess>;
}

/** Starts `log-and-end.mjs` with these arguments. */
export function startLogging(
  args: { readonly url: string; readonly rows: number; readonly ending: string },
  env: Readonly<Record<string, string>>,
): LoggingProcess {
  const child = spawn(process.execPath, [SCRIPT, args.url, String(args.rows), args.ending], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let complaints = '';
  const logged = new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      if (out.includes('"run"')) resolve();
    });
  });
  child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
  const told = () =>
    out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, told: told(), complaints }));
  return { kill: (signal) => child.kill(signal), logged, ended };
}
