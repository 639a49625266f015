import { formatJson } from '@summa/core/json/format-json';
import type { JsonObject } from '@summa/core/json/json-value';
import { parseJsonObject } from '@summa/core/json/parse-json';
import type { RequestContext } from '../../access/request-context.ts';
import { type RunRecord, refOf } from '../../run/run-record.ts';
import { countLines, readLines } from '../../run-lines/run-lines.ts';
import { historyLineCountOf } from '../public/history-line-counts.ts';
import { builder } from '../schema/builder.ts';
import { RunRef } from '../schema/refs.ts';
import { consoleStream } from './apply-file-stream.ts';
import { clientSummary } from './client-summary.ts';
import { writeConfig } from './read-config.ts';
import { wandbRunOf } from './run-documents.ts';
import { eventStream } from './stream-events.ts';

builder.objectFields(RunRef, (t) => ({
  config: t.field({
    type: 'JSONString',
    resolve: async (run, _args, context) =>
      formatJson(
        writeConfig({ values: await context.loaders.configs.load(refOf(run)), own: await ownConfig(context, run) }),
      ),
  }),
  wandbConfig: t.field({
    type: 'JSONString',
    description: 'What the client keeps for itself in the config: the keys asked for, as it wrote them.',
    args: { keys: t.arg.stringList() },
    resolve: async (run, { keys }, context) => {
      const own = await ownConfig(context, run);
      return formatJson(Object.fromEntries(Object.entries(own).filter(([key]) => !keys || keys.includes(key))));
    },
  }),
  summaryMetrics: t.field({ type: 'JSONString', resolve: (run, _args, context) => clientSummary(context, run) }),
  description: t.string({ resolve: (run, _args, context) => attributeOf(context, run, 'description') }),
  commit: t.string({ resolve: (run, _args, context) => attributeOf(context, run, 'commit') }),
  host: t.string({ resolve: (run, _args, context) => attributeOf(context, run, 'host') }),
  stopped: t.boolean({ resolve: async (run, _args, context) => (await wandbRunOf(context, run)).stopRequested }),
  historyLineCount: t.int({
    description: 'How many lines of history the client has sent: the number of its next one.',
    resolve: (run, _args, context) => historyLineCountOf(context, run),
  }),
  eventsLineCount: t.int({ resolve: (run, _args, { services }) => countLines(services, eventStream(refOf(run))) }),
  logLineCount: t.int({ resolve: (run, _args, { services }) => countLines(services, consoleStream(refOf(run))) }),
  historyTail: t.field({
    type: 'JSONString',
    description: 'The last row in a list, as JSON text within JSON text; what the client needs of it to go on.',
    resolve: (run, _args, context) => historyTail(context, run),
  }),
  eventsTail: t.field({
    type: 'JSONString',
    resolve: async (run, _args, { services }) => {
      const stream = eventStream(refOf(run));
      const count = await countLines(services, stream);
      const [last] = (await readLines(services, stream, { from: Math.max(0, count - 1), count: 1 })).values();
      return formatJson(last === undefined ? [] : [last]);
    },
  }),
}));

async function ownConfig(context: RequestContext, run: RunRecord): Promise<JsonObject> {
  return parseJsonObject((await wandbRunOf(context, run)).wandbConfig) ?? {};
}

async function attributeOf(context: RequestContext, run: RunRecord, name: string): Promise<string | null> {
  const value = parseJsonObject((await wandbRunOf(context, run)).attributes)?.[name];
  return typeof value === 'string' ? value : null;
}

async function historyTail(context: RequestContext, run: RunRecord): Promise<string> {
  if (run.lastStep === null) return '[]';
  const summary = await context.loaders.summaries.load(refOf(run));
  // The client goes on one step later only when it has sent lines itself.
  const step = (await historyLineCountOf(context, run)) > 0 ? run.lastStep : run.lastStep + 1;
  const runtime = summary?.states.get('_runtime')?.last;
  return formatJson([
    formatJson({ _step: step, ...(runtime && { _runtime: runtime.value, _timestamp: runtime.time }) }),
  ]);
}
