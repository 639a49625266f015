import type { Pool } from 'pg';
import { Gathering } from '../database/gathering.ts';
import { findStandings, type StandingAsk, type StoredStanding } from './membership-store.ts';
import { findNamedRuns, type NamedRun, type NamedRunAsk } from './named-run-store.ts';

/** Requests that are answered by one statement at most. */
const MOST_TOGETHER = 256;

/** How users stand to projects, as of now: requests that ask at the same time share a statement, and nothing is remembered. */
export class Standings {
  readonly #standings: Gathering<StandingAsk, StoredStanding | undefined>;
  readonly #namedRuns: Gathering<NamedRunAsk, NamedRun | undefined>;

  constructor(pool: Pool) {
    this.#standings = new Gathering((asks) => findAll(pool, asks), MOST_TOGETHER);
    this.#namedRuns = new Gathering((asks) => findNamedRuns(pool, asks), MOST_TOGETHER);
  }

  /** How a user stands to a project; undefined when there is no such project. */
  find(ask: StandingAsk): Promise<StoredStanding | undefined> {
    return this.#standings.ask(ask);
  }

  /** The project, and the run, of some names, none of which holds NUL, and how a user stands to the project; undefined when there is no such project. */
  findNamedRun(ask: NamedRunAsk): Promise<NamedRun | undefined> {
    return this.#namedRuns.ask(ask);
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
