import { requireWriting } from '../access/project-access.ts';
import { builder } from '../graphql/builder.ts';
import { addMutation } from '../graphql/mutation.ts';
import { parseRunId } from '../graphql/node-id.ts';
import { ServerError } from '../server-error.ts';
import { checkLength } from '../text-input.ts';
import type { AppendResult } from './append-group.ts';
import { batchOf } from './logged-rows.ts';

addMutation('log', {
  scope: 'INGEST',
  description:
    'Adds rows to a running run: all of them, or none. Once it is answered the rows are on disk. The same rows may be sent again after a failure: ' +
    'what the writer has already sent is not counted twice.',
  input: builder.inputType('LogInput', {
    description: 'Rows of one writer. A writer numbers its rows 0, 1, 2, … over the whole run.',
    fields: (t) => ({
      runId: t.id({ required: true, description: 'The id of the run.' }),
      writer: t.string({
        required: true,
        description:
          'The name of the writer (one process that logs), in up to 128 characters. Writers of one run do not disturb each other.',
      }),
      offset: t.field({
        type: 'Count',
        required: true,
        description: 'The number of the first of these rows, which is how many rows the writer sent before them.',
      }),
      rows: t.field({
        type: ['LogRow'],
        required: true,
        description: 'The rows, at most 100,000. A step that was logged before takes the new value of each key.',
      }),
    }),
  }),
  payload: builder.objectRef<AppendResult>('LogPayload').implement({
    description: 'What is stored after rows were logged.',
    fields: (t) => ({
      acceptedRows: t.field({
        type: 'Count',
        description: 'How many rows of this writer are stored in all: the offset of the next ones.',
        resolve: (result) => result.acceptedRows,
      }),
      lastStep: t.field({
        type: 'Step',
        nullable: true,
        description: 'The highest step of the run. It is null before the first row.',
        resolve: (result) => result.lastStep,
      }),
      revision: t.field({
        type: 'Count',
        description: 'The revision of the run.',
        resolve: (result) => result.revision,
      }),
    }),
  }),
  run: async (context, input) => {
    const ref = parseRunId(input.runId);
    checkLength(input.writer, 'writer', ['writer']);
    if (input.writer === '')
      throw new ServerError('INVALID_INPUT', 'writer is empty; give each process that logs a name of its own', [
        'writer',
      ]);
    await requireWriting(context, ref);
    const batch = batchOf(input.rows);
    return context.services.histories.append(ref, { writer: input.writer, offset: input.offset, batch });
  },
});
