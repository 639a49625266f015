import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { SummaProcess } from './summa-process.ts';

/** What came of a command. */
export interface EndedCommand {
  /** The exit code; null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A `summa` command on its way. */
export interface RunningCommand {
  readonly child: ChildProcessWithoutNullStreams;
  readonly ended: Promise<EndedCommand>;
}

/** How a command is called. */
export interface CommandCall {
  /** Whose SUMMA_URL and SUMMA_API_KEY it has; neither is set without it. */
  readonly server?: Pick<SummaProcess, 'url' | 'apiKey'>;
  /** Environment beside that. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** What is piped in; nothing when left out. */
  readonly stdin?: string;
}

/** Node's arguments in front of those of `summa`: the real entry, from source. */
export const SUMMA_ARGUMENTS: readonly string[] = [
  '--conditions=@summa/source',
  '--import',
  import.meta.resolve('tsx'),
  fileURLToPath(new URL('../../packages/client/src/cli/main.ts', import.meta.url)),
];

/** Starts the real `summa` in a process of its own, with credentials of nobody unless `env` says where there are some. */
export function startCommand(
  args: readonly string[],
  { server, env, cwd, stdin = '' }: CommandCall = {},
): RunningCommand {
  const child = spawn(process.execPath, [...SUMMA_ARGUMENTS, ...args], {
    env: { ...commandEnvironment(server), ...env },
    cwd: cwd ?? fileURLToPath(new URL('..', import.meta.url)),
  });
  child.stdin.on('error', () => {}); // a command that reads nothing may be gone by now
  child.stdin.end(stdin);
  const written = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (written.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (written.stderr += text));
  const ended = once(child, 'close').then(([code]) => ({ code, ...written }));
  return { child, ended };
}

/** Runs the real `summa` to its end. */
export function runSumma(args: readonly string[], call?: CommandCall): Promise<EndedCommand> {
  return startCommand(args, call).ended;
}

/** The environment of a command: this process's, without what it would find by itself. */
export function commandEnvironment(server?: Pick<SummaProcess, 'url' | 'apiKey'>): Record<string, string | undefined> {
  // NODE_PATH: whoever runs the tests may point it at packages that nobody installed where the command is.
  const { SUMMA_URL: _url, SUMMA_API_KEY: _key, NO_COLOR: _color, NODE_PATH: _path, ...inherited } = process.env;
  const own = server && { SUMMA_URL: server.url, SUMMA_API_KEY: server.apiKey };
  return { ...inherited, XDG_CONFIG_HOME: '/nowhere', ...own };
}
