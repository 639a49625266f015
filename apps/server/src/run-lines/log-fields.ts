import { builder } from '../graphql/builder.ts';
import { RunRef } from '../graphql/node-refs.ts';
import { pageArguments } from '../graphql/page-arguments.ts';
import { refOf } from '../run/run-record.ts';
import { ServerError } from '../server-error.ts';
import type { LineSearch } from './line-search.ts';
import { type LineListArguments, listLines, listLogSources } from './list-lines.ts';
import { LogFilter, LogLineConnection, LogSourceType } from './log-line-type.ts';
import { MAX_LINE } from './run-lines.ts';

const MAX_CONTAINS = 1_024;

builder.objectFields(RunRef, (t) => ({
  logs: t.field({
    type: LogLineConnection,
    description:
      'What one process of the run printed, line by line, by the numbers of the lines. `last` alone gives the newest ones.',
    args: {
      source: t.arg.string({
        description: "The name of the process; empty for the run's own. It is the first of `logSources` when left out.",
      }),
      filter: t.arg({ type: LogFilter, description: 'Only these lines. It is all of them when left out.' }),
      ...pageArguments(t.arg, 'lines'),
    },
    extensions: { scope: 'READ', cost: 200 },
    resolve: (run, { source, filter, ...page }, { services }) =>
      listLines(services, refOf(run), { ...page, ...readFilter(filter), source: source ?? null }),
  }),
  logSources: t.field({
    type: [LogSourceType],
    description:
      "The processes of the run that printed lines, by name; the run's own comes first. There are at most 1,000.",
    extensions: { scope: 'READ', cost: 50 },
    resolve: (run, _args, { services }) => listLogSources(services, refOf(run)),
  }),
}));

type GivenFilter = { readonly [Key in keyof typeof LogFilter.$inferInput]?: (typeof LogFilter.$inferInput)[Key] };

function readFilter(given: GivenFilter | null | undefined): LineSearch & Pick<LineListArguments, 'from' | 'to'> {
  const contains = given?.contains ?? null;
  if (contains !== null && contains.length > MAX_CONTAINS) {
    throw new ServerError(
      'TEXT_TOO_LONG',
      `filter.contains has ${contains.length} characters, more than ${MAX_CONTAINS}; shorten it`,
      ['filter', 'contains'],
    );
  }
  return {
    levels: given?.levels ?? null,
    contains: contains || null,
    from: given?.from ?? 0,
    to: given?.to ?? MAX_LINE,
  };
}
