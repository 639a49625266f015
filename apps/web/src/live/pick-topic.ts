/** When something may be asked next; times in ms of one clock. */
export interface Due {
  readonly id: string;
  /** Infinity for what is asked only when it was marked. */
  readonly dueAt: number;
}

/** What is asked next: of everything that is due, what has been due for longest. */
export function pickTopic<Topic extends Due>(topics: Iterable<Topic>, now: number): Topic | undefined {
  let picked: Topic | undefined;
  for (const topic of topics) {
    if (topic.dueAt <= now && (picked === undefined || topic.dueAt < picked.dueAt)) picked = topic;
  }
  return picked;
}

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

/** How long nothing is asked after so many failures one after another: 1 s, 2 s, 4 s … 30 s. */
export function pauseAfter(failures: number): number {
  return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.max(0, failures - 1));
}
