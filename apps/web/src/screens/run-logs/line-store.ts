import type { LineRange } from './log-search.ts';

/** How many lines are asked for at once. */
export const BLOCK_LINES = 500;

const MOST_BLOCKS = 80;

/** The lines of one console that were read, by number; the blocks that were not looked at for longest are forgotten. */
export class LineStore<Line extends { readonly number: number }> {
  readonly #blocks = new Map<number, Map<number, Line>>();

  /** The line with this number, if it was read. */
  get(number: number): Line | undefined {
    return this.#blocks.get(blockOf(number))?.get(number);
  }

  /** Keeps lines. */
  add(lines: readonly Line[]): void {
    for (const line of lines) {
      const block = blockOf(line.number);
      const known = this.#blocks.get(block) ?? new Map<number, Line>();
      known.set(line.number, line);
      this.#blocks.set(block, known);
    }
  }

  /** The ranges, each within a block, that must be read to show the lines from one to another, of `lineCount` in all. */
  missing({ from, to }: LineRange, lineCount: number): LineRange[] {
    const wanted: LineRange[] = [];
    const last = Math.min(to, lineCount - 1);
    for (let block = blockOf(Math.max(0, from)); block <= blockOf(last) && last >= 0; block++) {
      const known = this.#touch(block);
      const start = block * BLOCK_LINES;
      const end = Math.min(start + BLOCK_LINES, lineCount);
      // Lines come in their order, so what is missing of a block is its end.
      const have = known?.size ?? 0;
      if (start + have < end) wanted.push({ from: start + have, to: end - 1 });
    }
    return wanted;
  }

  #touch(block: number): ReadonlyMap<number, Line> | undefined {
    const known = this.#blocks.get(block);
    if (!known) return undefined;
    this.#blocks.delete(block);
    this.#blocks.set(block, known);
    for (const oldest of this.#blocks.keys()) {
      if (this.#blocks.size <= MOST_BLOCKS) break;
      this.#blocks.delete(oldest);
    }
    return known;
  }
}

function blockOf(number: number): number {
  return Math.floor(number / BLOCK_LINES);
}

/** As many lines as can be scrolled through at once: browsers lay out no page of more than some 17 million px. */
export const WINDOW_LINES = 800_000;

/** The part of a console that can be scrolled through: the end of it, unless the wanted line lies before that. */
export function lineWindow(lineCount: number, wanted: number | null): LineRange {
  const atEnd = Math.max(0, lineCount - WINDOW_LINES);
  const from = wanted === null ? atEnd : Math.min(atEnd, Math.max(0, wanted - WINDOW_LINES / 2));
  return { from, to: Math.min(lineCount, from + WINDOW_LINES) - 1 };
}
