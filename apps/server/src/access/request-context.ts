import type { ReadyLists } from '../graphql/ready-lists.ts';
import type { Services } from '../services.ts';
import type { AnswerBudget } from './answer-budget.ts';
import type { Caller } from './caller.ts';
import type { Loaders } from './loaders.ts';

/** What one operation of one caller is done with. Never kept for a second operation: the loaders remember what they saw. */
export interface RequestContext {
  readonly services: Services;
  readonly caller: Caller;
  readonly loaders: Loaders;
  readonly budget: AnswerBudget;
  readonly lists: ReadyLists;
  /** Where this server is reached from outside, without a slash at the end. */
  readonly baseUrl: string;
}
