import type { JsonValue } from '@summa/core/json/json-value';
import type { RequestContext } from '../../access/request-context.ts';
import { formatCursor, parseNumberCursor } from '../../graphql/cursor.ts';
import { LIMITS } from '../../limits.ts';
import { type RunRecord, refOf } from '../../run/run-record.ts';
import { type ConsoleLine, consoleLineFromJson } from '../../run-lines/console-line.ts';
import { countLines, readLines } from '../../run-lines/run-lines.ts';
import { consoleStream } from '../live/apply-file-stream.ts';
import { builder } from '../schema/builder.ts';
import { RunRef } from '../schema/refs.ts';
import { PageInfo, type PageInfoView } from './page-info-type.ts';

/** Lines of one page at most. */
const PAGE = 10_000;
const CURSOR = 'log';

interface LogLineView extends ConsoleLine {
  readonly number: number;
}

const LogLine = builder.objectRef<LogLineView>('LogLine').implement({
  fields: (t) => ({
    number: t.exposeInt('number', { nullable: false }),
    timestamp: t.string({ resolve: ({ time }) => (time === null ? null : new Date(time * 1000).toISOString()) }),
    level: t.exposeString('level'),
    label: t.exposeString('label'),
    line: t.exposeString('text', { nullable: false }),
  }),
});

const LogLineEdge = builder.objectRef<{ readonly node: LogLineView }>('LogLineEdge').implement({
  fields: (t) => ({
    node: t.expose('node', { type: LogLine, nullable: false }),
    cursor: t.string({ resolve: ({ node }) => formatCursor(CURSOR, node.number) }),
  }),
});

interface LogLines {
  readonly edges: readonly { readonly node: LogLineView }[];
  readonly pageInfo: PageInfoView;
}

const LogLineConnection = builder.objectRef<LogLines>('LogLineConnection').implement({
  fields: (t) => ({
    edges: t.field({ type: [LogLineEdge], nullable: false, resolve: ({ edges }) => [...edges] }),
    pageInfo: t.expose('pageInfo', { type: PageInfo, nullable: false }),
  }),
});

builder.objectField(RunRef, 'logLines', (t) =>
  t.field({
    type: LogLineConnection,
    description: 'What the run printed: its first lines, those after a cursor, or its last ones.',
    args: {
      first: t.arg.int(),
      last: t.arg.int(),
      after: t.arg.string(),
      useImprovedPagination: t.arg.boolean(),
    },
    extensions: { cost: 20 },
    resolve: (run, args, context) => logLines(context, run, args),
  }),
);

interface LogPage {
  readonly first?: number | null | undefined;
  readonly last?: number | null | undefined;
  readonly after?: string | null | undefined;
}

async function logLines(context: RequestContext, run: RunRecord, { first, last, after }: LogPage): Promise<LogLines> {
  const stream = consoleStream(refOf(run));
  const total = await countLines(context.services, stream);
  const count = Math.min(last ?? first ?? LIMITS.defaultPage, PAGE);
  const next = after ? parseNumberCursor(CURSOR, after, 'after') + 1 : 0;
  const from = last == null ? next : Math.max(total - count, 0);
  const edges = [...(await readLines(context.services, stream, { from, count }))].flatMap(edgeOf);
  const end = Math.min(from + count, total);
  return {
    edges,
    pageInfo: { endCursor: end > 0 ? formatCursor(CURSOR, end - 1) : null, hasNextPage: end < total },
  };
}

function edgeOf([number, json]: [number, JsonValue]): { node: LogLineView }[] {
  const line = consoleLineFromJson(json);
  return line ? [{ node: { ...line, number } }] : [];
}
