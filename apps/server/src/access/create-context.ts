import { ReadyLists } from '../graphql/ready-lists.ts';
import type { Services } from '../services.ts';
import { AnswerBudget } from './answer-budget.ts';
import type { Caller } from './caller.ts';
import { createLoaders } from './loaders.ts';
import type { RequestContext } from './request-context.ts';

/** What one operation of a caller is done with. `baseUrl` is where this server is reached from outside. */
export function createContext(services: Services, caller: Caller, baseUrl: string): RequestContext {
  return {
    services,
    caller,
    loaders: createLoaders(services, caller),
    budget: new AnswerBudget(),
    lists: new ReadyLists(),
    baseUrl,
  };
}
