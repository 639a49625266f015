import { formatJson } from '@summa/core/json/format-json';
import type { JsonObject, JsonValue } from '@summa/core/json/json-value';
import { parseKey } from '@summa/core/key/key-path';
import type { MetricState } from '@summa/core/metric/metric-state';
import { isSystemKey } from '@summa/core/summary/select-metrics';
import { isReadOnly } from '../../access/project-access.ts';
import type { RequestContext } from '../../access/request-context.ts';
import { kindOf } from '../../history/key-kinds.ts';
import { type RunRecord, refOf } from '../../run/run-record.ts';
import { builder } from '../schema/builder.ts';
import { RunRef } from '../schema/refs.ts';
import { projectNumber } from './project-number.ts';
import { systemName } from './system-name.ts';

builder.objectFields(RunRef, (t) => ({
  projectId: t.field({ type: 'Int64', resolve: (run) => projectNumber(run.projectId) }),
  readOnly: t.boolean({
    resolve: async (run, _args, context) => {
      const project = await context.loaders.projects.load(run.projectId);
      return project === null || isReadOnly(context, project);
    },
  }),
  systemMetrics: t.field({
    type: 'JSONString',
    description: 'The last values of system metrics, by the names that the client gave them.',
    extensions: { cost: 5 },
    resolve: async (run, _args, context) => formatJson(systemMetrics(await statesOf(context, run))),
  }),
  historyKeys: t.field({
    type: 'JSON',
    description: 'The last step, and of each metric its last value and what it was.',
    extensions: { cost: 20 },
    resolve: async (run, _args, context) => ({
      lastStep: run.lastStep ?? -1,
      keys: Object.fromEntries([...(await statesOf(context, run))].flatMap(historyKey)),
      sets: [],
    }),
  }),
}));

type States = ReadonlyMap<string, MetricState>;

async function statesOf({ loaders }: RequestContext, run: RunRecord): Promise<States> {
  return (await loaders.summaries.load(refOf(run)))?.states ?? new Map();
}

function systemMetrics(states: States): JsonObject {
  return Object.fromEntries(
    [...states].flatMap(([key, { last }]) => (isSystemKey(key) && last ? [[systemName(key), last.value]] : [])),
  );
}

function historyKey([key, { last, count }]: [string, MetricState]): [string, JsonValue][] {
  if (isSystemKey(key) || !last) return [];
  const types = [{ type: kindOf(last.value) === 'text' ? 'string' : kindOf(last.value), count }];
  return [[parseKey(key).join('.'), { typeCounts: types, previousValue: last.value }]];
}
