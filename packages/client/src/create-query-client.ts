import { platform } from '#platform';
import { type ClientOptions, endpointOf } from './client-options.ts';
import { createExecute, type Execute } from './transport/execute.ts';

/** The part of `SummaClient` that asks and nothing else. */
export interface QueryClient {
  /** Runs any operation, typed by its document. */
  readonly execute: Execute;
}

/**
 * A client of one server for one API key that holds only `execute`: for pages and tools in which every kilobyte counts.
 *
 * Options, environment and errors are those of the whole client.
 */
export function createQueryClient(options: ClientOptions = {}): QueryClient {
  return { execute: createExecute(endpointOf(platform.withLogin(options))) };
}
