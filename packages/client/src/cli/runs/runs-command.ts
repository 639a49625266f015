import { defineCommand } from '../frame/command.ts';
import { connect } from '../server-options.ts';
import { settleProject } from '../settle-project.ts';
import { printRuns } from './print-runs.ts';
import { parseRunsArguments, runsOptions } from './runs-arguments.ts';
import { FIELD_NAMES } from './target-name.ts';

/** `summa runs`: the runs of a project as a table, as JSON or as CSV. */
export const runsCommand = defineCommand({
  name: 'runs',
  summary: 'list the runs of a project',
  operands: { usage: '<entity/project>', min: 1, max: 1 },
  options: runsOptions,
  description: `Lists runs, newest first. Filters, orders and columns name a field of the run, a key of its config, or a key of its
summary, with a statistic behind a colon if one is wanted: state, lr, val/acc, val/acc:max. A key that both have is the one of
the config; write summary.lr for the other. A key with spaces, commas or quotes stands in quotes.`,
  notes: `Fields: ${FIELD_NAMES.join(', ')}
Statistics: value, last, first, min, max, mean, best, count, nan_count, sum, variance, stddev

Filters: = != < <= > >=, ~ for a regular expression, contains, in (a, b), not in (a, b), exists; with and, or, not
and brackets. A comparison holds only for runs that have the value.

Examples:
  summa runs ada/digits --filter 'lr<0.1' --sort '-val/acc:max' --columns name,lr,val/acc:max
  summa runs digits -f 'state = finished and (tags contains sweep or not optimizer exists)'
  summa runs digits -f 'createdAt >= 2026-03-01' --json | jq -r '.[].name'

In JSON numbers that it lacks are "NaN", "Infinity" and "-Infinity".`,
  run: async (args, io) => {
    const ask = parseRunsArguments(args);
    const server = await connect(args.options, io.env);
    await printRuns(ask, { ...server, io, project: await settleProject(server.execute, ask.path) });
    return 0;
  },
});
