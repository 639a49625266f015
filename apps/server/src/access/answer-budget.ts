import { LIMITS } from '../limits.ts';
import { ServerError } from '../server-error.ts';

/** How much history one operation may still put into its answer. */
export class AnswerBudget {
  #points: number = LIMITS.pointsInAll;

  /** Takes some points (a bucket, a raw point, a value of a row, a value in a column of runs) off. @throws ServerError RESPONSE_TOO_LARGE when there are not as many left */
  spendPoints(points: number, path: readonly string[]): void {
    this.#points -= points;
    if (this.#points >= 0) return;
    const message = `this operation asks for more than ${LIMITS.pointsInAll} points and values in all; ask for fewer keys, buckets or runs at once`;
    throw new ServerError('RESPONSE_TOO_LARGE', message, path);
  }
}
