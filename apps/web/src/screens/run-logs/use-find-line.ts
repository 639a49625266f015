import { useRef, useState } from 'react';
import { failureText } from '../../api/failure.ts';
import { toast } from '../../ui/toast-store.ts';
import type { LogSearch } from './log-search.ts';
import { type ConsoleName, readLogLines } from './use-log-lines.ts';

export interface FindLineOptions {
  readonly name: ConsoleName;
  readonly search: LogSearch;
  /** The line to search from while no match is current. */
  readonly from: () => number;
  /** Told when the only match is the current one, so that it is brought into sight again. */
  readonly onSame: (number: number) => void;
}

/** Which way lines are searched. */
export type Direction = 'next' | 'previous';

/** The line that was found last, and finds the next or the one before; past the end it goes on at the other end. */
export function useFindLine({ name, search, from, onSame }: FindLineOptions) {
  const [current, keepCurrent] = useState<number | null>(null);
  const latest = useRef({ current, finding: Promise.resolve() });
  const setCurrent = (next: number | null) => {
    latest.current.current = next;
    keepCurrent(next);
  };
  const findOne = async (contains: string, direction: Direction) => {
    const before = latest.current.current;
    const filter = { ...(search.levels && { levels: [...search.levels] }), contains };
    const one = direction === 'next' ? { first: 1 } : { last: 1 };
    const rest = restOf(direction, before, before ?? from());
    const beyond = rest === null ? [] : (await readLogLines(name, { filter: { ...filter, ...rest }, ...one })).nodes;
    const [match] = beyond.length > 0 ? beyond : (await readLogLines(name, { filter, ...one })).nodes;
    if (match === undefined) return toast({ text: `No line holds “${contains}”.` });
    if (beyond.length === 0 && before !== null) {
      toast({ text: direction === 'next' ? 'Searching from the start again.' : 'Searching from the end again.' });
    }
    setCurrent(match.number);
    if (match.number === before) onSame(match.number);
  };
  // One after another, however quickly they are asked for: each starts where the one before ended.
  const find = (direction: Direction) => {
    const { q } = search;
    if (q === undefined) return;
    latest.current.finding = latest.current.finding
      .then(() => findOne(q, direction))
      .catch((error: unknown) => toast({ text: failureText(error) }));
  };
  return { current, setCurrent, find };
}

/** The lines beyond a line; null where there are none. */
function restOf(direction: Direction, current: number | null, at: number) {
  if (direction === 'next') return { from: current === null ? at : at + 1 };
  return at === 0 ? null : { to: at - 1 };
}
