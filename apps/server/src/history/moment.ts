/** The furthest time from 1970, either way, that a `Date` can hold, in milliseconds. */
const FURTHEST_MS = 8.64e15;

/** The moment that is so many seconds after 1970; a time beyond what a `Date` can hold is the last one that it can. */
export function momentOf(seconds: number): Date {
  return new Date(Math.min(Math.max(seconds * 1000, -FURTHEST_MS), FURTHEST_MS));
}
