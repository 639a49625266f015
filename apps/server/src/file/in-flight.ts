import { ServerError, type ServerErrorCode } from '../server-error.ts';

/** Counts work that is under way, so that no more of it begins than the server can carry. */
export class InFlight {
  readonly #most: number;
  readonly #what: string;
  readonly #code: ServerErrorCode;
  #count = 0;

  constructor(most: number, what: string, code: ServerErrorCode = 'SERVER_BUSY') {
    this.#most = most;
    this.#what = what;
    this.#code = code;
  }

  /** Begins one; the returned function ends it, and may be called again. @throws ServerError of the given code when there are too many */
  begin(): () => void {
    if (this.#count >= this.#most) {
      throw new ServerError(
        this.#code,
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
