import { letProcessEnd } from '../transport/let-process-end.ts';

/**
 * Calls `beat` whenever nothing else has told the server of the run for `everyMs`, until it is stopped.
 *
 * A beat that fails is not repeated: the next one is as good. The timer keeps no process alive.
 */
export class Heartbeat {
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #everyMs: number;
  #contactAt = Date.now();

  constructor(beat: () => Promise<void>, everyMs: number) {
    this.#everyMs = everyMs;
    this.#timer = setInterval(() => {
      if (!this.#isDue()) return;
      this.contact();
      beat().catch(() => {});
    }, everyMs / 4);
    letProcessEnd(this.#timer);
  }

  /** The server has just heard of the run. */
  contact(): void {
    this.#contactAt = Date.now();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #isDue(): boolean {
    return Date.now() - this.#contactAt >= this.#everyMs;
  }
}
