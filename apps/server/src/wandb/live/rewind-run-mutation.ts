import { clearLoaders } from '../../access/loaders.ts';
import { type RunRecord, refOf } from '../../run/run-record.ts';
import { ServerError } from '../../server-error.ts';
import { builder } from '../schema/builder.ts';
import { requireRunNamed } from '../schema/find-run.ts';
import { RunRef } from '../schema/refs.ts';
import { rewindRun } from './rewind-run.ts';

const RewindRunInput = builder.inputType('RewindRunInput', {
  fields: (t) => ({
    runName: t.string({ required: true }),
    entityName: t.string(),
    projectName: t.string(),
    metricName: t.string({ required: true }),
    metricValue: t.float({ required: true }),
  }),
});

const RewindRunPayload = builder.objectRef<{ readonly run: RunRecord }>('RewindRunPayload').implement({
  fields: (t) => ({ rewoundRun: t.field({ type: RunRef, resolve: ({ run }) => run }) }),
});

builder.mutationField('rewindRun', (t) =>
  t.field({
    type: RewindRunPayload,
    description: 'Takes a run back to a step, for a process that goes on from there.',
    args: { input: t.arg({ type: RewindRunInput, required: true }) },
    resolve: async (_root, { input }, context) => {
      const names = { entity: input.entityName, project: input.projectName ?? '', run: input.runName };
      const run = await requireRunNamed(context, names, 'write');
      await rewindRun(context, refOf(run), readStep(input));
      clearLoaders(context.loaders);
      return { run: await requireRunNamed(context, names, 'write') };
    },
  }),
);

function readStep({ metricName, metricValue }: { metricName: string; metricValue: number }): number {
  if (metricName === '_step' && Number.isSafeInteger(metricValue) && metricValue >= 0) return metricValue;
  throw new ServerError(
    'INVALID_INPUT',
    `a run can be taken back to a whole _step from 0 on, not to ${metricName}=${metricValue}`,
    ['metricValue'],
  );
}
