import { refOf } from '../../run/run-record.ts';
import { CONSOLE_STREAM } from '../../run-lines/console-line.ts';
import { countLines, putLines } from '../../run-lines/run-lines.ts';
import { checkLength } from '../../text-input.ts';
import { builder } from '../schema/builder.ts';
import { requireRunNamed } from '../schema/find-run.ts';
import { SuccessPayload } from '../schema/success-type.ts';

const AlertSeverity = builder.enumType('AlertSeverity', { values: ['INFO', 'WARN', 'ERROR'] as const });

const AlertInput = builder.inputType('NotifyScriptableRunAlertInput', {
  fields: (t) => ({
    entityName: t.string({ required: true }),
    projectName: t.string({ required: true }),
    runName: t.string({ required: true }),
    title: t.string({ required: true }),
    text: t.string({ required: true }),
    severity: t.field({ type: AlertSeverity }),
    waitDuration: t.field({ type: 'Duration' }),
  }),
});

/** The stream in which the alerts of a run lie: `[time, severity, title, text]` each. */
const ALERT_STREAM = `${CONSOLE_STREAM}-alerts`;

builder.mutationField('notifyScriptableRunAlert', (t) =>
  t.field({
    type: SuccessPayload,
    description: 'Keeps an alert with the run, and says it in the log of the server.',
    args: { input: t.arg({ type: AlertInput, required: true }) },
    resolve: async (_root, { input }, context) => {
      checkLength(input.title, 'title', ['title']);
      checkLength(input.text, 'prose', ['text']);
      const names = { entity: input.entityName, project: input.projectName, run: input.runName };
      const run = await requireRunNamed(context, names, 'write');
      const { services } = context;
      const stream = { ...refOf(run), stream: ALERT_STREAM };
      const severity = input.severity ?? 'INFO';
      const alert = [services.clock().getTime() / 1000, severity, input.title, input.text];
      await putLines(services, stream, new Map([[await countLines(services, stream), alert]]));
      services.log.warn({ ...refOf(run), severity, title: input.title }, 'a run raised an alert');
      return { success: true };
    },
  }),
);
