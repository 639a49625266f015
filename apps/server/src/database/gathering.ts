/** A group that takes longer is not waited for: what holds it up, a lock perhaps, holds up nobody else. */
const PATIENCE_MS = 50;

interface Waiting<Ask, Answer> {
  readonly ask: Ask;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Answers many callers with few statements: while one is under way, those who ask wait, some moments at most, and are answered together by
 * the next.
 *
 * Who asks is never answered by a statement that was sent before he asked. A statement that fails fails for all of its callers.
 */
export class Gathering<Ask, Answer> {
  readonly #answerAll: (asks: readonly Ask[]) => Promise<readonly Answer[]>;
  readonly #most: number;
  #waiting: Waiting<Ask, Answer>[] = [];
  #isBusy = false;

  /** `answerAll` gives one answer for each ask, in their order, of which it gets `most` at a time. */
  constructor(answerAll: (asks: readonly Ask[]) => Promise<readonly Answer[]>, most: number) {
    this.#answerAll = answerAll;
    this.#most = most;
  }

  get isIdle(): boolean {
    return !this.#isBusy;
  }

  ask(ask: Ask): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ ask, resolve, reject });
      if (!this.#isBusy) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#isBusy = true;
    while (this.#waiting.length > 0) {
      await turnOfLoop();
      await endOrPatience(this.#answer(this.#waiting.splice(0, this.#most)));
    }
    this.#isBusy = false;
  }

  async #answer(group: readonly Waiting<Ask, Answer>[]): Promise<void> {
    try {
      const answers = await this.#answerAll(group.map(({ ask }) => ask));
      // One for each, by the contract of `answerAll`.
      for (const [i, { resolve }] of group.entries()) resolve(answers[i] as Answer);
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }
}

/**
 * Resolves when everything that has arrived in this turn of the event loop was looked at: requests of other connections, which should go
 * together with those that wait.
 */
function turnOfLoop(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Resolves when the work has ended, or when it has taken too long. The work does not fail. */
function endOrPatience(work: Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, PATIENCE_MS);
    void work.then(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
