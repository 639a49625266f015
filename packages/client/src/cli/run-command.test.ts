import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { commands } from './commands.ts';
import type { CommandIo } from './frame/command-io.ts';
import { runCommand } from './run-command.ts';

/** Those whose help asks nobody else. */
const own = commands.filter(({ name }) => name !== 'serve' && name !== 'migrate');

describe('every command', () => {
  it.each(own.map((command) => [command.name, command] as const))(
    '%s has a help that names all its options',
    async (name, command) => {
      const { code, stdout, stderr } = await run([name, '--help']);
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toContain(`Usage: summa ${name}`);
      for (const [option, { summary }] of Object.entries(command.options)) {
        expect(stdout).toContain(`--${option}`);
        expect(stdout).toContain(summary);
      }
      expect((await run(['help', name])).stdout).toBe(stdout);
      expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(130);
    },
  );

  it.each(own.map(({ name }) => name))('%s refuses an option that there is not, with exit code 2', async (name) => {
    const { code, stdout, stderr } = await run([name, '--no-such-thing']);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`there is no option --no-such-thing here`);
    expect(stderr).toContain(`Try: summa ${name} --help`);
  });

  it('has a name of its own, and so have its short options', () => {
    const names = commands.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { options } of commands) {
      const shorts = Object.values(options).flatMap(({ short }) => (short === undefined ? [] : [short]));
      expect(new Set(shorts).size).toBe(shorts.length);
    }
  });
});

async function run(argv: readonly string[]) {
  const written = { stdout: '', stderr: '' };
  const output = (name: 'stdout' | 'stderr') => ({
    write: (text: string | Uint8Array) => {
      written[name] += String(text);
      return true;
    },
  });
  const io: CommandIo = {
    stdin: Readable.from([]),
    stdout: output('stdout'),
    stderr: output('stderr'),
    env: { XDG_CONFIG_HOME: '/nowhere' },
    interruptSignal: () => new AbortController().signal,
  };
  return { code: await runCommand(argv, io), ...written };
}
