import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { Interrupted } from '../command-error.ts';
import type { CommandIo } from '../frame/command-io.ts';

const MOST_CHARACTERS = 65_536;

/**
 * A secret in one line: typed on a terminal without being shown, or the first line of what is piped in.
 *
 * Throws `Interrupted` when the asked one presses Ctrl-C or closes the input.
 */
export async function askSecret(io: Pick<CommandIo, 'stdin' | 'stderr'>, question: string): Promise<string> {
  return io.stdin.isTTY === true ? typed(io, question) : firstLine(io.stdin);
}

async function typed({ stdin, stderr }: Pick<CommandIo, 'stdin' | 'stderr'>, question: string): Promise<string> {
  // The terminal is in raw mode while it is read, and what would be echoed goes nowhere.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output: nowhere, terminal: true, historySize: 0 });
  stderr.write(question);
  try {
    return await new Promise<string>((resolve, reject) => {
      lines.once('line', (line) => resolve(line.trim()));
      for (const end of ['SIGINT', 'close'] as const)
        lines.once(end, () => reject(new Interrupted('the question', 'Nothing was changed.')));
    });
  } finally {
    lines.close();
    stderr.write('\n');
  }
}

async function firstLine(stdin: CommandIo['stdin']): Promise<string> {
  let text = '';
  for await (const chunk of stdin) {
    text += String(chunk);
    if (text.includes('\n') || text.length > MOST_CHARACTERS) break;
  }
  return (text.split('\n', 1)[0] ?? '').trim();
}
