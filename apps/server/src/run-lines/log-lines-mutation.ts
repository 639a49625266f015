import { builder } from '../graphql/builder.ts';
import { addMutation } from '../graphql/mutation.ts';
import { parseRunId } from '../graphql/node-id.ts';
import { LogLevelType } from './log-line-type.ts';
import { logLines } from './log-lines.ts';

const LogLineInput = builder.inputType('LogLineInput', {
  description: 'One line that was printed.',
  fields: (t) => ({
    text: t.string({
      required: true,
      description: 'The text without the end of the line, in up to 100,000 characters.',
    }),
    time: t.field({ type: 'DateTime', description: 'When it was printed. Nothing is known of it when left out.' }),
    level: t.field({
      type: LogLevelType,
      required: true,
      defaultValue: 'info',
      description: 'How serious it is.',
    }),
    label: t.string({ description: 'Which part of the process printed it, in up to 128 characters.' }),
  }),
});

addMutation('logLines', {
  scope: 'INGEST',
  description:
    'Keeps lines that a process of a run printed. The same lines may be sent again after a failure: a line takes the place of the one with its number. ' +
    'It is a sign of life as `heartbeat` is, and works after the end of the run too.',
  input: builder.inputType('LogLinesInput', {
    description: 'Lines of one process. A process numbers its lines 0, 1, 2, … over the whole run.',
    fields: (t) => ({
      runId: t.id({ required: true, description: 'The id of the run.' }),
      source: t.string({
        description:
          "The name of the process, in up to 128 characters; it is the run's own when left out. Processes of one run do not disturb each other.",
      }),
      offset: t.field({
        type: 'Count',
        required: true,
        description: 'The number of the first of these lines, which is how many lines the process sent before them.',
      }),
      lines: t.field({ type: [LogLineInput], required: true, description: 'The lines, at most 10,000.' }),
    }),
  }),
  payload: builder.objectRef<{ readonly lineCount: number }>('LogLinesPayload').implement({
    description: 'What is stored after lines were kept.',
    fields: (t) => ({
      lineCount: t.field({
        type: 'Count',
        description: 'How many lines of the process are stored in all: the offset of the next ones.',
        resolve: (payload) => payload.lineCount,
      }),
    }),
  }),
  run: async (context, { runId, source, offset, lines }) => {
    const numbered = lines.map(({ text, time, level, label }) => ({
      text,
      level,
      label: label ?? '',
      time: time ? time.getTime() / 1000 : null,
    }));
    const request = { source: source ?? '', offset, lines: numbered };
    return { lineCount: await logLines(context, parseRunId(runId), request) };
  },
});
