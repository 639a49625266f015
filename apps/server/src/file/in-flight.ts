import { ServerError } from '../server-error.ts';

/** Counts work that is under way, so that no more of it begins than the server can carry. */
export class InFlight {
  readonly #most: number;
  readonly #what: string;
  #count = 0;

  constructor(most: number, what: string) {
    this.#most = most;
    this.#what = what;
  }

  /** Begins one; the returned function ends it, and may be called again. @throws ServerError SERVER_BUSY when there are too many */
  begin(): () => void {
    if (this.#count >= this.#most) {
      throw new ServerError(
        'SERVER_BUSY',
        `this server has ${this.#most} ${this.#what} under way, as many as it takes; try again in a moment`,
      );
    }
    this.#count++;
    let ended = false;
    return () => {
      if (!ended) this.#count--;
      ended = true;
    };
  }
}
