import type { Output } from '../frame/command-io.ts';

/** How a text is made to stand out where it is written. */
export interface Style {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
}

/** Colours on a terminal that has them, unless NO_COLOR is set or TERM is dumb; everywhere else plain text. */
export function styleOf(output: Output, env: Readonly<Record<string, string | undefined>>): Style {
  const hasColors = output.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
  const paint = (code: number, end: number) => (text: string) =>
    hasColors && text !== '' ? `\u001b[${code}m${text}\u001b[${end}m` : text;
  return { bold: paint(1, 22), dim: paint(2, 22), red: paint(31, 39), green: paint(32, 39), yellow: paint(33, 39) };
}
