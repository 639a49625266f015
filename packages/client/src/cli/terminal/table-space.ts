import type { CommandIo } from '../frame/command-io.ts';
import type { TableSpace } from './format-table.ts';
import { styleOf } from './style.ts';

/** The room for tables on stdout: that of the terminal, and no limit in a pipe or a file. */
export function tableSpace({ stdout, env }: Pick<CommandIo, 'stdout' | 'env'>): TableSpace {
  // A terminal that does not know its width says 0.
  const width = stdout.isTTY === true ? stdout.columns || null : null;
  return { width, style: styleOf(stdout, env) };
}
