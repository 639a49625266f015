import type { Pool } from 'pg';
import { Gathering } from '../database/gathering.ts';
import { findStandings, type StandingAsk, type StoredStanding } from './membership-store.ts';

/** Requests that are answered by one statement at most. */
const MOST_TOGETHER = 256;

/** How users stand to projects, as of now: requests that ask at the same time share a statement, and nothing is remembered. */
export class Standings {
  readonly #gathering: Gathering<StandingAsk, StoredStanding | undefined>;

  constructor(pool: Pool) {
    this.#gathering = new Gathering((asks) => findAll(pool, asks), MOST_TOGETHER);
  }

  /** How a user stands to a project; undefined when there is no such project. */
  find(ask: StandingAsk): Promise<StoredStanding | undefined> {
    return this.#gathering.ask(ask);
  }
}

async function findAll(pool: Pool, asks: readonly StandingAsk[]): Promise<(StoredStanding | undefined)[]> {
  const different = new Map(asks.map((ask) => [nameOf(ask), ask]));
  const found = new Map((await findStandings(pool, [...different.values()])).map((each) => [nameOf(each), each]));
  return asks.map((ask) => found.get(nameOf(ask)));
}

function nameOf({ projectId, userId }: StandingAsk): string {
  return `${projectId}/${userId}`;
}
