import type { ArgBuilder } from '@pothos/core';
import { LIMITS } from '../limits.ts';
import type { BuilderTypes } from './builder.ts';

type ArgumentMaker = ArgBuilder<BuilderTypes>;

/** The arguments of a connection that is paged forward only. */
export function forwardArguments(arg: ArgumentMaker, items: string, largest: number = LIMITS.page) {
  return {
    first: arg.int({
      description: `How many ${items} the page has at most: 0 to ${largest}. It is ${Math.min(LIMITS.defaultPage, largest)} when left out.`,
    }),
    after: arg.string({
      description: `Only ${items} after this cursor, which is the \`endCursor\` of the page before.`,
    }),
  };
}

/** The arguments of a connection that is paged in both directions. */
export function pageArguments(arg: ArgumentMaker, items: string) {
  return {
    ...forwardArguments(arg, items),
    last: arg.int({
      description: `How many ${items} the page has at most, counted from the end or back from \`before\`: 0 to ${LIMITS.page}.`,
    }),
    before: arg.string({
      description: `Only ${items} before this cursor, which is the \`startCursor\` of the page after.`,
    }),
  };
}
