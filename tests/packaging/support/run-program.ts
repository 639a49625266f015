import { execFile } from 'node:child_process';
import { delimiter, dirname } from 'node:path';
import { promisify } from 'node:util';

/** How a program is run. */
export interface ProgramOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** What a program wrote, and the code that it ended with. */
export interface ProgramResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end, whatever its exit code. Nothing of the test's own npm and vitest reaches it. */
export async function runProgram(
  command: string,
  args: readonly string[],
  { cwd, env = {} }: ProgramOptions = {},
): Promise<ProgramResult> {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(npm_|VITEST|NODE_|SUMMA_)/.test(name));
  const PATH = [dirname(process.execPath), process.env.PATH].join(delimiter);
  const options = { cwd, env: { ...Object.fromEntries(inherited), PATH, ...env }, maxBuffer: 2 ** 26 };
  try {
    return { code: 0, ...(await promisify(execFile)(command, [...args], options)) };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: unknown; stdout?: string; stderr?: string };
    if (typeof code !== 'number') throw error;
    return { code, stdout: stdout ?? '', stderr: stderr ?? '' };
  }
}

/** Runs a program that must succeed; what it wrote to stdout is returned. */
export async function mustRun(command: string, args: readonly string[], options?: ProgramOptions): Promise<string> {
  const { code, stdout, stderr } = await runProgram(command, args, options);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}:\n${stdout}\n${stderr}`);
  return stdout;
}
