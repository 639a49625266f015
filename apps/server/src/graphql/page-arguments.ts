import type { InputFieldRef } from '@pothos/core';
import { LIMITS } from '../limits.ts';
import type { BuilderTypes } from './builder.ts';

/** The part of a Pothos field builder that makes arguments. */
interface ArgumentMaker {
  readonly arg: {
    int(options: { description: string }): InputFieldRef<BuilderTypes, number | null | undefined>;
    string(options: { description: string }): InputFieldRef<BuilderTypes, string | null | undefined>;
  };
}

/** The arguments of a connection that is paged forward only. */
export function forwardArguments(t: ArgumentMaker, items: string, largest: number = LIMITS.page) {
  return {
    first: t.arg.int({
      description: `How many ${items} the page has at most: 0 to ${largest}. It is ${Math.min(LIMITS.defaultPage, largest)} when left out.`,
    }),
    after: t.arg.string({ description: `Only ${items} after this cursor, which is the \`endCursor\` of the page before.` }),
  };
}

/** The arguments of a connection that is paged in both directions. */
export function pageArguments(t: ArgumentMaker, items: string) {
  return {
    ...forwardArguments(t, items),
    last: t.arg.int({ description: `How many ${items} the page has at most, counted from the end or back from \`before\`: 0 to ${LIMITS.page}.` }),
    before: t.arg.string({ description: `Only ${items} before this cursor, which is the \`startCursor\` of the page after.` }),
  };
}
