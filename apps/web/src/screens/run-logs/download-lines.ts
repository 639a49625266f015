import type { ConsoleName } from './use-log-lines.ts';
import { readLogLines } from './use-log-lines.ts';

const PAGE = 1_000;

/** The most lines that are put together in the browser. */
export const MOST_LINES = 500_000;

/** The text of some lines as they were printed, one page after another. `onRead` hears how many are there. */
export async function readText(
  console: ConsoleName,
  { from, to }: { readonly from: number; readonly to: number },
  onRead?: (lines: number) => void,
): Promise<string> {
  const pages: string[] = [];
  const end = Math.min(to, from + MOST_LINES - 1);
  for (let at = from; at <= end; ) {
    const { nodes } = await readLogLines(console, { filter: { from: at, to: end }, first: PAGE });
    if (nodes.length === 0) break;
    pages.push(nodes.map(({ text }) => `${text}\n`).join(''));
    at = (nodes.at(-1)?.number ?? end) + 1;
    onRead?.(at - from);
  }
  return pages.join('');
}
