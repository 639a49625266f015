/**
 * The answers of the last questions, the same promise for all who ask at once. One that fails is forgotten.
 *
 * What is asked about never changes, so an answer is good for as long as there is room for it.
 */
export class RecentAnswers {
  readonly #most: number;
  readonly #answers = new Map<string, Promise<unknown>>();

  constructor(most: number) {
    this.#most = most;
  }

  /** The answer to the question with this name, which must always be of one type. */
  get<Answer>(name: string, find: () => Promise<Answer>): Promise<Answer> {
    // A name stands for one question, and so for one type.
    const known = this.#answers.get(name) as Promise<Answer> | undefined;
    const answer = known ?? find();
    this.#answers.delete(name);
    this.#answers.set(name, answer);
    if (!known) answer.catch(() => this.#forget(name, answer));
    const [oldest] = this.#answers.keys();
    if (this.#answers.size > this.#most && oldest !== undefined) this.#answers.delete(oldest);
    return answer;
  }

  #forget(name: string, answer: Promise<unknown>): void {
    if (this.#answers.get(name) === answer) this.#answers.delete(name);
  }
}
