import type { Output } from '../frame/command-io.ts';
import { cutToWidth } from './text-width.ts';

const DRAW_EVERY_MS = 100;

/** One line on a terminal that is drawn again and again; on anything else nothing is written. */
export class ProgressLine {
  readonly #output: Output;
  #drawnAt = 0;

  constructor(output: Output) {
    this.#output = output;
  }

  /** Draws what `text` says, at most every 100 ms, cut to the width of the terminal. */
  update(text: () => string): void {
    const now = Date.now();
    if (this.#output.isTTY !== true || now - this.#drawnAt < DRAW_EVERY_MS) return;
    this.#drawnAt = now;
    this.#output.write(`\r\u001b[K${cutToWidth(text(), (this.#output.columns ?? 80) - 1)}`);
  }

  /** Takes the line off the terminal again. */
  clear(): void {
    if (this.#output.isTTY === true) this.#output.write('\r\u001b[K');
  }
}
